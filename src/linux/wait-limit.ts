/**
 * How long a system call may wait, in the memory it is read from: a struct timespec, and for
 * io_uring_enter(2) the struct io_uring_getevents_arg around it (IORING_ENTER_EXT_ARG, Linux 5.11).
 */

import { type Nanoseconds, SECOND_NS } from '../units/quantity.ts';
import { Arena } from './arena.ts';
import type { Memory, Syscalls } from './syscalls.ts';

/** Two words of 64 bits: seconds, nanoseconds. */
const TIMESPEC_BYTES = 16;
/** sigmask, its size and a reserved word, the address of the timespec. */
export const ARGUMENT_BYTES = 24;
const SECONDS = 0;
const NANOS = 2;
const TIMESPEC = 8;
const HIGH = 2 ** 32;

export class WaitLimit {
  readonly timespec: Memory;
  readonly argument: Memory;
  private readonly arena: Arena;
  private words: Uint32Array;

  /** Throws OutOfMemory. */
  constructor(syscalls: Syscalls) {
    this.arena = new Arena(syscalls, TIMESPEC_BYTES + ARGUMENT_BYTES);
    this.timespec = this.arena.address;
    this.argument = this.arena.address + TIMESPEC_BYTES;
    this.words = new Uint32Array(this.arena.memory);
    this.words[TIMESPEC] = this.timespec;
    this.words[TIMESPEC + 1] = this.timespec / HIGH;
  }

  set(forNs: Nanoseconds): void {
    const seconds = Math.floor(forNs / SECOND_NS);
    this.words[SECONDS] = seconds;
    this.words[NANOS] = forNs - seconds * SECOND_NS;
  }

  close(): void {
    // A view of what is no longer mapped would kill the process.
    this.words = new Uint32Array(0);
    this.arena.close();
  }
}
