/**
 * Does nothing at all, at once: what the loop around an engine costs, as fio's null engine shows
 * it. Its copies count as I/Os, and move no byte on any path.
 */

import type { Slots } from '../workload/slots.ts';
import type { AsynchronousEngine, Attempts, SynchronousEngine } from './engine.ts';

export class NullEngine implements SynchronousEngine {
  readonly synchronous = true;
  private readonly slots: Slots;
  private readonly attempts: Attempts;

  constructor(slots: Slots, attempts: Attempts) {
    this.slots = slots;
    this.attempts = attempts;
  }

  perform(slot: number): void {
    this.attempts.doneBytes[slot] = this.slots.lengthBytes[slot] ?? 0;
    this.attempts.errno[slot] = 0;
  }

  close(): void {}
}

/** The same at depth: what was handed over has ended when it is asked for. */
export class NullQueue implements AsynchronousEngine {
  readonly synchronous = false;
  readonly ended: Int32Array;
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  private count = 0;

  constructor(slots: Slots, attempts: Attempts) {
    this.slots = slots;
    this.attempts = attempts;
    this.ended = new Int32Array(slots.depth);
  }

  queue(slot: number): void {
    this.attempts.doneBytes[slot] = this.slots.lengthBytes[slot] ?? 0;
    this.attempts.errno[slot] = 0;
    this.ended[this.count] = slot;
    this.count += 1;
  }

  submit(): void {}

  /** All of them: a null engine that waits would be another one. */
  reap(): number {
    const count = this.count;
    this.count = 0;
    return count;
  }

  close(): void {}
}
