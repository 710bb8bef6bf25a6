/**
 * How runs ended, against how they ended before. A run that did not end by itself, or that the
 * machine held up, says nothing of what was asked: it is inconclusive, never a regression.
 */

import type { Row } from '../record/columns.ts';
import type { Judgement } from './judgement.ts';
import type { Verdict } from './verdict.ts';

const CRASHED = 3;

/** How bad an end is that the run itself came to; others say nothing. */
const BADNESS: ReadonlyMap<string, number> = new Map([
  ['done', 0],
  ['short', 1],
  ['failed', 2],
  ['crashed', CRASHED],
]);

/** Of one exact row; null: it ended as before, and its figures can be compared. */
export function judgeState(baseline: Row, candidate: Row): Judgement | null {
  const before = BADNESS.get(String(baseline.state));
  const after = BADNESS.get(String(candidate.state));
  if (before === undefined || after === undefined || (before === CRASHED && after === CRASHED)) {
    const reason = 'a run that was cut short, crashed or never began tells nothing: run it again';
    return stateJudgement('inconclusive', [baseline], [candidate], reason);
  }
  if (before === after) return null;
  const reason = candidate.error === null ? null : String(candidate.error);
  return stateJudgement(after > before ? 'regression' : 'better', [baseline], [candidate], reason);
}

/** Of repetitions; null: all were done. */
export function judgeStates(baseline: readonly Row[], candidate: readonly Row[]): Judgement | null {
  const judged = (verdict: Verdict, reason: string | null): Judgement =>
    stateJudgement(verdict, baseline, candidate, reason);
  const before = baseline.some(wentWrong);
  const after = candidate.some(wentWrong);
  if (after && !before && baseline.some(({ state }) => state === 'done')) {
    const error = candidate.find(wentWrong)?.error ?? null;
    return judged('regression', error === null ? null : String(error));
  }
  if (before && after) return judged('inconclusive', 'runs of both sides went wrong');
  const told = [...baseline, ...candidate].some(({ state }) => !BADNESS.has(String(state)));
  if (told || after) {
    return judged('inconclusive', 'runs that were cut short or overloaded: run them again');
  }
  return before ? judged('better', null) : null;
}

/**
 * Of the blocks of `coffer ab`; null as above. One block in which B went wrong may be chance: that
 * it is the change needs all of them, and none of A's.
 */
export function judgeStatesOfBlocks(
  baseline: readonly Row[],
  candidate: readonly Row[],
): Judgement | null {
  const judged = judgeStates(baseline, candidate);
  if (judged === null) return null;
  const wrong = [baseline, candidate].map((rows) => rows.filter(wentWrong).length);
  const settled = Math.max(...wrong) === baseline.length && Math.min(...wrong) === 0;
  if (settled || judged.verdict === 'inconclusive') return judged;
  const reason = 'some blocks went wrong, and not all of one side: see their errors, and run again';
  return { ...judged, verdict: 'inconclusive', reason };
}

/**
 * null: no repetition drifted, as far as that is known. Of the blocks of `coffer ab` nobody asks: a
 * run that drifts is paired with one of the same length that drifts alike, and what is left of it
 * widens the interval.
 */
export function judgeSteadiness(
  baseline: readonly Row[],
  candidate: readonly Row[],
): Judgement | null {
  const drifting = (rows: readonly Row[]): number =>
    rows.filter(({ steady }) => steady === false).length;
  const [before, after] = [drifting(baseline), drifting(candidate)];
  if (before + after === 0) return null;
  return {
    column: 'steady',
    verdict: 'inconclusive',
    baseline: before === 0,
    candidate: after === 0,
    perByte: false,
    reason:
      `not steady in ${before} of ${baseline.length} repetitions of the baseline and ` +
      `${after} of ${candidate.length} of the candidate: use a longer runtime or a ramp_time`,
    sample: null,
  };
}

function wentWrong({ state }: Row): boolean {
  return (BADNESS.get(String(state)) ?? 0) > 0;
}

function stateJudgement(
  verdict: Verdict,
  baseline: readonly Row[],
  candidate: readonly Row[],
  reason: string | null,
): Judgement {
  const [before, after] = [statesOf(baseline), statesOf(candidate)];
  return {
    column: 'state',
    verdict,
    baseline: before,
    candidate: after,
    perByte: false,
    reason,
    sample: null,
  };
}

/** `done`, or of several `done ×4, failed ×1`. */
function statesOf(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { state } of rows) counts.set(String(state), (counts.get(String(state)) ?? 0) + 1);
  if (counts.size === 1) return [...counts.keys()].join();
  return [...counts].map(([state, count]) => `${state} ×${count}`).join(', ');
}
