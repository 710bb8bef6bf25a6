/**
 * Mann–Whitney's U test of two independent samples (Mann and Whitney 1947), two-sided. Up to 56
 * values in all the p-value is exact, by counting every way in which chance could have dealt the
 * midranks out: so it is with ties, conditional on them. Beyond that it is the normal
 * approximation, corrected for ties and continuity.
 */

import { assert } from '../../units/assert.ts';
import { normalUpperTail } from './normal.ts';
import { RANKS_MAX, type SumDistribution, sumsOfSize, twoSidedP } from './rank-sums.ts';
import { type Ranks, rank, tieTerm } from './ranks.ts';

/** p under the hypothesis that both samples come from one distribution; both have a value. */
export function mannWhitneyP(a: readonly number[], b: readonly number[]): number {
  assert(a.length > 0 && b.length > 0, 'a sample has a value');
  // The sum of the smaller sample says it all, and has fewer deals to count.
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  const ranks = rank([...small, ...large]);
  const sum = ranks.doubled.slice(0, small.length).reduce((total, doubled) => total + doubled, 0);
  if (small.length + large.length > RANKS_MAX) {
    return approximateP(sum / 2, small.length, large.length, ranks.ties);
  }
  return twoSidedP(distributionOf(ranks, small.length), sum);
}

/** Most cells of a comparison have as many repetitions, and few have ties: counted once. */
const counted = new Map<string, SumDistribution>();
const COUNTED_MAX = 200;

function distributionOf({ doubled, ties }: Ranks, size: number): SumDistribution {
  const key = `${size} of ${ties.join(' ')}`;
  const known = counted.get(key);
  if (known !== undefined) return known;
  const distribution = sumsOfSize(
    [...doubled].sort((a, b) => a - b),
    size,
  );
  if (counted.size >= COUNTED_MAX) counted.clear();
  counted.set(key, distribution);
  return distribution;
}

/** Of U for samples of these sizes without ties, as its sum of doubled ranks. */
export function untiedDistribution(n: number, m: number): SumDistribution {
  const ranks = Array.from({ length: n + m }, (_, place) => place + 1);
  return distributionOf(rank(ranks), Math.min(n, m));
}

function approximateP(rankSum: number, n: number, m: number, ties: readonly number[]): number {
  const u = rankSum - (n * (n + 1)) / 2;
  const values = n + m;
  const spread = values + 1 - tieTerm(ties) / (values * (values - 1));
  const deviation = Math.sqrt(((n * m) / 12) * spread);
  // Every value is the same: nothing tells the samples apart.
  if (deviation === 0) return 1;
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return Math.min(1, 2 * normalUpperTail(distance / deviation));
}
