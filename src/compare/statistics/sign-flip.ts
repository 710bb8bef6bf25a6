/**
 * The exact sign-flip test of paired differences (Fisher 1935, §21): if A and B are the same, each
 * difference could as well have had the other sign, so p is the share of all 2^k choices of signs
 * whose sum is as far from zero as the one that was seen. Unlike a rank test it weighs each pair by
 * its size. Up to 40 pairs by counting (in two halves, whose sums are sorted and met); beyond that
 * the normal approximation of that sum.
 */

import { normalUpperTail } from './normal.ts';

export const PAIRS_COUNTED_MAX = 40;

/** A sum in doubles is as large as another if they differ by no more than this share. */
const ROUNDING = 1e-12;

/** Two-sided; the differences are finite. 1 without any. */
export function signFlipP(differences: readonly number[]): number {
  const test = signFlipTest(differences, PAIRS_COUNTED_MAX);
  return test(differences.reduce((sum, difference) => sum + difference, 0));
}

/** p by the sum of the differences, for any choice of their signs: one test serves them all. */
export function signFlipTest(
  differences: readonly number[],
  countedMax: number,
): (sum: number) => number {
  const sizes = differences.map(Math.abs).filter((size) => size > 0);
  if (sizes.length > countedMax) {
    const squares = sizes.reduce((sum, size) => sum + size * size, 0);
    return (sum) => Math.min(1, 2 * normalUpperTail(Math.abs(sum) / Math.sqrt(squares)));
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const half = Math.floor(sizes.length / 2);
  const [left, right] = [signedSums(sizes.slice(0, half)), signedSums(sizes.slice(half))];
  return (sum) => {
    const needed = Math.abs(sum) - total * ROUNDING;
    if (needed <= 0) return 1;
    // Signs flipped all at once: as many sums lie as far below zero.
    return Math.min(1, (2 * countAtLeast(left, right, needed)) / 2 ** sizes.length);
  };
}

/** The sum for each choice of signs, sorted. */
function signedSums(sizes: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** sizes.length);
  let filled = 1;
  for (const size of sizes) {
    for (let place = 0; place < filled; place += 1) {
      const sum = sums[place] ?? 0;
      sums[place] = sum - size;
      sums[filled + place] = sum + size;
    }
    filled *= 2;
  }
  return sums.sort();
}

/** How many pairs of a sum on the left and one on the right come to `needed` or more. */
function countAtLeast(left: Float64Array, right: Float64Array, needed: number): number {
  let count = 0;
  let from = right.length;
  for (const sum of left) {
    while (from > 0 && sum + (right[from - 1] ?? 0) >= needed) from -= 1;
    count += right.length - from;
  }
  return count;
}
