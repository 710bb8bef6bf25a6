/**
 * The one thing that waits in an event queue. Whoever has work due owns a timer and uses it again
 * for each stage: one shape in the queue keeps `dueNs` a field at a fixed place (a subclass per
 * stage made an I/O four times slower, measured), and nothing is allocated per event.
 */

import type { Nanoseconds } from '../units/quantity.ts';

export interface TimerTarget {
  /** The timer's time has come. `kind` and `slot` are the owner's own words. */
  fire(kind: number, slot: number): void;
}

export class Timer {
  readonly target: TimerTarget;
  kind: number;
  slot: number;
  /** -0 makes the field a double from the start. */
  dueNs: Nanoseconds = -0;
  /** Order of scheduling among those in the heap: breaks ties there. */
  sequence = 0;
  /** The one behind it in its bucket of the queue. */
  next: Timer | null = null;
  queued = false;

  constructor(target: TimerTarget, kind: number, slot: number) {
    this.target = target;
    this.kind = kind;
    this.slot = slot;
  }
}

/**
 * Due after all others: stands where there is no timer. What the queue compares is then always a
 * timer, and never has to be told from null (a fifth of the queue's instructions, counted).
 */
export const NEVER = new Timer({ fire: () => {} }, 0, 0);
NEVER.dueNs = Infinity;
