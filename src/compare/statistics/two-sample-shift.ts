/**
 * By how much one sample lies above another: the estimate of Hodges and Lehmann (1963), the median
 * of all differences between a value of the one and a value of the other, with the
 * distribution-free interval that belongs to Mann–Whitney's test (Lehmann 1975; Hollander and Wolfe
 * 1999, 4.3). With ties the interval covers at least as often (Noether 1967). Beyond 56 values its
 * ends come from the normal approximation.
 */

import { type Interval, intervalOf } from './interval.ts';
import { untiedDistribution } from './mann-whitney.ts';
import { normalUpperQuantile } from './normal.ts';
import { RANKS_MAX, stepsInTail } from './rank-sums.ts';

/** Of `b` over `a`. An infinite value differs by nothing from its like. */
export function twoSampleShift(
  a: readonly number[],
  b: readonly number[],
  confidence: number,
): Interval {
  const differences = new Float64Array(a.length * b.length);
  let place = 0;
  for (const from of a) {
    for (const to of b) {
      differences[place] = to === from ? 0 : to - from;
      place += 1;
    }
  }
  return intervalOf(differences.sort(), differencesOutside(a.length, b.length, 1 - confidence));
}

/** The largest k with P(U <= k - 1) <= alpha / 2. */
function differencesOutside(n: number, m: number, alpha: number): number {
  if (n + m <= RANKS_MAX) return stepsInTail(untiedDistribution(n, m), alpha / 2);
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  const outside = (n * m) / 2 + 0.5 - normalUpperQuantile(alpha / 2) * deviation;
  return Math.max(0, Math.floor(outside));
}
