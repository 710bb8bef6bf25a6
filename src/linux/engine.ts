/**
 * What a clone's loop asks of an engine: to do what stands in a slot, and to say when it is done.
 * Which I/O comes next, what a short one or a failed one means, fallbacks and latencies are the
 * loop's business (clone-loop.ts); an engine makes one attempt at what is left of a slot.
 *
 * What is left: a read or write of slot s goes on at offsetBytes[s] + doneBytes[s]. A copy takes
 * `path[s]`, and goes on doneBytes[s] bytes into its ranges: one attempt ends at the end of its
 * range at the latest (a range is as long as the copy's bytes divided by rangeCount[s]). An attempt
 * at a trim is one of its ranges, and over when it is queued. An attempt that ended has added its
 * good bytes to doneBytes[s]; errno[s] is 0, or why it stopped, and call[s] in which system call.
 * No bytes and no error: the end of the source.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Slots } from '../workload/slots.ts';
import type { Arena } from './arena.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Memory, Syscalls } from './syscalls.ts';

/** By the number that `path` of a slot holds. */
export const PATHS = ['offload', 'emulation', 'read-write'] as const;
export const OFFLOAD = 0;
export const EMULATION = 1;
export const READ_WRITE = 2;

export const CALLS = [
  'pread',
  'pwrite',
  'copy_file_range',
  'ioctl(FICLONERANGE)',
  'splice',
  'io_uring read',
  'io_uring write',
  'io_uring splice',
  'io_submit read',
  'io_submit write',
  'fsync',
  'fdatasync',
  'ioctl(BLKDISCARD)',
  'fallocate(FALLOC_FL_PUNCH_HOLE)',
] as const;
export type Call = (typeof CALLS)[number];

/** What became of the attempt in each slot. */
export class Attempts {
  /** Of copies. The loop sets it. */
  readonly path: Uint8Array;
  readonly doneBytes: Float64Array;
  readonly errno: Int32Array;
  /** Index into CALLS. */
  readonly call: Uint8Array;

  constructor(depth: number) {
    this.path = new Uint8Array(depth);
    this.doneBytes = new Float64Array(depth);
    this.errno = new Int32Array(depth);
    this.call = new Uint8Array(depth);
  }
}

export interface EngineSetting {
  readonly syscalls: Syscalls;
  readonly slots: Slots;
  readonly attempts: Attempts;
  readonly files: SlotFiles;
  /** A buffer for each slot, of `bufferBytes` (whole pages), one behind the other. */
  readonly buffers: Arena;
  readonly bufferBytes: Bytes;
  readonly copyApi: 'copy_file_range' | 'ficlonerange';
  /** io_uring: registered buffers and files. */
  readonly fixedBuffers: boolean;
  readonly fixedFiles: boolean;
  readonly writes: boolean;
  /** There are trims among its I/Os. */
  readonly trims: boolean;
}

/** Address of a slot's buffer. */
export function bufferOf({ buffers, bufferBytes }: EngineSetting, slot: number): Memory {
  return buffers.address + slot * bufferBytes;
}

/** One I/O at a time: it has ended when the call is over. */
export interface SynchronousEngine {
  readonly synchronous: true;
  perform(slot: number): void;
  close(): void;
}

export interface AsynchronousEngine {
  readonly synchronous: false;
  /** Slots whose attempt has ended, as many as `reap` says. */
  readonly ended: Int32Array;
  /** Prepares the attempt. */
  queue(slot: number): void;
  /** Hands over what was queued. */
  submit(): void;
  /**
   * Waits until at least `least` of those handed over have ended, but no longer than `forNs` where
   * that is given; how many have.
   */
  reap(least: number, forNs?: Nanoseconds): number;
  /** Waits for what is under way, then gives everything back. */
  close(): void;
}

export type Engine = SynchronousEngine | AsynchronousEngine;

/** Why an engine cannot be had on this machine; the environment's, told in the record. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}
