/**
 * The two records of `coffer ab` as one comparison: A is the baseline, B the candidate, and the
 * repetitions of a row are its blocks, judged in pairs. Exact rows have one block, which decides.
 */

import { columnOf, type ColumnName, makeRow, type Row } from '../record/columns.ts';
import { assert } from '../units/assert.ts';
import { compare } from './compare.ts';
import type { ComparedRow, Comparison, Judgement } from './judgement.ts';
import type { Rules } from './rules.ts';
import { type RecordFile, sideOf, type Unit } from './side.ts';
import { worst } from './verdict.ts';

export type { Unit };
export type Units = ReadonlyMap<string, Unit>;

/** `ignored`: columns of the key that the settings of a side change, by which no row is found. */
export function unitsOfBlocks(file: RecordFile, ignored: ReadonlySet<ColumnName>): Units {
  const rows = file.rows.map((row) => without(row, ignored)).sort(byBlock);
  const side = sideOf([{ ...file, rows }]);
  assert(side.ok, `the rows of ${file.path} are told apart by their keys`);
  return side.units;
}

/** As it would be read back: what is empty is absent. */
function without(row: Row, ignored: ReadonlySet<ColumnName>): Row {
  return makeRow(({ name }) => (ignored.has(name) || row[name] === '' ? null : row[name]));
}

function byBlock(one: Row, other: Row): number {
  return Number(one.repetition) - Number(other.repetition);
}

export interface PairedUnits {
  readonly a: Units;
  readonly b: Units;
  /** Sampled rows left out, for their block has none on the other side. */
  readonly alone: { readonly a: number; readonly b: number };
}

/**
 * Of sampled rows the blocks that both sides have, in one order: the pairs. A device that did
 * nothing in the background of a block has no row of it there. Rows without any pair stay, as A's.
 */
export function pairBlocks(a: Units, b: Units): PairedUnits {
  const [ofA, ofB] = [new Map(a), new Map(b)];
  const alone = { a: 0, b: 0 };
  for (const [key, unit] of a) {
    const other = b.get(key);
    if (!unit.sampled || other === undefined) continue;
    const [paired, otherPaired] = [inBlocksOf(unit, other), inBlocksOf(other, unit)];
    alone.b += other.rows.length - otherPaired.rows.length;
    if (paired.rows.length === 0) {
      ofB.delete(key);
      continue;
    }
    alone.a += unit.rows.length - paired.rows.length;
    ofA.set(key, paired);
    ofB.set(key, otherPaired);
  }
  return { a: ofA, b: ofB, alone };
}

function inBlocksOf({ sampled, rows, places }: Unit, other: Unit): Unit {
  const blocks = new Set(other.rows.map(({ repetition }) => repetition));
  const isThere = (place: number): boolean => blocks.has(rows[place]?.repetition ?? null);
  return {
    sampled,
    rows: rows.filter((_, place) => isThere(place)),
    places: places.filter((_, place) => isThere(place)),
  };
}

/** `a`, `b`: in pairs. The plans differ by design: that is what is compared. */
export function compareBlocks(a: Units, b: Units, rules: Rules): Comparison {
  const comparison = compare(a, b, rules, { allowDifferentPlan: true, design: 'paired' });
  if (rules.failOnChange) return comparison;
  const plans = new Map([...b].map(([key, { rows }]) => [key, rows[0]?.plan_sha256]));
  const changed = new Set<Row>();
  for (const [key, { rows }] of a) {
    const [row] = rows;
    if (row !== undefined && plans.get(key) !== row.plan_sha256) changed.add(row);
  }
  const rows = comparison.rows.map((compared) =>
    changed.has(compared.row) && compared.match === 'both' ? byDesign(compared) : compared,
  );
  return { ...comparison, rows, verdict: worst(rows.map(({ verdict }) => verdict)) };
}

/**
 * Another path has another proof and merges otherwise: where nothing is better, that is no fault.
 */
function byDesign(compared: ComparedRow): ComparedRow {
  const judgements = compared.judgements.map((judgement): Judgement => {
    const { column, verdict } = judgement;
    if (column === 'state' || columnOf(column).better !== null || verdict !== 'regression') {
      return judgement;
    }
    return { ...judgement, verdict: 'changed', reason: null };
  });
  return { ...compared, judgements, verdict: worst(judgements.map(({ verdict }) => verdict)) };
}

/** Runs that were not steady, in a sentence; null: all were, as far as that is known. */
export function unsteadyBlocks(a: Units, b: Units): string | null {
  const counts = [a, b].map((units) => {
    const rows = [...units.values()].flatMap((unit) => (unit.sampled ? unit.rows : []));
    return [rows.filter(({ steady }) => steady === false).length, rows.length] as const;
  });
  if (counts.every(([drifting]) => drifting === 0)) return null;
  const [ofA, ofB] = counts.map(([drifting, all]) => `${drifting} of ${all}`);
  return (
    `Not steady: ${ofA} rows of A, ${ofB} of B. The pairs are judged all the same, and hold for ` +
    'runs as long as these; a longer runtime or a ramp_time steadies them.'
  );
}
