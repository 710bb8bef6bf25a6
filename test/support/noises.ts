/** Random numbers of some distributions, for synthetic measurements. */

import type { Random } from '../../src/sim/random.ts';

/** Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.unit());
}

export function exponential(random: Random): number {
  return -Math.log(1 - random.unit());
}
