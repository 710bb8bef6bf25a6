/**
 * One side of a comparison, from one file or several: its rows by what they are matched by. An
 * exact row stands for itself, once; a sampled one is a repetition, also of rows of other files
 * with its key.
 */

import { COLUMNS, type Row } from '../record/columns.ts';
import { repeatedKey, rowKey } from '../record/key.ts';

export interface RecordFile {
  readonly path: string;
  readonly rows: readonly Row[];
  /** Text of the JSON beside it, where that is no file; null: there is none. */
  readonly environment?: string | null;
}

export interface Place {
  readonly file: RecordFile;
  /** From 1, the header not counted. */
  readonly number: number;
}

/** What is judged as one: an exact row, or a sampled one with its repetitions. */
export interface Unit {
  readonly sampled: boolean;
  /** At least one, all of one plan. */
  readonly rows: Row[];
  readonly places: Place[];
}

export type SideOutcome =
  | { readonly ok: true; readonly units: ReadonlyMap<string, Unit> }
  | { readonly ok: false; readonly problems: readonly string[] };

export function sideOf(files: readonly RecordFile[]): SideOutcome {
  const units = new Map<string, Unit>();
  const problems: string[] = [];
  for (const file of files) {
    for (const [index, row] of file.rows.entries()) {
      const sampled = row.clock === 'wall';
      const key = sampled ? `wall ${repeatedKey(row)}` : rowKey(row);
      const place = { file, number: index + 1 };
      const unit = units.get(key);
      if (unit === undefined) {
        units.set(key, { sampled, rows: [row], places: [place] });
        continue;
      }
      const clash = clashOf(unit, row, file);
      if (clash !== null) {
        problems.push(`${at(place)}: ${clash.what.replace('{}', at(clash.place))}`);
      } else {
        unit.rows.push(row);
        unit.places.push(place);
      }
    }
  }
  return problems.length === 0 ? { ok: true, units } : { ok: false, problems };
}

interface Clash {
  readonly place: Place;
  /** `{}` stands for the place. */
  readonly what: string;
}

/** null: another repetition. */
function clashOf({ sampled, rows, places }: Unit, row: Row, file: RecordFile): Clash | null {
  for (const [index, other] of rows.entries()) {
    const place = places[index];
    if (place === undefined) continue;
    if (other.plan_sha256 !== row.plan_sha256) {
      return { place, what: 'has the key of {} and another plan; give one side one job' };
    }
    if (!sampled) {
      const figures = isEqual(other, row) ? 'the same' : 'other';
      return { place, what: `has the key of {} and ${figures} figures; give one side one of them` };
    }
    if (place.file === file && other.repetition === row.repetition) {
      return { place, what: 'has the key of {}; a file holds each repetition once' };
    }
    if (place.file !== file && row.state === 'done' && isEqual(other, row)) {
      return { place, what: 'is {} once more, and no second repetition; give each file once' };
    }
  }
  return null;
}

function isEqual(a: Row, b: Row): boolean {
  return COLUMNS.every(({ name }) => name === 'repetition' || a[name] === b[name]);
}

function at({ file, number }: Place): string {
  return `${file.path}: row ${number}`;
}
