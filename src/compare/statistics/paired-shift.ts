/**
 * By how much paired differences lie above zero: the median of the Walsh averages, those of every
 * two differences and of each with itself (Hodges and Lehmann 1963), with the distribution-free
 * interval that belongs to the signed-rank test (Tukey; Hollander and Wolfe 1999, 3.3). Beyond 53
 * pairs its ends come from the normal approximation.
 */

import { type Interval, intervalOf } from './interval.ts';
import { normalUpperQuantile } from './normal.ts';
import { SIGNED_RANKS_MAX, stepsInTail } from './rank-sums.ts';
import { untiedSignedDistribution } from './signed-rank.ts';

export function pairedShift(differences: readonly number[], confidence: number): Interval {
  const count = differences.length;
  const averages = new Float64Array((count * (count + 1)) / 2);
  let place = 0;
  for (let i = 0; i < count; i += 1) {
    for (let j = i; j < count; j += 1) {
      averages[place] = average(differences[i] ?? 0, differences[j] ?? 0);
      place += 1;
    }
  }
  return intervalOf(averages.sort(), averagesOutside(count, 1 - confidence));
}

/** Opposite infinities say nothing about where between them the middle is. */
function average(a: number, b: number): number {
  return a === -b ? 0 : (a + b) / 2;
}

/** How many averages lie outside on each side: the largest k with P(T <= k - 1) <= alpha / 2. */
export function averagesOutside(count: number, alpha: number): number {
  if (count <= SIGNED_RANKS_MAX) return stepsInTail(untiedSignedDistribution(count), alpha / 2);
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24);
  const outside = (count * (count + 1)) / 4 + 0.5 - normalUpperQuantile(alpha / 2) * deviation;
  return Math.max(0, Math.floor(outside));
}
