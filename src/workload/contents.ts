/**
 * What the buffers of a job's I/Os hold, as the loops that drive a workload see it: told of each
 * I/O before its time begins, and of each read that verifies after its time is over. What it does
 * there is the application's time, and no latency.
 */

import type { Bytes } from '../units/quantity.ts';

export interface Contents {
  /** An I/O has been placed in the slot: a write's buffer gets what is to be written. */
  fill(slot: number): void;
  /** A read of the slot has ended well: what is wrong, in a sentence; null: nothing. */
  check(slot: number, doneBytes: Bytes): string | null;
  /** Blocks that did not hold what they should; null: none were looked at. */
  readonly errors: number | null;
}
