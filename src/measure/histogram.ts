/**
 * A log-linear histogram of latencies, fio's shape (stat.h: 64 buckets a power of two, exact below
 * 128 ns, error below 0.8 %) with more groups, so that a 30 s timeout is not clamped into the last
 * bucket as it is there. Mergeable by addition. Percentiles are bucket midpoints, and never outside
 * min … max.
 */

import type { Nanoseconds } from '../units/quantity.ts';

const BITS = 6;
const PER_GROUP = 1 << BITS;
/** Values up to 2^46 ns, 19 hours. */
const GROUPS = 41;
const BUCKETS = GROUPS * PER_GROUP;
const TWO_32 = 4294967296;

/** Behind the buckets, in the same words. */
const COUNT = BUCKETS;
const MIN = BUCKETS + 1;
const MAX = BUCKETS + 2;
/** Sums of the distance from the first value keep the variance of near-equal latencies exact. */
const ORIGIN = BUCKETS + 3;
const SUM = BUCKETS + 4;
const SUM_SQUARES = BUCKETS + 5;

export const HISTOGRAM_WORDS = BUCKETS + 6;

export class Histogram {
  /** All of it, in memory that threads may share; zeros are an empty one. */
  readonly words: Float64Array;

  constructor(words: Float64Array = new Float64Array(HISTOGRAM_WORDS)) {
    this.words = words;
  }

  record(valueNs: Nanoseconds): void {
    const words = this.words;
    const count = words[COUNT] ?? 0;
    words[COUNT] = count + 1;
    if (count === 0) {
      words[ORIGIN] = valueNs;
      words[MIN] = valueNs;
      words[MAX] = valueNs;
    } else {
      if (valueNs < (words[MIN] ?? 0)) words[MIN] = valueNs;
      if (valueNs > (words[MAX] ?? 0)) words[MAX] = valueNs;
    }
    const distance = valueNs - (words[ORIGIN] ?? 0);
    words[SUM] = (words[SUM] ?? 0) + distance;
    words[SUM_SQUARES] = (words[SUM_SQUARES] ?? 0) + distance * distance;
    const bucket = bucketOf(valueNs);
    words[bucket] = (words[bucket] ?? 0) + 1;
  }

  merge(other: Histogram): void {
    const words = this.words;
    if (other.count === 0) return;
    if (this.count === 0) {
      words.set(other.words);
      return;
    }
    const shift = other.at(ORIGIN) - this.at(ORIGIN);
    words[SUM_SQUARES] =
      this.at(SUM_SQUARES) +
      (other.at(SUM_SQUARES) + 2 * shift * other.at(SUM) + other.count * shift * shift);
    words[SUM] = this.at(SUM) + (other.at(SUM) + other.count * shift);
    words[MIN] = Math.min(this.minNs, other.minNs);
    words[MAX] = Math.max(this.maxNs, other.maxNs);
    for (let i = 0; i <= COUNT; i += 1) words[i] = this.at(i) + other.at(i);
  }

  clear(): void {
    this.words.fill(0);
  }

  get count(): number {
    return this.at(COUNT);
  }

  /** Infinity of nothing. */
  get minNs(): Nanoseconds {
    return this.count === 0 ? Infinity : this.at(MIN);
  }

  /** 0 of nothing. */
  get maxNs(): Nanoseconds {
    return this.at(MAX);
  }

  /** NaN of nothing: the caller shows absent. */
  get meanNs(): Nanoseconds {
    return this.at(ORIGIN) + this.at(SUM) / this.count;
  }

  /** Of the sample (n − 1); NaN below two values. */
  get stddevNs(): Nanoseconds {
    const n = this.count;
    if (n < 2) return NaN;
    const sum = this.at(SUM);
    const variance = (this.at(SUM_SQUARES) - (sum * sum) / n) / (n - 1);
    return variance > 0 ? Math.sqrt(variance) : 0;
  }

  /** The value that `percent` of the values do not exceed, to the bucket; NaN of nothing. */
  percentileNs(percent: number): Nanoseconds {
    if (this.count === 0) return NaN;
    const rank = Math.max(1, Math.ceil((percent * this.count) / 100));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.at(bucket);
      if (seen < rank) continue;
      const middle = midpointOf(bucket);
      if (middle > this.maxNs) return this.maxNs;
      return middle < this.minNs ? this.minNs : middle;
    }
    return this.maxNs;
  }

  private at(word: number): number {
    return this.words[word] ?? 0;
  }
}

/** Group 0 and 1 are exact; group g holds 2^(g+5) … 2^(g+6) in 64 steps. */
export const bucketOf = (valueNs: Nanoseconds): number => {
  if (valueNs < TWO_32) {
    const value = valueNs >>> 0;
    const msb = 31 - Math.clz32(value);
    if (msb <= BITS) return value;
    return ((msb - BITS + 1) << BITS) + ((value >>> (msb - BITS)) & (PER_GROUP - 1));
  }
  // Beyond 4.3 s: halved until it fits 32 bits; each halving is one group.
  let shifted = valueNs;
  let extra = 0;
  while (shifted >= TWO_32) {
    shifted /= 2;
    extra += 1;
  }
  const bucket = bucketOf(shifted) + (extra << BITS);
  return bucket < BUCKETS ? bucket : BUCKETS - 1;
};

export function midpointOf(bucket: number): Nanoseconds {
  const group = bucket >> BITS;
  const step = bucket & (PER_GROUP - 1);
  if (group < 2) return bucket;
  let width = 1;
  for (let i = 1; i < group; i += 1) width *= 2;
  return (PER_GROUP + step) * width + width / 2;
}
