/**
 * How far two samples of one figure lie apart, and how sure that is. On logarithms throughout: a
 * difference is then a ratio, which no unit scales, and which mirrors when the sides are swapped.
 */

import { assert, present } from '../units/assert.ts';
import { attainableP, attainablePairedP } from './statistics/attainable.ts';
import type { Interval } from './statistics/interval.ts';
import { mannWhitneyP } from './statistics/mann-whitney.ts';
import { pairedShift } from './statistics/paired-shift.ts';
import { type Design, pooledSpread } from './statistics/repetitions.ts';
import { signFlipP } from './statistics/sign-flip.ts';
import { signedRankP } from './statistics/signed-rank.ts';
import { twoSampleShift } from './statistics/two-sample-shift.ts';

export interface Difference extends Interval {
  readonly design: Design;
  readonly p: number;
  readonly attainableP: number;
  /** Standard deviation of a value, or of a paired difference; null: too few values to know. */
  readonly spread: number | null;
  /** Values on each side; of pairs the same twice. */
  readonly counts: readonly [baseline: number, candidate: number];
  /** By pair; none of independent samples. */
  readonly pairs: readonly number[];
}

/**
 * `baseline`, `candidate`: figures from 0 up, at least one each; paired, as many on both sides, in
 * the order of their pairs. The result is in logarithms of candidate by baseline: infinite where
 * one side is 0.
 */
export function differenceOf(
  design: Design,
  baseline: readonly number[],
  candidate: readonly number[],
  confidence: number,
): Difference {
  const [a, b] = [baseline.map(Math.log), candidate.map(Math.log)];
  const counts = [a.length, b.length] as const;
  if (design === 'independent') {
    return {
      ...twoSampleShift(a, b, confidence),
      design,
      p: mannWhitneyP(a, b),
      attainableP: attainableP(a.length, b.length),
      spread: pooledSpread([a, b]),
      counts,
      pairs: [],
    };
  }
  assert(a.length === b.length, `${a.length} values of A are paired with ${b.length} of B`);
  const pairs = b.map((value, place) => {
    const other = present(a[place], 'the other value of a pair');
    return value === other ? 0 : value - other;
  });
  return differenceOfPairs(pairs, confidence);
}

/** `pairs`: logarithms of candidate by baseline, pair by pair. */
export function differenceOfPairs(pairs: readonly number[], confidence: number): Difference {
  return {
    ...pairedShift(pairs, confidence),
    design: 'paired',
    // An infinite difference has a rank, but no size to weigh.
    p: pairs.every(Number.isFinite) ? signFlipP(pairs) : signedRankP(pairs),
    attainableP: attainablePairedP(pairs.length),
    spread: pooledSpread([pairs]),
    counts: [pairs.length, pairs.length],
    pairs,
  };
}
