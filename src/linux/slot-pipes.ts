/**
 * A pipe for each slot that copies by splice: made on first use, thrown away with what is left in
 * it. It is as large as wanted, or the next power of two below that the kernel allows. pipe(7): it
 * holds a number of pages, so a range that begins inside a page needs one more.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { PAGE_BYTES } from './arena.ts';
import type { Fd, Result, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

const O_CLOEXEC = 0o2000000;
const F_SETPIPE_SZ = 1031;
const F_GETPIPE_SZ = 1032;
/** As a pipe is made, pipe(7). */
const PIPE_BYTES = 1 << 16;
/** The largest power of two that fcntl(2) takes. */
const LARGEST_BYTES = 1 << 30;
const NONE = -1;

export class SlotPipes {
  private readonly syscalls: Syscalls;
  /** A power of two, as the kernel would make of it. */
  private readonly wantedBytes: Bytes;
  private readonly words: Words;
  private readonly readEnds: Int32Array;
  private readonly writeEnds: Int32Array;
  private readonly capacityBytes: Float64Array;

  /** Throws OutOfMemory. */
  constructor(syscalls: Syscalls, slots: number, wantedBytes: Bytes) {
    this.syscalls = syscalls;
    this.wantedBytes = Math.min(2 ** Math.ceil(Math.log2(wantedBytes)), LARGEST_BYTES);
    this.words = new Words(syscalls, 1);
    this.readEnds = new Int32Array(slots).fill(NONE);
    this.writeEnds = new Int32Array(slots).fill(NONE);
    this.capacityBytes = new Float64Array(slots);
  }

  /** Sees to it that the slot has one; 0, or -errno. */
  prepare(slot: number): Result {
    return this.readEnds[slot] === NONE ? this.make(slot) : 0;
  }

  readEnd(slot: number): Fd {
    return this.readEnds[slot] ?? NONE;
  }

  writeEnd(slot: number): Fd {
    return this.writeEnds[slot] ?? NONE;
  }

  /** How much of a file from `offsetBytes` on fits. */
  roomBytes(slot: number, offsetBytes: Bytes): Bytes {
    return (this.capacityBytes[slot] ?? 0) - (offsetBytes % PAGE_BYTES);
  }

  drop(slot: number): void {
    if (this.readEnds[slot] === NONE) return;
    for (const fd of [this.readEnd(slot), this.writeEnd(slot)]) {
      assert(this.syscalls.close(fd) === 0, 'a pipe is closed once');
    }
    this.readEnds[slot] = NONE;
    this.writeEnds[slot] = NONE;
  }

  close(): void {
    for (let slot = 0; slot < this.readEnds.length; slot += 1) this.drop(slot);
    this.words.close();
  }

  private make(slot: number): Result {
    const { syscalls, words } = this;
    const made = syscalls.pipe2(words.addressOf(0), O_CLOEXEC);
    if (made < 0) return made;
    const writeEnd = words.half(1);
    this.readEnds[slot] = words.half(0);
    this.writeEnds[slot] = writeEnd;
    this.capacityBytes[slot] = this.resize(writeEnd);
    return 0;
  }

  /** How much it holds then: less than wanted means that a copy takes more attempts. */
  private resize(writeEnd: Fd): Bytes {
    const { syscalls } = this;
    let bytes = this.wantedBytes;
    do {
      // EPERM: above /proc/sys/fs/pipe-max-size, or more than this user may have in all pipes.
      const got = syscalls.fcntl(writeEnd, F_SETPIPE_SZ, bytes);
      if (got >= 0) return got;
      bytes /= 2;
    } while (bytes > PIPE_BYTES);
    const madeBytes = syscalls.fcntl(writeEnd, F_GETPIPE_SZ, 0);
    return madeBytes > 0 ? madeBytes : PIPE_BYTES;
  }
}
