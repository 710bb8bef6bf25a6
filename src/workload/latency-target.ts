/**
 * `latency_target`: searches the deepest queue at which enough I/Os keep a latency, as fio does it:
 * the depth is doubled until it is too deep, then what lies between is tried. A trial lasts a
 * window; its depth is good when the share of its I/Os within the target reaches the percentile,
 * and at 100 % the first I/O beyond it says that it is too deep.
 *
 * Where fio differs (3.33, measured): there I/Os of the depth before count for the next one on the
 * way up; here each trial begins when nothing is in flight, and the last one, at the depth that was
 * found, is all that is recorded. When even depth 1 is too deep fio ends well unless the percentile
 * is 100; here that is a failure. A depth that was good and is too deep when it is tried again has
 * a new search below it.
 */

import type { Nanoseconds } from '../units/quantity.ts';

export interface LatencyTargetSpec {
  readonly targetNs: Nanoseconds;
  readonly windowNs: Nanoseconds;
  /** Percent of a trial's I/Os that must not take longer. */
  readonly percentile: number;
  /** Goes on until the job ends. */
  readonly run: boolean;
}

/** Good windows at a depth after which `run` tries one that was too deep, as fio does. */
const STABLE_WINDOWS = 3;

export class LatencyTarget {
  readonly spec: LatencyTargetSpec;
  /** How many may be in flight: 0 until those of the trial before have ended. Only read these. */
  limit = 0;
  trials = 0;
  over = false;
  private readonly most: number;
  private depth = 1;
  /** The deepest known to be good; 0: none. */
  private good = 0;
  /** The shallowest known to be too deep; beyond `most`: none. */
  private bad: number;
  private stable = 0;
  private fromNs: Nanoseconds = -0;
  private ios = 0;
  private within = 0;

  constructor(spec: LatencyTargetSpec, iodepth: number) {
    this.spec = spec;
    this.most = iodepth;
    this.bad = iodepth + 1;
  }

  /** The depth that was found; null: none, or the search is not over. */
  get found(): number | null {
    return this.good > 0 && (this.over || this.spec.run) ? this.good : null;
  }

  /** Why none was; null: one was found. */
  get problem(): string | null {
    if (this.found !== null) return null;
    if (this.bad === 1) return 'not even depth 1 keeps it';
    const good = this.good === 0 ? 'no depth was good yet' : `depth ${this.good} was good`;
    const bad = this.bad > this.most ? '' : `, ${this.bad} too deep`;
    return `the job ended before the search: ${good}${bad}`;
  }

  /** An I/O of a trial has ended well. */
  ended(latencyNs: Nanoseconds, nowNs: Nanoseconds): void {
    if (this.limit === 0) return;
    const { percentile, targetNs, windowNs } = this.spec;
    this.ios += 1;
    if (latencyNs <= targetNs) this.within += 1;
    else if (percentile === 100) return this.tooDeep(nowNs);
    if (nowNs - this.fromNs < windowNs) return;
    if (this.within * 100 < this.ios * percentile) this.tooDeep(nowNs);
    else this.keeps(nowNs);
  }

  /** Any I/O has ended, or none was ever there: the next trial begins when all have. */
  settle(inFlight: number, nowNs: Nanoseconds): void {
    if (this.limit === 0 && inFlight === 0 && !this.over) this.begin(nowNs);
  }

  private begin(nowNs: Nanoseconds): void {
    this.fromNs = nowNs;
    this.ios = 0;
    this.within = 0;
    this.limit = this.depth;
    this.trials += 1;
  }

  private keeps(nowNs: Nanoseconds): void {
    this.good = this.depth;
    const deepest = this.depth + 1 === this.bad || this.depth === this.most;
    if (!this.spec.run && deepest) return this.end();
    if (deepest) this.stable += 1;
    if (this.stable === STABLE_WINDOWS) {
      this.bad = Math.min(this.bad + 1, this.most + 1);
      this.stable = 0;
    }
    this.go(this.bad > this.most ? this.good * 2 : this.between(), nowNs);
  }

  private tooDeep(nowNs: Nanoseconds): void {
    this.bad = this.depth;
    this.stable = 0;
    if (this.good >= this.bad) this.good = 0;
    if (this.bad === 1 && !this.spec.run) return this.end();
    this.go(this.between(), nowNs);
  }

  private between(): number {
    return Math.max(1, Math.floor((this.good + this.bad) / 2));
  }

  private go(depth: number, nowNs: Nanoseconds): void {
    const before = this.depth;
    this.depth = Math.min(depth, this.most);
    if (this.depth === before) this.begin(nowNs);
    else this.limit = 0;
  }

  private end(): void {
    this.limit = 0;
    this.over = true;
  }
}
