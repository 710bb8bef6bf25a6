/**
 * Which path the bytes of wall-clock repetitions took: no byte changes its path by chance, so two
 * repetitions say as much as twenty, and no statistics are asked. The worst repetition of one side
 * is held against the worst of the other: one that is worse than all of the baseline's is a
 * regression, and swapped, better. Of rows that moved different amounts the share is judged.
 */

import type { NamedColumn } from '../record/columns.ts';
import { logRatio } from './figures.ts';
import type { Judgement } from './judgement.ts';

/** Whether a column is judged so; the words of the path (`path_proof`) are exact by themselves. */
export function isPath({ kind, subject }: NamedColumn): boolean {
  return kind === 'sampled' && subject === 'path taken';
}

/**
 * `baseline`, `candidate`: figures from 0 up, at least one each. `margin`: as the logarithm of a
 * ratio, up to which a difference is none.
 */
export function judgePath(
  column: NamedColumn,
  baseline: readonly number[],
  candidate: readonly number[],
  margin: number,
  perByte: boolean,
): Judgement {
  const [before, after] = [worstOf(column, baseline), worstOf(column, candidate)];
  const moved = moveOf(column, before, after);
  const found = { column: column.name, baseline: before, candidate: after, perByte, sample: null };
  if (Math.abs(moved) <= margin) return { ...found, verdict: 'pass', reason: null };
  const verdict = moved > 0 ? 'better' : 'regression';
  const [worse, bound] = moved > 0 ? [baseline, after] : [candidate, before];
  const count = worse.filter((value) => moveOf(column, bound, value) < -margin).length;
  const [one, all] = moved > 0 ? ['baseline', 'candidate'] : ['candidate', 'baseline'];
  const reason = `${count} of ${worse.length} repetitions of the ${one} are worse than all of the ${all}`;
  return { ...found, verdict, reason };
}

function worstOf({ better }: NamedColumn, values: readonly number[]): number {
  const worst = better === 'higher' ? Math.min : Math.max;
  return values.reduce((one, other) => worst(one, other));
}

/** The logarithm of a ratio, above 0 where it is better. */
function moveOf({ better }: NamedColumn, before: number, after: number): number {
  return better === 'higher' ? logRatio(before, after) : logRatio(after, before);
}
