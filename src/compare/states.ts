/**
 * How runs ended, against how they ended before. A run that did not end by itself, or that the
 * machine held up, says nothing of what was asked: it is inconclusive, never a regression. So are
 * runs that went wrong on both sides: their figures are of no whole run.
 */

import type { ColumnName, Row } from '../record/columns.ts';
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

/** Of one exact row; null: both were done, and their figures can be compared. */
export function judgeState(baseline: Row, candidate: Row): Judgement | null {
  const before = BADNESS.get(String(baseline.state));
  const after = BADNESS.get(String(candidate.state));
  if (before === undefined || after === undefined || (before === CRASHED && after === CRASHED)) {
    const reason = 'a run that was cut short, crashed or never began tells nothing: run it again';
    return stateJudgement('inconclusive', [baseline], [candidate], reason);
  }
  if (before === after) {
    if (before === 0) return null;
    return stateJudgement('inconclusive', [baseline], [candidate], bothWrong(baseline, candidate));
  }
  const reason = candidate.error === null ? null : String(candidate.error);
  return stateJudgement(after > before ? 'regression' : 'better', [baseline], [candidate], reason);
}

/** What went wrong otherwise than before is told, though nothing says which is worse. */
function bothWrong({ error: before }: Row, { error: after }: Row): string {
  const errors = before === after ? [before] : [before ?? 'no error', after ?? 'no error'];
  const told = errors.filter((error) => error !== null).join(', then ');
  return told === '' ? BOTH_WRONG : `${BOTH_WRONG}: ${told}`;
}

const BOTH_WRONG = 'runs of both sides went wrong';

/** Of repetitions; null: all were done. */
export function judgeStates(baseline: readonly Row[], candidate: readonly Row[]): Judgement | null {
  const judged = (verdict: Verdict, reason: string | null): Judgement =>
    stateJudgement(verdict, baseline, candidate, reason);
  const before = baseline.some(wentWrong);
  const after = candidate.some(wentWrong);
  if (before && after) return judged('inconclusive', BOTH_WRONG);
  // One repetition that was done shows that the side can; the others say nothing against it.
  if (before && candidate.some(wasDone)) return judged('better', null);
  if (after && baseline.some(wasDone)) {
    const error = candidate.find(wentWrong)?.error ?? null;
    return judged('regression', error === null ? null : String(error));
  }
  if ([...baseline, ...candidate].every(wasDone)) return null;
  return judged('inconclusive', 'runs that were cut short or overloaded: run them again');
}

/** Of rows of which nothing else was judged: that they were done is no evidence of how well. */
export function judgeNothing(
  baseline: readonly Row[],
  candidate: readonly Row[],
  gates: readonly ColumnName[] | null,
): Judgement {
  const empty = gates === null ? 'all that is gated by default' : gates.join(', ');
  const reason = `nothing was judged; empty on both sides: ${empty}`;
  return stateJudgement('inconclusive', baseline, candidate, reason);
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

function wasDone({ state }: Row): boolean {
  return state === 'done';
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
