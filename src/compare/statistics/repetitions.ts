/**
 * How many repetitions would settle what too few have left open. From the spread of what there is:
 * a Hodges–Lehmann interval of n values on each side reaches to both sides of its estimate about
 *
 *   z × s × √(π / 3) × √(2 / n)      (of k pairs: z × s × √(π / 3) × √(1 / k))
 *
 * where s is the standard deviation and π / 3 what ranks cost against means when the values are
 * normal (Lehmann 1975; less than that when their tails are heavy). It settles a difference
 * when it does not reach the margin: so n follows from the distance of the estimate to the margin.
 * A repetition or two more make up for the spread being estimated (Guenther 1981), and z allows for
 * the estimate to move, so that four of five such runs settle it. A guide, no promise: a spread
 * that is itself known from three values may be wrong by half.
 */

import { attainableP, attainablePairedP } from './attainable.ts';
import { normalUpperQuantile } from './normal.ts';

export type Design = 'independent' | 'paired';

/** Nobody will run more: then the difference lies at the margin, for all that one can measure. */
export const REPETITIONS_MAX = 1000;

/** Chance that an experiment of this size falls short. */
const FALLS_SHORT = 0.2;

const RANKS_FOR_MEANS = Math.PI / 3;

/** On each side, or pairs: the fewest whose smallest attainable p is at most `p`. */
export function repetitionsForP(design: Design, p: number): number {
  for (let count = 1; count < REPETITIONS_MAX; count += 1) {
    const least = design === 'paired' ? attainablePairedP(count) : attainableP(count, count);
    if (least <= p) return count;
  }
  return REPETITIONS_MAX;
}

/** Where the estimate lies: outside, one end of the interval may miss; inside, either of them. */
export type Position = 'inside' | 'outside';

/**
 * On each side, or pairs; null: more than anybody runs. `spread`: standard deviation of a value, or
 * of a paired difference. `distance`: of the estimate to the margin, in the same unit.
 */
export function repetitionsForDistance(
  design: Design,
  spread: number,
  distance: number,
  position: Position,
  alpha: number,
): number | null {
  const ends = position === 'inside' ? 2 : 1;
  const misses = normalUpperQuantile(alpha / 2);
  const z = misses + normalUpperQuantile(FALLS_SHORT / ends);
  const samples = design === 'paired' ? 1 : 2;
  // Without spread there is nothing to reach over, also where there is no distance.
  const reach = spread === 0 ? 0 : (z * spread) / distance;
  const unknownSpread = (misses * misses) / (2 * samples);
  const count = Math.ceil(samples * RANKS_FOR_MEANS * reach * reach + unknownSpread);
  return count <= REPETITIONS_MAX ? count : null;
}

/** The common standard deviation of samples; null when no sample has two finite values. */
export function pooledSpread(samples: readonly (readonly number[])[]): number | null {
  let squares = 0;
  let freedom = 0;
  for (const sample of samples) {
    const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
    squares += sample.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    freedom += sample.length - 1;
  }
  const spread = Math.sqrt(squares / freedom);
  return Number.isFinite(spread) ? spread : null;
}
