/**
 * Two sides to one comparison: rows matched, judged, and corrected for how many figures were
 * tested. Exact rows need no statistics; sampled ones are judged by their repetitions.
 */

import { present } from '../units/assert.ts';
import { isBackground } from '../record/background.ts';
import type { Row } from '../record/columns.ts';
import { isCalled, OTHER_SIZE } from './block-size.ts';
import { type Decision, decide, type Terms, termsOf } from './decide.ts';
import { holdsFigures, isBesideGates } from './evidence.ts';
import { judgeExact } from './judge-exact.ts';
import { judgeSampled, type Measured } from './judge-sampled.ts';
import type { ComparedRow, Comparison, Judgement, Match } from './judgement.ts';
import { logMargin, type Rules } from './rules.ts';
import type { Unit } from './side.ts';
import { judgeNothing } from './states.ts';
import { temper } from './steadiness.ts';
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

const UNLIKE = { verdict: 'changed', reason: OTHER_SIZE } as const;

export function compare(
  baseline: Units,
  candidate: Units,
  rules: Rules,
  matching: Matching,
): Comparison {
  const pending: Pending[] = [];
  let beside = 0;
  for (const [key, unit] of baseline) {
    const judged = judgeUnit(unit, candidate.get(key), rules, matching);
    if (judged !== null) pending.push(judged);
    else if (!unit.rows.some(isBackground)) beside += 1;
  }
  for (const [key, { rows }] of candidate) {
    if (!baseline.has(key)) pending.push(unjudged(rows, 'new'));
  }
  const measured = pending.flatMap((row) => row.measured);
  const rows = settle(pending, measured, rules);
  const matched = rows.some(({ match }) => match === 'both');
  return {
    rows,
    verdict: matched ? worst(rows.map(({ verdict }) => verdict)) : 'inconclusive',
    tests: measured.length,
    confidence: 1 - rules.alpha,
    notes: [
      ...(measured.length === 0 ? NONE : [methodOf(measured.length, rules)]),
      ...(beside === 0 ? NONE : [leftOut(beside)]),
    ],
  };
}

function methodOf(tests: number, { alpha, margin }: Rules): string {
  const figures = tests === 1 ? 'one figure' : `${tests} figures`;
  return (
    `Intervals hold ${percent(1 - alpha)} (Hodges–Lehmann), the margin is ${percent(margin)} where ` +
    `none is set for the column, and p is corrected over ${figures} (Benjamini–Hochberg).`
  );
}

function leftOut(rows: number): string {
  const count = rows === 1 ? '1 row' : `${rows} rows`;
  return `Reads and writes take no path that a gate could be about: ${count} left out.`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}

/** null: no gate is about this row, and nothing is to be told of it. */
function judgeUnit(
  before: Unit,
  after: Unit | undefined,
  rules: Rules,
  { allowDifferentPlan, design }: Matching,
): Pending | null {
  if (after === undefined) return unjudged(before.rows, 'lost');
  const row = present(before.rows[0], 'a unit has a row');
  const other = present(after.rows[0], 'a unit has a row');
  if (row.plan_sha256 !== other.plan_sha256 && !allowDifferentPlan) {
    return unjudged(before.rows, 'changed job');
  }
  const { judged, measured } = before.sampled
    ? judgeSampled(before.rows, after.rows, rules, design)
    : { judged: judgeExact(row, other, rules), measured: NONE };
  if (judged.length + measured.length > 0) return { row, match: 'both', judged, measured };
  if (isBesideGates(row, rules)) return null;
  const nothing = judgeNothing(before.rows, after.rows, rules.gates);
  return {
    row,
    match: 'both',
    judged: holdsFigures(before, after, rules) ? NONE : [nothing],
    measured,
  };
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
  const steady = benjaminiHochberg(
    measured.map((figure) => (figure.steady ?? figure.difference).p),
  );
  const terms = termsOf(rules.alpha, measured.length);
  let next = 0;
  return pending.map(({ row, match, judged, measured: waiting }) => {
    const judgements = waiting.map((figure): Judgement => {
      const { column, baseline, candidate, perByte, unlike } = figure;
      const decided = decideTwice(figure, adjusted[next] ?? 1, steady[next] ?? 1, rules, terms);
      next += 1;
      const otherwise = unlike && isCalled(decided.verdict);
      const decision = otherwise ? { ...decided, ...UNLIKE } : decided;
      return { column: column.name, baseline, candidate, perByte, ...decision };
    });
    const all = waiting.length === 0 ? judged : [...judgements, ...judged];
    return { row, match, verdict: verdictOf(match, all), judgements: all };
  });
}

/** By all repetitions, and where some drifted by the steady ones too. */
function decideTwice(
  { column, difference, steady }: Measured,
  adjustedP: number,
  steadyP: number,
  rules: Rules,
  terms: Terms,
): Decision {
  const margin = logMargin(column, false, rules);
  const all = decide(column, difference, adjustedP, margin, terms);
  if (steady === difference) return all;
  const alone = steady === null ? null : decide(column, steady, steadyP, margin, terms);
  return temper(all, alone?.verdict ?? null);
}

/** What was not judged cannot pass; a row that is new has nothing to be worse than. */
function verdictOf(match: Match, judgements: readonly Judgement[]): ComparedRow['verdict'] {
  if (match === 'lost' || match === 'changed job') return 'inconclusive';
  return worst(judgements.map(({ verdict }) => verdict));
}
