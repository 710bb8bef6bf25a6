/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945), two-sided. A difference of
 * zero says nothing and is left out, as Wilcoxon has it. Up to 53 differences the p-value is exact,
 * ties included, by counting every choice of signs; beyond that the normal approximation, corrected
 * for ties and continuity.
 */

import { normalUpperTail } from './normal.ts';
import { SIGNED_RANKS_MAX, type SumDistribution, sumsOfAny, twoSidedP } from './rank-sums.ts';
import { rank, tieTerm } from './ranks.ts';

/** p under the hypothesis that the differences lie evenly around zero; 1 without any. */
export function signedRankP(differences: readonly number[]): number {
  const moved = differences.filter((difference) => difference !== 0);
  const ranks = rank(moved.map(Math.abs));
  const sum = ranks.doubled.reduce(
    (total, doubled, place) => ((moved[place] ?? 0) > 0 ? total + doubled : total),
    0,
  );
  if (moved.length <= SIGNED_RANKS_MAX) return twoSidedP(sumsOfAny(ranks.doubled), sum);
  return approximateP(sum / 2, moved.length, ranks.ties);
}

/** Of the sum of the positive ranks of `count` untied differences, as doubled ranks. */
export function untiedSignedDistribution(count: number): SumDistribution {
  return sumsOfAny(Array.from({ length: count }, (_, place) => 2 * (place + 1)));
}

function approximateP(sum: number, count: number, ties: readonly number[]): number {
  const mean = (count * (count + 1)) / 4;
  const variance = (count * (count + 1) * (2 * count + 1)) / 24 - tieTerm(ties) / 48;
  const distance = Math.max(0, Math.abs(sum - mean) - 0.5);
  return Math.min(1, 2 * normalUpperTail(distance / Math.sqrt(variance)));
}
