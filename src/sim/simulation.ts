/**
 * The clock of a world. Steppable: who waits is the caller's business. A virtual world steps as
 * fast as it can (`step()`: now is what the model says); a wall-clock world waits out each due time
 * and says what time it really is (`stepAt(nowNs)`).
 */

import { assert } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { EventQueue } from './event-queue.ts';
import { NEVER, type Timer } from './timer.ts';

/** More events than this at one instant is a model that goes in circles. */
const EVENTS_PER_INSTANT_MAX = 1_000_000;

/**
 * Time does not go on: a model that goes in circles, or a world in which everything costs nothing.
 * The run has failed, and nobody can say from here whose fault it is.
 */
export class Standstill extends Error {
  override readonly name = 'Standstill';

  constructor(atNs: Nanoseconds) {
    super(`time stands still at ${atNs} ns of the world: a million events at one instant`);
  }
}

export class Simulation {
  /** Time since the world began. Read it, never set it. */
  nowNs: Nanoseconds = -0;
  private readonly queue = new EventQueue();
  private instantEvents = 0;
  private halted = false;

  /**
   * A timer has one due time: scheduling it while it waits is our own mistake. Short, so that V8
   * always puts it into its caller: a double that is passed on costs an allocation.
   */
  schedule(timer: Timer, dueNs: Nanoseconds): void {
    assert(!timer.queued, 'a timer is scheduled twice');
    timer.dueNs = dueNs;
    this.enqueue(timer);
  }

  get pending(): number {
    return this.queue.size;
  }

  /** When the next event is due; Infinity when nothing waits. */
  nextDueNs(): Nanoseconds {
    return this.queue.peek().dueNs;
  }

  /** Fires events until `halt`, but no more than `most`. */
  run(most: number): void {
    this.halted = false;
    for (let left = most; left > 0 && !this.halted && this.step(); left -= 1);
  }

  /** Whoever runs it is given the word back after this event. */
  halt(): void {
    this.halted = true;
  }

  /** Fires the next event at its due time; false when nothing waits. */
  step(): boolean {
    const timer = this.queue.pop();
    if (timer === NEVER) return false;
    this.pass(timer.dueNs);
    this.fire(timer);
    return true;
  }

  /** Fires the next event at its due time or, where the caller's clock is later, at `nowNs`. */
  stepAt(nowNs: Nanoseconds): boolean {
    const timer = this.queue.pop();
    if (timer === NEVER) return false;
    this.pass(Math.max(timer.dueNs, nowNs));
    this.fire(timer);
    return true;
  }

  /** Fires all that is due up to `untilNs`, and leaves the clock there. */
  advanceTo(untilNs: Nanoseconds): void {
    while (this.nextDueNs() <= untilNs) this.step();
    if (untilNs > this.nowNs) this.nowNs = untilNs;
  }

  private enqueue(timer: Timer): void {
    assert(timer.dueNs >= this.nowNs, 'a timer is due in the past');
    timer.queued = true;
    this.queue.push(timer);
  }

  private pass(nowNs: Nanoseconds): void {
    if (nowNs > this.nowNs) {
      this.nowNs = nowNs;
      this.instantEvents = 0;
      return;
    }
    this.instantEvents += 1;
    if (this.instantEvents === EVENTS_PER_INSTANT_MAX) throw new Standstill(this.nowNs);
  }

  private fire(timer: Timer): void {
    timer.queued = false;
    timer.target.fire(timer.kind, timer.slot);
  }
}
