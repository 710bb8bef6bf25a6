/**
 * `steadystate`: whether a figure of a job has become steady, as fio asks it (measured): the figure
 * of each interval, over a window of so many; either none of them is further from their mean than
 * the limit, or the least-squares line through them rises or falls by less, per interval. Strictly
 * less, both. I/Os of all directions count together.
 *
 * Clones may be judged as one: each tells its intervals in memory that they share, and who closes
 * an interval as the last of them judges. Intervals count from the beginning of each clone's
 * measured time, exactly; fio's are those of a helper thread, the first up to an eighth short
 * (3.33). An interval is closed by the first I/O that ends after it. Once a clone has ended nothing
 * is judged.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { SECOND_NS } from '../units/quantity.ts';

export interface SteadyStateSpec {
  readonly figure: 'iops' | 'bw' | 'lat';
  /** Judged by the line through the intervals; else by the furthest from their mean. */
  readonly slope: boolean;
  /** I/Os or bytes a second, or ns; of `percent`, of the mean. */
  readonly limit: number;
  readonly percent: boolean;
  readonly intervalNs: Nanoseconds;
  /** Of the window, at least two. */
  readonly intervals: number;
  /** From the beginning of measured time to the first interval. */
  readonly rampNs: Nanoseconds;
}

export type SteadyMemory = ArrayBuffer | SharedArrayBuffer;

/** Who is judged together. */
export interface SteadyGroup {
  /** Of `steadyBytes`, zeros at first. */
  readonly memory: SteadyMemory;
  readonly clones: number;
  /** Which of them this one is. */
  readonly place: number;
}

/** A clone may be a window ahead of the slowest: what is behind is kept so long. */
const WINDOWS_KEPT = 2;
/** The head, in words of 32 bits: whether it is attained; by clone, how many it has closed. */
const ATTAINED = 0;
const CLOSED = 1;
/** Of an interval, two doubles: an amount, and what it is divided by. */
const DOUBLES = 2;

export function steadyBytes({ intervals }: SteadyStateSpec, clones: number): Bytes {
  return headBytes(clones) + clones * WINDOWS_KEPT * intervals * DOUBLES * 8;
}

function headBytes(clones: number): Bytes {
  return Math.ceil((CLOSED + clones) / 2) * 8;
}

export class SteadyState {
  private readonly spec: SteadyStateSpec;
  private readonly place: number;
  private readonly clones: number;
  private readonly head: Int32Array;
  private readonly intervals: Float64Array;
  private readonly kept: number;
  private readonly figures: Float64Array;
  private nextNs: Nanoseconds = Infinity;
  private closed = 0;
  private judged = 0;
  private amount = 0;
  private ios = 0;

  constructor(spec: SteadyStateSpec, { memory, clones, place }: SteadyGroup) {
    this.spec = spec;
    this.place = place;
    this.clones = clones;
    this.head = new Int32Array(memory, 0, CLOSED + clones);
    this.intervals = new Float64Array(memory, headBytes(clones));
    this.kept = WINDOWS_KEPT * spec.intervals;
    this.figures = new Float64Array(spec.intervals);
  }

  /** Measured time begins. */
  begin(nowNs: Nanoseconds): void {
    this.nextNs = nowNs + this.spec.rampNs + this.spec.intervalNs;
  }

  get attained(): boolean {
    return Atomics.load(this.head, ATTAINED) === 1;
  }

  /** An I/O has ended well, in measured time. */
  ended(nowNs: Nanoseconds, bytes: Bytes, latencyNs: Nanoseconds): void {
    while (nowNs >= this.nextNs) this.close();
    const { figure } = this.spec;
    if (nowNs < this.nextNs - this.spec.intervalNs) return;
    this.ios += 1;
    this.amount += figure === 'iops' ? 1 : figure === 'bw' ? bytes : latencyNs;
  }

  private close(): void {
    const { spec, head, place } = this;
    const at = (place * this.kept + (this.closed % this.kept)) * DOUBLES;
    this.intervals[at] = this.amount;
    this.intervals[at + 1] = spec.figure === 'lat' ? this.ios : spec.intervalNs / SECOND_NS;
    this.amount = 0;
    this.ios = 0;
    this.closed += 1;
    this.nextNs += spec.intervalNs;
    Atomics.store(head, CLOSED + place, this.closed);
    let all = this.closed;
    let first = this.closed;
    for (let clone = 0; clone < this.clones; clone += 1) {
      const closed = Atomics.load(head, CLOSED + clone);
      if (closed < all) all = closed;
      if (closed > first) first = closed;
    }
    // What the fastest has written over cannot be judged.
    if (all === this.judged || first - all > this.kept - spec.intervals) return;
    this.judged = all;
    if (all >= spec.intervals && this.steady(all)) Atomics.store(head, ATTAINED, 1);
  }

  /** Of the window that ends with the interval before `end`. */
  private steady(end: number): boolean {
    const { limit, percent, slope, intervals } = this.spec;
    const { figures } = this;
    let sum = 0;
    for (let nth = 0; nth < intervals; nth += 1) {
      const figure = this.figureOf(end - intervals + nth);
      figures[nth] = figure;
      sum += figure;
    }
    const mean = sum / intervals;
    const off = slope ? slopeOf(figures, mean) : furthest(figures, mean);
    // Without an I/O in an interval there is no mean of latencies, and NaN is not steady.
    return (percent ? (off * 100) / mean : off) < limit;
  }

  /** Of one interval, all clones together. */
  private figureOf(interval: number): number {
    let amount = 0;
    let ios = 0;
    let seconds = 0;
    for (let clone = 0; clone < this.clones; clone += 1) {
      const at = (clone * this.kept + (interval % this.kept)) * DOUBLES;
      amount += this.intervals[at] ?? 0;
      seconds = this.intervals[at + 1] ?? 0;
      ios += seconds;
    }
    return amount / (this.spec.figure === 'lat' ? ios : seconds);
  }
}

function furthest(figures: Float64Array, mean: number): number {
  let most = 0;
  for (const figure of figures) {
    const off = figure > mean ? figure - mean : mean - figure;
    // Not Math.max, and not the other way round: NaN has to come through.
    if (!(off <= most)) most = off;
  }
  return most;
}

/** How far the least-squares line through them rises or falls from one to the next. */
function slopeOf(figures: Float64Array, mean: number): number {
  const count = figures.length;
  const middle = (count - 1) / 2;
  let moment = 0;
  figures.forEach((figure, nth) => {
    moment += (nth - middle) * (figure - mean);
  });
  const slope = (moment * 12) / (count * (count * count - 1));
  return slope < 0 ? -slope : slope;
}
