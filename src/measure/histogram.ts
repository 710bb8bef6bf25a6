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

export class Histogram {
  count = 0;
  minNs: Nanoseconds = Infinity;
  maxNs: Nanoseconds = -0;
  readonly buckets = new Float64Array(BUCKETS);
  /**
   * Sums of the distance from the first value: keeps the variance of near-equal latencies exact.
   */
  private originNs: Nanoseconds = -0;
  private sum = -0;
  private sumSquares = -0;

  record(valueNs: Nanoseconds): void {
    if (this.count === 0) this.originNs = valueNs;
    this.count += 1;
    if (valueNs < this.minNs) this.minNs = valueNs;
    if (valueNs > this.maxNs) this.maxNs = valueNs;
    const distance = valueNs - this.originNs;
    this.sum += distance;
    this.sumSquares += distance * distance;
    const bucket = bucketOf(valueNs);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
  }

  merge(other: Histogram): void {
    if (other.count === 0) return;
    if (this.count === 0) this.originNs = other.originNs;
    const shift = other.originNs - this.originNs;
    this.sumSquares += other.sumSquares + 2 * shift * other.sum + other.count * shift * shift;
    this.sum += other.sum + other.count * shift;
    this.count += other.count;
    if (other.minNs < this.minNs) this.minNs = other.minNs;
    if (other.maxNs > this.maxNs) this.maxNs = other.maxNs;
    for (let i = 0; i < BUCKETS; i += 1) {
      this.buckets[i] = (this.buckets[i] ?? 0) + (other.buckets[i] ?? 0);
    }
  }

  clear(): void {
    this.count = 0;
    this.minNs = Infinity;
    this.maxNs = -0;
    this.originNs = -0;
    this.sum = -0;
    this.sumSquares = -0;
    this.buckets.fill(0);
  }

  /** NaN of nothing: the caller shows absent. */
  get meanNs(): Nanoseconds {
    return this.originNs + this.sum / this.count;
  }

  /** Of the sample (n − 1); NaN below two values. */
  get stddevNs(): Nanoseconds {
    const n = this.count;
    if (n < 2) return NaN;
    const variance = (this.sumSquares - (this.sum * this.sum) / n) / (n - 1);
    return variance > 0 ? Math.sqrt(variance) : 0;
  }

  /** The value that `percent` of the values do not exceed, to the bucket; NaN of nothing. */
  percentileNs(percent: number): Nanoseconds {
    if (this.count === 0) return NaN;
    const rank = Math.max(1, Math.ceil((percent * this.count) / 100));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.buckets[bucket] ?? 0;
      if (seen < rank) continue;
      const middle = midpointOf(bucket);
      if (middle > this.maxNs) return this.maxNs;
      return middle < this.minNs ? this.minNs : middle;
    }
    return this.maxNs;
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
