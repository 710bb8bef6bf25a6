/**
 * The smallest two-sided p that so many values can give, when every value of the one sample lies
 * above every value of the other and none is tied: below it, no difference however large is called.
 */

import { mannWhitneyP } from './mann-whitney.ts';

/** Of Mann–Whitney's test: 2 / C(n + m, n) as long as it is exact. */
export function attainableP(n: number, m: number): number {
  const below = Array.from({ length: n }, (_, place) => place);
  const above = Array.from({ length: m }, (_, place) => n + place);
  return mannWhitneyP(below, above);
}

/** Of the signed-rank and the sign-flip test of k pairs: all signs alike, 2^(1 - k). */
export function attainablePairedP(pairs: number): number {
  return Math.min(1, 2 ** (1 - pairs));
}
