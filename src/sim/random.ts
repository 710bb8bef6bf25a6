/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, 2018), its state spread from the seed
 * words by splitmix32. 32-bit integer arithmetic only, so every Node version draws the same
 * numbers.
 */

import { mix } from '../units/hash.ts';

export class Random {
  /** Signed, as the operators give them: fields of small integers cost less than an array's. */
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;

  /** A stream of its own for each list of whole numbers (randseed, job, clone, repetition…). */
  constructor(...seeds: readonly number[]) {
    let mixed = 0x9e3779b9;
    for (const seed of seeds) {
      mixed = mix(mixed ^ (seed >>> 0));
      mixed = mix(mixed ^ Math.floor(seed / 4294967296));
    }
    const next = (): number => {
      mixed = (mixed + 0x9e3779b9) | 0;
      return mix(mixed) | 0;
    };
    this.s0 = next();
    this.s1 = next();
    this.s2 = next();
    this.s3 = next();
  }

  /** 0 … 2^32 − 1. */
  uint32(): number {
    return this.draw() >>> 0;
  }

  /** 0 … 1, 53 bits, 1 left out. */
  unit(): number {
    const high = this.draw() >>> 5;
    const low = this.draw() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number 0 … bound − 1, without bias beyond 2^-53. */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  private draw(): number {
    const { s0, s1 } = this;
    const s2 = this.s2 ^ s0;
    const s3 = this.s3 ^ s1;
    this.s1 = s1 ^ s2;
    this.s0 = s0 ^ s3;
    this.s2 = s2 ^ (s1 << 9);
    this.s3 = rotate(s3, 11);
    return Math.imul(rotate(Math.imul(s1, 5), 7), 9);
  }
}

const rotate = (x: number, bits: number): number => {
  return (x << bits) | (x >>> (32 - bits));
};
