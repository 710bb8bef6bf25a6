/**
 * The median's distribution-free interval by order statistics (David & Nagaraja, Order
 * Statistics, 7.1): between the k-th smallest and the k-th largest of n lies the median of the
 * population with probability 1 − 2 P(B < k), B binomial (n, ½), whatever the distribution. No
 * chance in it: the same values give the same band.
 */

import { median } from '../measure/median.ts';
import { assert, present } from '../units/assert.ts';

const COVERAGE = 0.95;

export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** What the interval attains: at least 0.95 from six values on, less below. */
  readonly coverage: number;
}

/** The narrowest that covers 95 %; of fewer than six values all of them, and what that covers. */
export function medianInterval(values: readonly number[]): MedianInterval {
  assert(values.length > 0, 'a median is of at least one value');
  const sorted = values.toSorted((a, b) => a - b);
  const { rank, coverage } = rankOf(sorted.length);
  return {
    median: present(median(sorted), 'the median of some values'),
    low: at(sorted, rank - 1),
    high: at(sorted, sorted.length - rank),
    coverage,
  };
}

/** Beyond, 2^-n is no double any more, and the normal approximation is exact for any eye. */
const EXACT_MAX = 1000;

function rankOf(count: number): { readonly rank: number; readonly coverage: number } {
  if (count > EXACT_MAX) {
    return { rank: Math.floor((count + 1 - 1.96 * Math.sqrt(count)) / 2), coverage: COVERAGE };
  }
  // P(B < 1) = 2^-n; the next rank k + 1 adds C(n, k) 2^-n.
  let term = 0.5 ** count;
  let below = term;
  let rank = 1;
  for (; 2 * (rank + 1) <= count; rank++) {
    term *= (count - rank + 1) / rank;
    if (1 - 2 * (below + term) < COVERAGE) break;
    below += term;
  }
  return { rank, coverage: 1 - 2 * below };
}

function at(sorted: readonly number[], place: number): number {
  return present(sorted[place], 'a rank of the values there are');
}
