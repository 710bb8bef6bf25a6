/**
 * Histograms of completion latencies over windows of time, by direction, in fio's 1856 bins: what
 * its log_hist_msec asks for. Its last group ends at 17 s, so a longer latency counts in the last
 * bin here too (in the record it does not).
 */

import { present } from '../units/assert.ts';
import { MILLISECOND_NS, type Nanoseconds } from '../units/quantity.ts';
import type { ChunkedRows } from './chunked-rows.ts';
import { bucketOf } from './histogram.ts';
import { BYTES, CLAT, ENDED_AT } from './logged-io.ts';

/** 29 groups of 64 (stat.h). */
export const FIO_BINS = 1856;

/** A row: its end (ns), direction, bytes of its last I/O, so many pairs; then bin and count. */
export const HISTOGRAM_HEAD_WORDS = 4;

export class LogHistograms {
  readonly windowNs: Nanoseconds;
  readonly rows: ChunkedRows;
  private readonly io: Float64Array;
  /** By direction. */
  private readonly bins: readonly Float64Array[];
  private readonly lastBytes: Float64Array;
  private index = 0;

  constructor(windowNs: Nanoseconds, directions: number, rows: ChunkedRows, io: Float64Array) {
    this.windowNs = windowNs;
    this.rows = rows;
    this.io = io;
    this.bins = Array.from({ length: directions }, () => new Float64Array(FIO_BINS));
    this.lastBytes = new Float64Array(directions);
  }

  /** The I/O in `io` has ended. */
  add(direction: number): void {
    const { io } = this;
    const index = Math.floor((io[ENDED_AT] ?? 0) / this.windowNs);
    if (index !== this.index) {
      this.close((this.index + 1) * this.windowNs);
      this.index = index;
    }
    const bins = present(this.bins[direction], 'bins of each direction');
    const bin = Math.min(bucketOf(io[CLAT] ?? 0), FIO_BINS - 1);
    bins[bin] = (bins[bin] ?? 0) + 1;
    this.lastBytes[direction] = io[BYTES] ?? 0;
  }

  /** To the end of a ms: a line says ms, and the window before may have ended at the same. */
  finish(endNs: Nanoseconds): void {
    const lastNs = Math.ceil(endNs / MILLISECOND_NS) * MILLISECOND_NS;
    this.close(Math.min(lastNs, (this.index + 1) * this.windowNs));
  }

  private close(toNs: Nanoseconds): void {
    for (const [direction, bins] of this.bins.entries()) {
      let pairs = 0;
      for (const count of bins) if (count > 0) pairs += 1;
      if (pairs === 0) continue;
      let at = this.rows.room(HISTOGRAM_HEAD_WORDS + 2 * pairs);
      const { words } = this.rows;
      words[at] = toNs;
      words[at + 1] = direction;
      words[at + 2] = this.lastBytes[direction] ?? 0;
      words[at + 3] = pairs;
      at += HISTOGRAM_HEAD_WORDS;
      for (let bin = 0; bin < FIO_BINS; bin += 1) {
        const count = bins[bin] ?? 0;
        if (count === 0) continue;
        words[at] = bin;
        words[at + 1] = count;
        at += 2;
      }
      bins.fill(0);
    }
  }
}
