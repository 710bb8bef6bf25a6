/**
 * What a clone's logs are made of, as its I/Os end in measured time: a row for each I/O, a row for
 * each window of time and direction, or a histogram of the completion latencies of a window. Only
 * collects: `record/log-lines.ts` makes lines of it. An I/O that failed has no latency, and no row.
 */

import { assert } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { ChunkedRows } from './chunked-rows.ts';
import { IssuedRows, type IssuedSlots } from './issued-rows.ts';
import { LogHistograms } from './log-histograms.ts';
import { LogWindows } from './log-windows.ts';
import { BYTES, CLAT, ENDED_AT, LAT, LOGGED_IO_WORDS, SLAT } from './logged-io.ts';

/** What of an I/O is known by its slot: rows of the arrays of `workload/slots.ts`. */
export interface LoggedSlots extends IssuedSlots {
  readonly issuedNs: Float64Array;
}

export interface IoLogSpec {
  /** Whether each I/O has a row. */
  readonly each: boolean;
  /** The widths that rows sum over, each once. */
  readonly windowsNs: readonly Nanoseconds[];
  /** Width of the windows of histograms; null: none. */
  readonly histogramNs: Nanoseconds | null;
  /** Whether each I/O that is issued has a row, to be replayed. */
  readonly issued: boolean;
  /** Submission and completion are two moments; otherwise clat is lat, and slat 0. */
  readonly submission: boolean;
  /** How many directions slots may have. */
  readonly directions: number;
}

/** Takes a full chunk of a stream, which is overwritten afterwards. */
export type SpillStream = (stream: number, words: Float64Array) => void;

/** Rows of one kind: first those that were handed on, then the rest. */
export interface LogStream {
  readonly kind: 'each' | 'window' | 'histogram' | 'issued';
  /** Width of its windows; 0: a row for each I/O. */
  readonly windowNs: Nanoseconds;
  /** Chunks handed on. */
  readonly spilled: number;
  readonly rest: Float64Array;
}

/** A clone's logs as data that crosses threads; times in them count from `originNs`. */
export interface IoLogData {
  readonly originNs: Nanoseconds;
  readonly submission: boolean;
  readonly streams: readonly LogStream[];
}

/** A row of an I/O: start, issued and end in ns, direction, bytes, offset. */
export const EACH_WORDS = 6;

export class IoLog {
  /** Of the I/O that has ended: set before `ended` is called, so that no double is passed. */
  endNs: Nanoseconds = -0;
  bytes: Bytes = 0;
  private readonly io = new Float64Array(LOGGED_IO_WORDS);
  private readonly slots: LoggedSlots;
  private readonly spec: IoLogSpec;
  private readonly each: ChunkedRows | null;
  private readonly windows: readonly LogWindows[];
  private readonly histograms: LogHistograms | null;
  private readonly issuedRows: IssuedRows | null;
  private originNs: Nanoseconds = -0;

  constructor(spec: IoLogSpec, slots: LoggedSlots, spill: SpillStream) {
    this.spec = spec;
    this.slots = slots;
    let streams = 0;
    const rows = (): ChunkedRows => {
      const stream = streams;
      streams += 1;
      return new ChunkedRows((words) => spill(stream, words));
    };
    const { directions } = spec;
    this.each = spec.each ? rows() : null;
    this.windows = spec.windowsNs.map((ns) => new LogWindows(ns, directions, rows(), this.io));
    this.histograms =
      spec.histogramNs === null
        ? null
        : new LogHistograms(spec.histogramNs, directions, rows(), this.io);
    this.issuedRows = spec.issued ? new IssuedRows(slots, rows()) : null;
  }

  /** Measured time begins; what came before was ramp, and is not logged. */
  begin(originNs: Nanoseconds): void {
    this.originNs = originNs;
    this.issuedRows?.begin(originNs);
  }

  /** In measured time or not. */
  issued(slot: number): void {
    this.issuedRows?.add(slot);
  }

  ended(slot: number): void {
    const { slots, io, originNs } = this;
    const direction = slots.direction[slot] ?? 0;
    const startNs = slots.startNs[slot] ?? 0;
    const issuedNs = this.spec.submission ? (slots.issuedNs[slot] ?? 0) : startNs;
    io[ENDED_AT] = this.endNs - originNs;
    io[LAT] = this.endNs - startNs;
    io[SLAT] = issuedNs - startNs;
    io[CLAT] = this.endNs - issuedNs;
    io[BYTES] = this.bytes;
    if (this.each !== null) {
      const at = this.each.room(EACH_WORDS);
      const { words } = this.each;
      words[at] = startNs - originNs;
      words[at + 1] = issuedNs - originNs;
      words[at + 2] = this.endNs - originNs;
      words[at + 3] = direction;
      words[at + 4] = this.bytes;
      words[at + 5] = slots.offsetBytes[slot] ?? 0;
    }
    for (const windows of this.windows) windows.add(direction);
    this.histograms?.add(direction);
  }

  /** The last windows end here, whole or not. */
  finish(endNs: Nanoseconds): IoLogData {
    const { spec, originNs } = this;
    const streams: LogStream[] = [];
    const stream = (kind: LogStream['kind'], windowNs: Nanoseconds, rows: ChunkedRows): void => {
      streams.push({ kind, windowNs, spilled: rows.spilled, rest: rows.rest() });
    };
    assert(endNs >= originNs, 'measured time ends after it began');
    if (this.each !== null) stream('each', 0, this.each);
    for (const windows of this.windows) {
      windows.finish(endNs - originNs);
      stream('window', windows.windowNs, windows.rows);
    }
    if (this.histograms !== null) {
      this.histograms.finish(endNs - originNs);
      stream('histogram', this.histograms.windowNs, this.histograms.rows);
    }
    if (this.issuedRows !== null) stream('issued', 0, this.issuedRows.rows);
    return { originNs, submission: spec.submission, streams };
  }
}
