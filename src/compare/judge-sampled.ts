/**
 * Rows of the wall clock: the repetition is the unit. Gated by default are throughput, the median
 * and the 99th percentile of the latency; what is exact under any clock is compared as it is, and
 * so is the path that the bytes took, where a gate asks for it.
 */

import { present } from '../units/assert.ts';
import {
  COLUMNS,
  columnOf,
  type ColumnName,
  type NamedColumn,
  type Row,
} from '../record/columns.ts';
import { countsUnlikeIos } from './block-size.ts';
import { type Difference, differenceOf } from './difference.ts';
import { comparable, isAbsent, isPerByte } from './figures.ts';
import { isPath, judgePath } from './judge-path.ts';
import type { Judgement } from './judgement.ts';
import { reasonsOf } from './reasons.ts';
import { logMargin, type Rules } from './rules.ts';
import { judgeStates, judgeStatesOfBlocks } from './states.ts';
import { isMostlySteady, isSteady, judgeSteadiness } from './steadiness.ts';
import { median } from '../measure/median.ts';
import type { Design } from './statistics/repetitions.ts';
import type { Verdict } from './verdict.ts';

/** A figure that waits for its correction, which needs all the others. */
export interface Measured {
  readonly column: NamedColumn;
  readonly difference: Difference;
  /**
   * Of the steady repetitions alone; `difference` itself where all were; null: they are fewer than
   * half of a side.
   */
  readonly steady: Difference | null;
  /** The figures count I/Os of different sizes: they are neither better nor worse. */
  readonly unlike: boolean;
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
    if (column.kind === 'exact') {
      const judgement = judgeWords(column, baseline, candidate);
      if (judgement !== null) judged.push(judgement);
      continue;
    }
    const found = measure(column, baseline, candidate, rules, design);
    if (found === null) continue;
    if ('verdict' in found) judged.push(found);
    else measured.push(found);
  }
  return { judged, measured };
}

/** Whether a run that is not steady says less of it: which path bytes take is no matter of pace. */
function drifts(column: NamedColumn): boolean {
  return column.kind === 'sampled' && !isPath(column);
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
  rules: Rules,
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
  if (isPath(column))
    return judgePath(column, before, after, logMargin(column, true, rules), perByte);
  const difference = differenceOf(design, before, after, 1 - rules.alpha);
  // Blocks stay in step: none of a pair is left out.
  const drifted = design === 'independent' && ![...baseline, ...candidate].every(isSteady);
  return {
    column,
    difference,
    unlike: isUnlike(column, baseline, candidate),
    steady: drifted ? steadyDifference(baseline, candidate, valuesOf, rules) : difference,
    baseline: present(medians.baseline, 'a side without a value is missing some'),
    candidate: present(medians.candidate, 'a side without a value is missing some'),
    perByte,
  };
}

/** The repetitions of a side are of one plan, and so of one block size. */
function isUnlike(column: NamedColumn, [before]: readonly Row[], [after]: readonly Row[]): boolean {
  return before !== undefined && after !== undefined && countsUnlikeIos(column, before, after);
}

/** null: too few are steady; all of them have a value. */
function steadyDifference(
  baseline: readonly Row[],
  candidate: readonly Row[],
  valuesOf: (rows: readonly Row[]) => readonly number[],
  { alpha }: Rules,
): Difference | null {
  if (!isMostlySteady(baseline) || !isMostlySteady(candidate)) return null;
  const [before, after] = [baseline, candidate].map((rows) => valuesOf(rows.filter(isSteady)));
  return differenceOf('independent', before ?? [], after ?? [], 1 - alpha);
}

/** Faults and proofs: what the baseline never had is worse; what it had and is gone is not. */
function judgeWords(
  column: NamedColumn,
  baseline: readonly Row[],
  candidate: readonly Row[],
): Judgement | null {
  const wordsOf = (rows: readonly Row[]): ReadonlySet<string> =>
    reasonsOf(rows.map((row) => row[column.name]));
  const [before, after] = [wordsOf(baseline), wordsOf(candidate)];
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

function outcome({ name }: NamedColumn, verdict: Verdict, reason: string | null): Judgement {
  const absent = { baseline: null, candidate: null, perByte: false, sample: null };
  return { column: name, verdict, reason, ...absent };
}
