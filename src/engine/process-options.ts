/** What a job's process is made of, and what it tells of its first failure. */

import type { Host } from '../host/host.ts';
import type { Bytes } from '../units/quantity.ts';
import { COPY, type Slots } from '../workload/slots.ts';
import type { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';

/**
 * Told of each I/O, so that the destination can be held against its sources
 * (workload/expectation.ts).
 */
export interface CopyCheck {
  issued(slot: number): void;
  ended(slot: number, doneBytes: Bytes): void;
}

/** fio's iodepth_batch, iodepth_batch_complete_min and _max. */
export interface Batches {
  /** I/Os of one submission, at most. */
  readonly batch: number;
  /** So many one reap waits for; 0: for none, and there is one behind each submission. */
  readonly completeMin: number;
  /** So many it takes at most. */
  readonly completeMax: number;
}

export interface ProcessOptions {
  readonly workload: Workload;
  readonly host: Host;
  readonly cpu: number;
  readonly synchronous: boolean;
  readonly batches: Batches;
  /** null: nobody holds the destination against the source. */
  readonly check: CopyCheck | null;
  readonly makeIo: (slot: number, owner: StageOwner) => SlotIo;
  readonly ended: () => void;
}

/** The first I/O that failed, for the record's `error`. */
export interface Failure {
  readonly status: Status;
  readonly direction: number;
  /** Which of the job's files. */
  readonly file: number;
  readonly offsetBytes: Bytes;
  readonly lengthBytes: Bytes;
}

export const failureOf = (slots: Slots, slot: number, status: Status): Failure => ({
  status,
  direction: slots.direction[slot] ?? COPY,
  file: slots.file[slot] ?? 0,
  offsetBytes: slots.offsetBytes[slot] ?? 0,
  lengthBytes: slots.lengthBytes[slot] ?? 0,
});

/** How many of those that are out a reap waits for. */
export const awaited = ({ completeMin }: Batches, out: number): number => {
  if (completeMin < 2) return 1;
  return completeMin < out ? completeMin : out;
};
