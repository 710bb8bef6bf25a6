/**
 * Bytes over time, in at most 64 slices that double in length as the run grows: enough to tell
 * whether the throughput was steady, at a fixed and small cost per I/O.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';

const SLICES = 64;
const FIRST_SLICE_NS: Nanoseconds = 65_536;
/** Fewer whole slices than this tell nothing. */
const SLICES_MIN = 16;

/** How far bandwidth may drift over measured time and still be `steady`, in percent of its mean. */
export const STEADY_DRIFT_PERCENT = 5;

/** What a series holds, as data that crosses threads. */
export interface SeriesData {
  readonly bytes: Float64Array;
  readonly sliceNs: Nanoseconds;
  readonly originNs: Nanoseconds;
}

export class Series {
  private readonly bytes = new Float64Array(SLICES);
  private sliceNs: Nanoseconds = FIRST_SLICE_NS;
  private originNs: Nanoseconds = -0;

  get data(): SeriesData {
    return { bytes: this.bytes, sliceNs: this.sliceNs, originNs: this.originNs };
  }

  restore(data: SeriesData): void {
    this.bytes.set(data.bytes);
    this.sliceNs = data.sliceNs;
    this.originNs = data.originNs;
  }

  /** Forgets all, and counts time from here. */
  begin(originNs: Nanoseconds): void {
    this.bytes.fill(0);
    this.sliceNs = FIRST_SLICE_NS;
    this.originNs = originNs;
  }

  add(nowNs: Nanoseconds, bytes: Bytes): void {
    let slice = (nowNs - this.originNs) / this.sliceNs;
    while (slice >= SLICES) {
      this.double();
      slice = (nowNs - this.originNs) / this.sliceNs;
    }
    const index = slice | 0;
    this.bytes[index] = (this.bytes[index] ?? 0) + bytes;
  }

  /** Adds another series that began at the same time or later. */
  merge(other: Series): void {
    other.bytes.forEach((bytes, index) => {
      if (bytes > 0) this.add(other.originNs + (index + 0.5) * other.sliceNs, bytes);
    });
  }

  /**
   * Whether a line fitted through the whole slices up to `endNs` rises or falls over them by no
   * more than `driftPercent` of the mean (fio's ss=bw_slope); null when there are too few slices to
   * tell.
   */
  steady(endNs: Nanoseconds, driftPercent: number): boolean | null {
    const slices = Math.floor((endNs - this.originNs) / this.sliceNs);
    if (slices < SLICES_MIN) return null;
    let sum = 0;
    let moment = 0;
    const middle = (slices - 1) / 2;
    for (let i = 0; i < slices; i += 1) {
      sum += this.bytes[i] ?? 0;
      moment += (i - middle) * (this.bytes[i] ?? 0);
    }
    if (sum === 0) return null;
    const slope = (moment * 12) / (slices * (slices * slices - 1));
    const drift = (slope * (slices - 1) * slices) / sum;
    return drift * 100 <= driftPercent && drift * 100 >= -driftPercent;
  }

  private double(): void {
    const bytes = this.bytes;
    for (let i = 0; i < SLICES; i += 1) {
      bytes[i] = i < SLICES / 2 ? (bytes[2 * i] ?? 0) + (bytes[2 * i + 1] ?? 0) : 0;
    }
    this.sliceNs *= 2;
  }
}
