/**
 * A random order of 0 … n − 1 that visits each number once, without a bitmap: a Feistel network
 * over the next power of four, walked until it lands inside (cycle walking, Black and Rogaway
 * 2002). O(1) memory for a device of any size, and the k-th element is known without the ones
 * before it.
 *
 * fio keeps a bitmap (axmap) and skips what was hit; an LFSR is its other choice.
 */

import type { Random } from '../sim/random.ts';
import { mix } from '../units/hash.ts';

const ROUNDS = 4;
/** Up to here a number's halves are cut and joined by shifts, beyond it by division. */
const INT_MAX = 0x7fff_ffff;

export class Permutation {
  readonly size: number;
  private readonly halfBits: number;
  private readonly halfMask: number;
  private readonly keys = new Int32Array(ROUNDS);

  constructor(size: number) {
    this.size = size;
    let halfBits = 1;
    let half = 2;
    while (half * half < size) {
      half *= 2;
      halfBits += 1;
    }
    this.halfBits = halfBits;
    this.halfMask = half - 1;
  }

  /** Another order. */
  shuffle(random: Random): void {
    for (let round = 0; round < ROUNDS; round += 1) this.keys[round] = random.uint32();
  }

  /** Element `index` of the order. */
  at(index: number): number {
    let value = index;
    do value = this.encrypt(value);
    while (value >= this.size);
    return value;
  }

  private encrypt(value: number): number {
    const keys = this.keys;
    const bits = this.halfBits;
    const mask = this.halfMask;
    const small = value <= INT_MAX;
    let left = small ? value >> bits : Math.floor(value / (mask + 1));
    let right = small ? value & mask : value - left * (mask + 1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = left ^ (mix((right + (keys[round] ?? 0)) | 0) >>> (32 - bits));
      left = right;
      right = next & mask;
    }
    return bits < 16 ? (left << bits) | right : left * (mask + 1) + right;
  }
}
