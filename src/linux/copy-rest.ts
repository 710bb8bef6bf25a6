/**
 * What is left of a copy, as far as one attempt may go: the rest of the range it has come to. The
 * ranges' sources lie anywhere, their destinations one behind the other.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Slots } from '../workload/slots.ts';
import type { Attempts } from './engine.ts';

export class CopyRest {
  /** Whose rest it is. */
  slot = 0;
  sourceOffsetBytes: Bytes = -0;
  destOffsetBytes: Bytes = -0;
  /** Above 0. */
  lengthBytes: Bytes = -0;
  private readonly slots: Slots;
  private readonly attempts: Attempts;

  constructor(slots: Slots, attempts: Attempts) {
    this.slots = slots;
    this.attempts = attempts;
  }

  locate(slot: number): void {
    const { slots } = this;
    this.slot = slot;
    const doneBytes = this.attempts.doneBytes[slot] ?? 0;
    const copyBytes = slots.lengthBytes[slot] ?? 0;
    assert(doneBytes < copyBytes, 'a copy that is done is not attempted again');
    const rangeBytes = copyBytes / (slots.rangeCount[slot] ?? 1);
    const range = Math.floor(doneBytes / rangeBytes);
    const intoRangeBytes = doneBytes - range * rangeBytes;
    const source = slots.rangeOffsetBytes[slot * slots.numRange + range] ?? 0;
    this.sourceOffsetBytes = source + intoRangeBytes;
    this.destOffsetBytes = (slots.destOffsetBytes[slot] ?? 0) + doneBytes;
    this.lengthBytes = rangeBytes - intoRangeBytes;
  }
}

/** One way to copy, by a system call. */
export interface CopyCall {
  /** Index into CALLS. */
  readonly call: number;
  /** Copies from where `rest` begins: bytes (0: the end of the source), or -errno. */
  copy(rest: CopyRest): number;
  close(): void;
}
