/**
 * How a sum of ranks is distributed when chance alone deals them out, by counting every deal: over
 * all choices of so many of the ranks (two samples), or of any number of them (signed ranks, where
 * each rank is positive or negative). Ranks are doubled, so midranks are whole numbers and ties are
 * counted as exactly as the rest. Counts are exact up to 2^53: who calls keeps the number of deals
 * below it.
 */

import { assert } from '../../units/assert.ts';

export interface SumDistribution {
  /** By the doubled sum, how many deals give it. */
  readonly deals: Float64Array;
  readonly total: number;
}

/** 56 ranks have at most C(56, 28) = 7.6e15 halves, the last that fit into 2^53. */
export const RANKS_MAX = 56;
/** Each rank has one of two signs: 2^53 deals. */
export const SIGNED_RANKS_MAX = 53;

/** Over all choices of `size` of the ranks. */
export function sumsOfSize(doubledRanks: readonly number[], size: number): SumDistribution {
  assert(doubledRanks.length <= RANKS_MAX, `${doubledRanks.length} ranks have too many deals`);
  const highest = [...doubledRanks].sort((a, b) => b - a).slice(0, size);
  const sums = highest.reduce((sum, rank) => sum + rank, 0) + 1;
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(sums));
  const [none] = bySize;
  if (none !== undefined) none[0] = 1;
  for (const [place, rank] of doubledRanks.entries()) {
    for (let taken = Math.min(size, place + 1); taken >= 1; taken -= 1) {
      addShifted(bySize[taken], bySize[taken - 1], rank);
    }
  }
  return distribution(bySize[size] ?? new Float64Array(0));
}

/** Over all choices of any number of the ranks. */
export function sumsOfAny(doubledRanks: readonly number[]): SumDistribution {
  assert(doubledRanks.length <= SIGNED_RANKS_MAX, `${doubledRanks.length} signs: too many deals`);
  const sums = doubledRanks.reduce((sum, rank) => sum + rank, 0) + 1;
  const deals = new Float64Array(sums);
  deals[0] = 1;
  for (const rank of doubledRanks) addShifted(deals, deals, rank);
  return distribution(deals);
}

/** From above, so that a rank is never added to a sum that has it already. */
function addShifted(
  into: Float64Array | undefined,
  from: Float64Array | undefined,
  rank: number,
): void {
  if (into === undefined || from === undefined) return;
  for (let sum = into.length - 1; sum >= rank; sum -= 1) {
    into[sum] = (into[sum] ?? 0) + (from[sum - rank] ?? 0);
  }
}

function distribution(deals: Float64Array): SumDistribution {
  return { deals, total: deals.reduce((sum, count) => sum + count, 0) };
}

/** Twice the smaller tail, at most 1: as R and scipy have it. */
export function twoSidedP({ deals, total }: SumDistribution, doubledSum: number): number {
  let below = 0;
  for (let sum = 0; sum <= doubledSum; sum += 1) below += deals[sum] ?? 0;
  const above = total - below + (deals[doubledSum] ?? 0);
  return Math.min(1, (2 * Math.min(below, above)) / total);
}

/** How many of the lowest sums, in steps of one rank, have together a probability up to `tail`. */
export function stepsInTail({ deals, total }: SumDistribution, tail: number): number {
  const lowest = deals.findIndex((count) => count > 0);
  let below = 0;
  for (let steps = 0; ; steps += 1) {
    below += deals[lowest + 2 * steps] ?? 0;
    if (below > tail * total) return steps;
  }
}
