/**
 * Which side of a block runs first, drawn at random and balanced: as many blocks begin with A as
 * with B, so that whatever grows from the first half of a block to the second (heat, a filling
 * cache) meets both alike. Of an odd number of blocks chance has the last word too.
 */

import { Random } from '../sim/random.ts';

export const BLOCK_ORDERS = ['ab', 'ba'] as const;
export type BlockOrder = (typeof BLOCK_ORDERS)[number];

/** The same seed draws the same orders. */
export function blockOrders(blocks: number, seed: number): readonly BlockOrder[] {
  const random = new Random(seed);
  const [first, second] = random.below(2) === 0 ? (['ab', 'ba'] as const) : (['ba', 'ab'] as const);
  const orders = Array.from({ length: blocks }, (_, place) => (place % 2 === 0 ? first : second));
  // Fisher and Yates.
  for (let place = blocks - 1; place > 0; place -= 1) {
    const other = random.below(place + 1);
    const moved = orders[other] ?? first;
    orders[other] = orders[place] ?? first;
    orders[place] = moved;
  }
  return orders;
}
