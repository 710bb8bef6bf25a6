/**
 * I/Os of different sizes. A job that moves the same bytes in larger I/Os completes fewer of them,
 * and that is no quality: how fast it is the bytes say. What counts I/Os then has changed, and is
 * neither better nor worse. Rows that move no bytes have nothing else to be judged by.
 */

import type { NamedColumn, Row } from '../record/columns.ts';
import type { Verdict } from './verdict.ts';

export const OTHER_SIZE = 'the I/Os are of another size (bs): the bytes say which side is faster';

/** Whether the figures of a column are counts of unlike I/Os. */
export function countsUnlikeIos(
  { countsIos }: NamedColumn,
  baseline: Row,
  candidate: Row,
): boolean {
  const same =
    baseline.bs_bytes === candidate.bs_bytes && baseline.block_sizes === candidate.block_sizes;
  if (countsIos !== true || same) return false;
  return [baseline, candidate].every(({ bytes }) => typeof bytes === 'number' && bytes > 0);
}

export function isCalled(verdict: Verdict): boolean {
  return verdict === 'regression' || verdict === 'better';
}
