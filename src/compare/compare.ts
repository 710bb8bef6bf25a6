/**
 * Two sides to one comparison: rows matched, judged, and corrected for how many figures were
 * tested. Exact rows need no statistics; sampled ones are judged by their repetitions.
 */

import { present } from '../units/assert.ts';
import type { Row } from '../record/columns.ts';
import { decide, termsOf } from './decide.ts';
import { judgeExact } from './judge-exact.ts';
import { judgeSampled, type Measured } from './judge-sampled.ts';
import type { ComparedRow, Comparison, Judgement, Match } from './judgement.ts';
import { logMargin, type Rules } from './rules.ts';
import type { Unit } from './side.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
import type { Design } from './statistics/repetitions.ts';
import { worst } from './verdict.ts';

type Units = ReadonlyMap<string, Unit>;

export interface Matching {
  /** Rows whose plans differ are judged too. */
  readonly allowDifferentPlan: boolean;
  /** `paired`: the repetitions of both sides are the blocks of `coffer ab`, in one order. */
  readonly design: Design;
}

/** A row on its way: what is judged already, and what waits for the correction. */
interface Pending {
  readonly row: Row;
  readonly match: Match;
  readonly judged: readonly Judgement[];
  readonly measured: readonly Measured[];
}

const NONE: readonly never[] = [];

export function compare(
  baseline: Units,
  candidate: Units,
  rules: Rules,
  matching: Matching,
): Comparison {
  const pending: Pending[] = [];
  for (const [key, unit] of baseline) {
    pending.push(judgeUnit(unit, candidate.get(key), rules, matching));
  }
  for (const [key, { rows }] of candidate) {
    if (!baseline.has(key)) pending.push(unjudged(rows, 'new'));
  }
  const measured = pending.flatMap((row) => row.measured);
  const rows = settle(pending, measured, rules);
  return {
    rows,
    verdict: worst(rows.map(({ verdict }) => verdict)),
    tests: measured.length,
    confidence: 1 - rules.alpha,
    notes: measured.length === 0 ? NONE : [methodOf(measured.length, rules)],
  };
}

function methodOf(tests: number, { alpha, margin }: Rules): string {
  const figures = tests === 1 ? 'one figure' : `${tests} figures`;
  return (
    `Intervals hold ${percent(1 - alpha)} (Hodges–Lehmann), the margin is ${percent(margin)} where ` +
    `none is set for the column, and p is corrected over ${figures} (Benjamini–Hochberg).`
  );
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}

function judgeUnit(
  before: Unit,
  after: Unit | undefined,
  rules: Rules,
  { allowDifferentPlan, design }: Matching,
): Pending {
  if (after === undefined) return unjudged(before.rows, 'lost');
  const row = present(before.rows[0], 'a unit has a row');
  const other = present(after.rows[0], 'a unit has a row');
  if (row.plan_sha256 !== other.plan_sha256 && !allowDifferentPlan) {
    return unjudged(before.rows, 'changed job');
  }
  if (before.sampled) {
    const { judged, measured } = judgeSampled(before.rows, after.rows, rules, design);
    return { row, match: 'both', judged, measured };
  }
  return { row, match: 'both', judged: judgeExact(row, other, rules), measured: NONE };
}

function unjudged(rows: readonly Row[], match: Match): Pending {
  const row = present(rows[0], 'a unit has a row');
  return { row, match, judged: NONE, measured: NONE };
}

function settle(
  pending: readonly Pending[],
  measured: readonly Measured[],
  rules: Rules,
): readonly ComparedRow[] {
  const adjusted = benjaminiHochberg(measured.map(({ difference }) => difference.p));
  const terms = termsOf(rules.alpha, measured.length);
  let next = 0;
  return pending.map(({ row, match, judged, measured: waiting }) => {
    const judgements = waiting.map((figure): Judgement => {
      const { column, difference, baseline, candidate, perByte } = figure;
      const margin = logMargin(column, false, rules);
      const decision = decide(column, difference, adjusted[next] ?? 1, margin, terms);
      next += 1;
      return { column: column.name, baseline, candidate, perByte, ...decision };
    });
    const all = waiting.length === 0 ? judged : [...judgements, ...judged];
    return { row, match, verdict: verdictOf(match, all), judgements: all };
  });
}

/** What was not judged cannot pass; a row that is new has nothing to be worse than. */
function verdictOf(match: Match, judgements: readonly Judgement[]): ComparedRow['verdict'] {
  if (match === 'lost' || match === 'changed job') return 'inconclusive';
  return worst(judgements.map(({ verdict }) => verdict));
}
