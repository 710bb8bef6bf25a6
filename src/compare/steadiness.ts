/**
 * What repetitions that drifted take away from a verdict. Their figures are judged and shown all
 * the same; but a run that was still changing its pace is no evidence that nothing got worse, so a
 * pass or a better rests on steady runs alone. A regression stands if the steady repetitions by
 * themselves show it too: one that drifts must not hide what all the others say.
 *
 * Of the blocks of `coffer ab` nobody asks: a run that drifts is paired with one of the same length
 * that drifts alike, and what is left of it widens the interval.
 */

import type { Row } from '../record/columns.ts';
import type { Decision } from './decide.ts';
import type { Judgement } from './judgement.ts';
import type { Verdict } from './verdict.ts';

/** Where that is not known nothing speaks against it. */
export function isSteady({ steady }: Row): boolean {
  return steady !== false;
}

/** At least half of a side, so that what is left of it still stands for the side. */
export function isMostlySteady(rows: readonly Row[]): boolean {
  return 2 * rows.filter(isSteady).length >= rows.length;
}

/** null: no repetition drifted, as far as that is known. */
export function judgeSteadiness(
  baseline: readonly Row[],
  candidate: readonly Row[],
): Judgement | null {
  if ([...baseline, ...candidate].every(isSteady)) return null;
  return {
    column: 'steady',
    verdict: 'inconclusive',
    baseline: steadyOf(baseline),
    candidate: steadyOf(candidate),
    perByte: false,
    reason: 'some repetitions were not steady: use a longer runtime or a ramp_time',
    sample: null,
  };
}

/** `7 of 8` */
function steadyOf(rows: readonly Row[]): string {
  return `${rows.filter(isSteady).length} of ${rows.length}`;
}

/**
 * `all`: by all repetitions, some of which drifted. `steady`: the verdict on the steady ones alone;
 * null: they are fewer than half of a side.
 */
export function temper(all: Decision, steady: Verdict | null): Decision {
  const { verdict } = all;
  if (verdict === 'inconclusive' || (verdict === 'regression' && steady === 'regression')) {
    return all;
  }
  return { ...all, verdict: 'inconclusive', reason: reasonOf(verdict, steady) };
}

function reasonOf(verdict: Verdict, steady: Verdict | null): string {
  const called = verdict === 'regression' ? 'a regression' : verdict;
  if (steady === null) return `${called} by all repetitions, but most of a side were not steady`;
  if (verdict !== 'regression') return `${called} by all repetitions, but not all were steady`;
  return 'a regression by all repetitions, but not by the steady ones alone';
}
