/**
 * The machine's monotonic clock as a world's time, and how to wait for a moment of it: asleep while
 * far (timers are good to a millisecond), giving the event loop its turns when near, spinning at
 * the end.
 */

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Nanoseconds } from '../units/quantity.ts';

/** setTimeout wakes up to a millisecond late, and a shared machine some more. */
const SLEEP_MARGIN_NS: Nanoseconds = 2_000_000;
/** A turn of the event loop takes about a microsecond, now and then fifty. */
const SPIN_NS: Nanoseconds = 100_000;
/** Spinning all the time would starve the messages that stop a run. */
const TURN_EVERY_NS: Nanoseconds = 5_000_000;

export class WallClock {
  private startSeconds = 0;
  /** A double, for pauses are not whole. */
  private startNanos: Nanoseconds = -0;
  private turnedNs: Nanoseconds = -0;

  /** `nowNs`: what the world's clock shows at this moment. */
  start(nowNs: Nanoseconds): void {
    const time = process.hrtime();
    this.startSeconds = time[0];
    this.startNanos = time[1] - nowNs;
  }

  nowNs(): Nanoseconds {
    const time = process.hrtime();
    return (time[0] - this.startSeconds) * 1e9 + (time[1] - this.startNanos);
  }

  /** Laying out and checking happen outside measured time: the clock stands still meanwhile. */
  outside<T>(work: () => T): T {
    const pausedNs = this.nowNs();
    const result = work();
    this.startNanos += this.nowNs() - pausedNs;
    return result;
  }

  /** Returns the time when `dueNs` has come: that, or later. */
  async waitUntil(dueNs: Nanoseconds): Promise<Nanoseconds> {
    let nowNs = this.nowNs();
    while (dueNs - nowNs > SLEEP_MARGIN_NS) {
      await sleep((dueNs - nowNs - SLEEP_MARGIN_NS) / 1e6 + 1);
      nowNs = this.nowNs();
      this.turnedNs = nowNs;
    }
    while (dueNs - nowNs > SPIN_NS || nowNs - this.turnedNs > TURN_EVERY_NS) {
      await turn();
      nowNs = this.nowNs();
      this.turnedNs = nowNs;
    }
    while (nowNs < dueNs) nowNs = this.nowNs();
    return nowNs;
  }
}
