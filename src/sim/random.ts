/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, 2018), its state spread from the seed
 * words by splitmix32. 32-bit integer arithmetic only, so every Node version draws the same
 * numbers.
 */

export class Random {
  private readonly state = new Uint32Array(4);

  /** A stream of its own for each list of whole numbers (randseed, job, clone, repetition…). */
  constructor(...seeds: readonly number[]) {
    let mixed = 0x9e3779b9;
    for (const seed of seeds) {
      mixed = mix(mixed ^ (seed >>> 0));
      mixed = mix(mixed ^ Math.floor(seed / 4294967296));
    }
    for (let i = 0; i < 4; i += 1) {
      mixed = (mixed + 0x9e3779b9) | 0;
      this.state[i] = mix(mixed);
    }
  }

  /** 0 … 2^32 − 1. */
  uint32(): number {
    const s = this.state;
    const s0 = s[0] ?? 0;
    const s1 = s[1] ?? 0;
    const s2 = (s[2] ?? 0) ^ s0;
    const s3 = (s[3] ?? 0) ^ s1;
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9);
    s[1] = s1 ^ s2;
    s[0] = s0 ^ s3;
    s[2] = s2 ^ (s1 << 9);
    s[3] = rotate(s3, 11);
    return result >>> 0;
  }

  /** 0 … 1, 53 bits, 1 left out. */
  unit(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number 0 … bound − 1, without bias beyond 2^-53. */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }
}

const rotate = (x: number, bits: number): number => {
  return (x << bits) | (x >>> (32 - bits));
};

/** The finaliser of splitmix32 (after MurmurHash3): each input bit reaches each output bit. */
export const mix = (x: number): number => {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
};
