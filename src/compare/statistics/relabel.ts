/**
 * How often chance alone gives what was seen: if A and B are the same, each block could as well
 * have had its two labels the other way round. All 2^k relabellings up to 12 blocks; beyond that
 * 4,096 that are drawn, the same ones for the same seed.
 */

import { Random } from '../../sim/random.ts';

export interface Relabelled {
  /** Of the relabellings, those for which it was so. */
  readonly share: number;
  readonly relabellings: number;
  /** All that there are. */
  readonly exact: boolean;
}

const ENUMERATED_MAX = 12;
const DRAWN = 4096;

/** `signs`: by block, 1 or -1 for labels exchanged. They are one array, used again. */
export function shareOfRelabellings(
  blocks: number,
  seed: number,
  isSo: (signs: readonly number[]) => boolean,
): Relabelled {
  const exact = blocks <= ENUMERATED_MAX;
  const relabellings = exact ? 2 ** blocks : DRAWN;
  const random = new Random(seed, blocks);
  const signs = Array.from({ length: blocks }, () => 1);
  let count = 0;
  for (let choice = 0; choice < relabellings; choice += 1) {
    for (let block = 0; block < blocks; block += 1) {
      const bit = exact ? (choice >>> block) & 1 : random.below(2);
      signs[block] = bit === 1 ? -1 : 1;
    }
    if (isSo(signs)) count += 1;
  }
  return { share: count / relabellings, relabellings, exact };
}
