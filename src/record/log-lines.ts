/**
 * Lines of fio's logs, from the rows that `measure/io-log.ts` collects:
 *
 *   time, value[, largest], direction, bytes[, offset], priority[, issued]
 *   time, direction, bytes, 1856 bins or fewer                              (clat_hist)
 *
 * time is in ms, latencies in ns, bandwidth in KiB/s; directions are 0 read, 1 write, 2 trim, 3
 * copy. Of windows bytes, offset and issued are 0. The form was taken from the files that fio 3.33
 * writes; columns that came with 3.36 from its documentation.
 */

import type { Log, LogKind, LogPlan } from '../job/log-plan.ts';
import { EACH_WORDS, type LogStream } from '../measure/io-log.ts';
import { FIO_BINS, HISTOGRAM_HEAD_WORDS } from '../measure/log-histograms.ts';
import { WINDOW_WORDS } from '../measure/log-windows.ts';
import { assert } from '../units/assert.ts';
import { KIB, MILLISECOND_NS, type Nanoseconds, SECOND_NS } from '../units/quantity.ts';

export interface LineStyle {
  readonly log: Log;
  readonly plan: LogPlan;
  /** Submission and completion are two moments: without, there is no slat. */
  readonly submission: boolean;
  /** When measured time began, since the epoch of the log; 0: times count from there. */
  readonly epochMs: number;
  /** The number that a log has for each direction of the rows. */
  readonly directions: readonly number[];
}

/** The stream that has a log's rows. */
export function hasRowsOf(log: Log, { kind, windowNs }: LogStream): boolean {
  if (log.kind === 'clat_hist') return kind === 'histogram';
  if (log.kind === 'iolog' || kind === 'issued') return log.kind === 'iolog' && kind === 'issued';
  return kind !== 'histogram' && windowNs === log.windowNs;
}

/** Walks over the rows of a log, line by line. */
export class LogLines {
  /** Of the line, as it stands in it: lines of several clones are put in order by it. */
  timeMs = 0;
  line = '';
  private readonly style: LineStyle;
  private readonly chunks: Iterator<Float64Array>;
  private rows: Float64Array = new Float64Array(0);
  private at = 0;

  constructor(style: LineStyle, chunks: Iterable<Float64Array>) {
    this.style = style;
    this.chunks = chunks[Symbol.iterator]();
  }

  /** Whether there was another line. */
  next(): boolean {
    if (!this.style.submission && this.style.log.kind === 'slat') return false;
    while (this.at >= this.rows.length) {
      const chunk = this.chunks.next();
      if (chunk.done === true) return false;
      this.rows = chunk.value;
      this.at = 0;
    }
    if (this.style.log.kind === 'clat_hist') this.histogram();
    else if (this.style.log.windowNs > 0) this.window();
    else this.each();
    return true;
  }

  private each(): void {
    const { style, at } = this;
    const [startNs, issuedNs, endNs] = [this.word(at), this.word(at + 1), this.word(at + 2)];
    const bytes = this.word(at + 4);
    this.at += EACH_WORDS;
    this.timeMs = this.msOf(endNs);
    const value = valueOfOne(style.log.kind, startNs, issuedNs, endNs, bytes);
    this.compose(`${value}`, this.word(at + 3), bytes, this.word(at + 5), issuedNs);
  }

  private window(): void {
    const { style, at } = this;
    // The very last may have no length: an I/O that ended at the very moment it begins.
    const spanNs = this.word(at + 1) - this.word(at) || style.log.windowNs;
    this.at += WINDOW_WORDS;
    this.timeMs = this.msOf(this.word(at + 1));
    const [mean, largest] = this.valuesOf(style.log.kind, at + 3, spanNs);
    const values = { avg: `${mean}`, max: `${largest}`, both: `${mean}, ${largest}` };
    this.compose(values[style.plan.value], this.word(at + 2), 0, 0, 0);
  }

  /** Of a window; a rate is its own largest. */
  private valuesOf(kind: LogKind, at: number, spanNs: Nanoseconds): [number, number] {
    const [ios, bytes] = [this.word(at), this.word(at + 1)];
    const latency = (place: number): [number, number] => [
      whole(this.word(place) / ios),
      whole(this.word(place + 1)),
    ];
    switch (kind) {
      case 'bw':
        return twice(kibPerSecond(bytes, spanNs));
      case 'iops':
        return twice(whole((ios * SECOND_NS) / spanNs));
      case 'lat':
        return latency(at + 2);
      case 'slat':
        return latency(at + 4);
      case 'clat':
        return latency(at + 6);
      case 'clat_hist':
      case 'iolog':
        return assertNever();
    }
  }

  private histogram(): void {
    const { style, at } = this;
    const step = 2 ** style.plan.coarseness;
    const bins = new Array<number>(FIO_BINS / step).fill(0);
    const pairs = this.word(at + 3);
    const from = at + HISTOGRAM_HEAD_WORDS;
    for (let pair = 0; pair < pairs; pair += 1) {
      const bin = Math.floor(this.word(from + 2 * pair) / step);
      bins[bin] = (bins[bin] ?? 0) + this.word(from + 2 * pair + 1);
    }
    this.at = from + 2 * pairs;
    this.timeMs = this.msOf(this.word(at));
    const direction = style.directions[this.word(at + 1)];
    const head = `${this.timeMs}, ${direction}, ${this.word(at + 2)}`;
    this.line = `${head}, ${bins.join(', ')}\n`;
  }

  private compose(
    values: string,
    direction: number,
    bytes: number,
    offset: number,
    issuedNs: Nanoseconds,
  ): void {
    const { plan, directions } = this.style;
    let line = `${this.timeMs}, ${values}, ${directions[direction]}, ${bytes}`;
    if (plan.offset) line += `, ${offset}`;
    line += plan.prio ? ', 0x0000' : ', 0';
    if (plan.issueTime) line += `, ${whole(issuedNs)}`;
    this.line = `${line}\n`;
  }

  private msOf(ns: Nanoseconds): number {
    return Math.floor(ns / MILLISECOND_NS) + this.style.epochMs;
  }

  private word(at: number): number {
    return this.rows[at] ?? 0;
  }
}

function valueOfOne(
  kind: LogKind,
  startNs: Nanoseconds,
  issuedNs: Nanoseconds,
  endNs: Nanoseconds,
  bytes: number,
): number {
  switch (kind) {
    case 'bw':
      return kibPerSecond(bytes, endNs - issuedNs);
    case 'iops':
      return 1;
    case 'slat':
      return whole(issuedNs - startNs);
    case 'clat':
      return whole(endNs - issuedNs);
    case 'lat':
      return whole(endNs - startNs);
    case 'clat_hist':
    case 'iolog':
      return assertNever();
  }
}

/** 0 where no time went by, as fio has it. */
function kibPerSecond(bytes: number, ns: Nanoseconds): number {
  return ns > 0 ? whole((bytes * SECOND_NS) / ns / KIB) : 0;
}

function twice(value: number): [number, number] {
  return [value, value];
}

function whole(value: number): number {
  return Math.floor(value + 0.5);
}

function assertNever(): never {
  assert(false, 'histograms have lines of their own');
}
