/**
 * Rows of the wall clock: the repetition is the unit. Gated by default are throughput, the median
 * and the 99th percentile of the latency; what is exact under any clock is compared as it is.
 */

import { present } from '../units/assert.ts';
import {
  COLUMNS,
  columnOf,
  type ColumnName,
  type NamedColumn,
  type Row,
} from '../record/columns.ts';
import { type Difference, differenceOf } from './difference.ts';
import { comparable, isAbsent, isPerByte } from './figures.ts';
import type { Judgement } from './judgement.ts';
import type { Rules } from './rules.ts';
import { judgeStates, judgeStatesOfBlocks, judgeSteadiness } from './states.ts';
import { median } from './statistics/median.ts';
import type { Design } from './statistics/repetitions.ts';
import type { Verdict } from './verdict.ts';

/** A figure that waits for its correction, which needs all the others. */
export interface Measured {
  readonly column: NamedColumn;
  readonly difference: Difference;
  readonly baseline: number;
  readonly candidate: number;
  readonly perByte: boolean;
}

export interface SampledFindings {
  readonly judged: readonly Judgement[];
  readonly measured: readonly Measured[];
}

const LATENCIES = ['lat_p50_ns', 'lat_p99_ns'] as const satisfies readonly ColumnName[];

/** Exact under any clock. What is wrong with a run is said with its state. */
const EXACT = COLUMNS.filter(
  ({ name, kind, explains }) => kind === 'exact' && name !== 'state' && explains !== 'state',
);

/** Paired, the rows of each block stand at the same place on both sides. */
export function judgeSampled(
  baseline: readonly Row[],
  candidate: readonly Row[],
  rules: Rules,
  design: Design,
): SampledFindings {
  const judge = design === 'paired' ? judgeStatesOfBlocks : judgeStates;
  const state = judge(baseline, candidate);
  if (state !== null) return { judged: [state], measured: [] };
  const drift = design === 'paired' ? null : judgeSteadiness(baseline, candidate);
  const columns = gatedColumns([...baseline, ...candidate], rules.gates);
  const judged = drift !== null && columns.some(drifts) ? [drift] : [];
  const measured: Measured[] = [];
  for (const column of columns) {
    if (drift !== null && drifts(column)) continue;
    if (column.kind === 'exact') {
      const judgement = judgeWords(column, baseline, candidate);
      if (judgement !== null) judged.push(judgement);
      continue;
    }
    const found = measure(column, baseline, candidate, 1 - rules.alpha, design);
    if (found === null) continue;
    if ('verdict' in found) judged.push(found);
    else measured.push(found);
  }
  return { judged, measured };
}

/** Whether a run that is not steady says less of it: which path bytes take is no matter of pace. */
function drifts({ kind, subject }: NamedColumn): boolean {
  return kind === 'sampled' && subject !== 'path taken';
}

/** What is judged of rows: `gates`, else what they are gated by without. */
export function gatedColumns(rows: readonly Row[], gates: Rules['gates']): readonly NamedColumn[] {
  if (gates !== null) return gates.filter((name) => name !== 'state').map(columnOf);
  const moves = rows.some(
    ({ bandwidth_bytes_per_s: rate }) => typeof rate === 'number' && rate > 0,
  );
  const throughput = columnOf(moves ? 'bandwidth_bytes_per_s' : 'iops');
  return [throughput, ...LATENCIES.map(columnOf), ...EXACT];
}

/** null: the column does not apply to these rows. */
function measure(
  column: NamedColumn,
  baseline: readonly Row[],
  candidate: readonly Row[],
  confidence: number,
  design: Design,
): Measured | Judgement | null {
  const perByte = isPerByte(column, [...baseline, ...candidate]);
  const valuesOf = (rows: readonly Row[]): readonly number[] =>
    rows.map((row) => comparable(column, row, perByte)).filter((value) => value !== null);
  const [before, after] = [valuesOf(baseline), valuesOf(candidate)];
  if (before.length + after.length === 0) return null;
  const medians = { baseline: median(before), candidate: median(after) };
  const rows = baseline.length + candidate.length;
  const absent = rows - before.length - after.length;
  if (absent > 0) {
    return { ...outcome(column, 'inconclusive', missing(absent, rows)), ...medians, perByte };
  }
  return {
    column,
    difference: differenceOf(design, before, after, confidence),
    baseline: present(medians.baseline, 'a side without a value is missing some'),
    candidate: present(medians.candidate, 'a side without a value is missing some'),
    perByte,
  };
}

/** Faults and proofs: what the baseline never had is worse; what it had and is gone is not. */
function judgeWords(
  column: NamedColumn,
  baseline: readonly Row[],
  candidate: readonly Row[],
): Judgement | null {
  const [before, after] = [wordsOf(column, baseline), wordsOf(column, candidate)];
  const made = (verdict: Verdict, reason: string | null): Judgement => ({
    ...outcome(column, verdict, reason),
    baseline: [...before].join(', '),
    candidate: [...after].join(', '),
  });
  const rows = [...baseline, ...candidate];
  const absent = rows.filter((row) => isAbsent(row[column.name])).length;
  // A count that is absent was never taken; a word is absent when there is nothing to say.
  if (column.type !== 'string' && absent > 0) {
    return absent === rows.length ? null : made('inconclusive', missing(absent, rows.length));
  }
  const come = [...after].filter((word) => !before.has(word));
  const gone = [...before].filter((word) => !after.has(word));
  if (come.length + gone.length === 0) return null;
  if (column.better === null) {
    if (come.length === 0) return made('changed', null);
    return made('regression', `the baseline never had: ${come.join(', ')}`);
  }
  if (before.size === 0) return made('regression', null);
  return after.size === 0 ? made('better', null) : made('inconclusive', 'both sides have some');
}

function missing(absent: number, rows: number): string {
  return `${absent} of ${rows} repetitions have no value`;
}

/** What was there, without how often: that differs from repetition to repetition. */
function wordsOf({ name }: NamedColumn, rows: readonly Row[]): ReadonlySet<string> {
  const cells = rows.map((row) => row[name]).filter((cell) => !isAbsent(cell) && cell !== 0);
  const words = cells.flatMap((cell) => String(cell).split(/ ×\d+(?:; |$)/));
  return new Set(words.filter((word) => word !== '').sort());
}

function outcome({ name }: NamedColumn, verdict: Verdict, reason: string | null): Judgement {
  const absent = { baseline: null, candidate: null, perByte: false, sample: null };
  return { column: name, verdict, reason, ...absent };
}
