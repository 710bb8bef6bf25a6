/**
 * The I/O in one slot of a job, as its process drives it: it may take several submissions (the
 * chunks of an offload) and several stages (read, then write; or a fallback), each reaped before
 * the next.
 */

import type { Account } from '../measure/account.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Status } from '../workload/status.ts';
import type { Plug } from '../block/plug.ts';

export interface SlotIo {
  /** Outcome once `reaped` said that it has ended: the good prefix, and why not all. */
  readonly doneBytes: Bytes;
  readonly status: Status;
  /** A new I/O has been placed in the slot. */
  begin(): void;
  /**
   * Builds one submission of the present stage, for the account of its direction. True: there is
   * another, once this one is sent.
   */
  submit(plug: Plug, account: Account): boolean;
  /** What was built has been sent, at `atNs`. */
  sent(atNs: Nanoseconds): void;
  /**
   * The application has seen the end of the stage. True: the I/O has ended; false: on to its next
   * stage.
   */
  reaped(): boolean;
  /** Says which paths served it, once it has ended. */
  credit(): void;
}

/** Told when all that a stage has sent has ended. */
export interface StageOwner {
  stageEnded(slot: number, atNs: Nanoseconds): void;
}
