/**
 * Submission queue entries (struct io_uring_sqe of linux/io_uring.h), in words of 32 bits. A
 * completion's user_data is the index of its entry, written once.
 */

import type { Bytes } from '../units/quantity.ts';
import type { Fd } from './syscalls.ts';

export const IORING_OP_READ_FIXED = 4;
export const IORING_OP_WRITE_FIXED = 5;
export const IORING_OP_READ = 22;
export const IORING_OP_WRITE = 23;
export const IORING_OP_SPLICE = 30;

/** In the byte behind the opcode. */
export const IOSQE_FIXED_FILE = 1 << 8;
export const IOSQE_IO_LINK = 1 << 10;
export const IOSQE_CQE_SKIP_SUCCESS = 1 << 14;

export const SPLICE_F_FD_IN_FIXED = 2 ** 31;
/** Offset of a pipe. */
export const NO_OFFSET = -1;

export const SQE_BYTES = 64;
const WORDS = SQE_BYTES / 4;
const OPERATION = 0;
const FD = 1;
const OFFSET = 2;
/** Of a splice: where it reads from. */
const ADDRESS = 4;
const LENGTH = 6;
const OPERATION_FLAGS = 7;
const USER_DATA = 8;
const BUFFER_INDEX = 10;
const SPLICE_FD_IN = 11;
const HIGH = 2 ** 32;

export class Sqes {
  private words: Uint32Array;

  constructor(memory: ArrayBuffer, count: number) {
    this.words = new Uint32Array(memory, 0, count * WORDS);
    for (let index = 0; index < count; index += 1) {
      this.words[index * WORDS + USER_DATA] = index;
    }
  }

  /** `operation`: an opcode with IOSQE flags; `buffer`: index of the registered one, or 0. */
  transfer(
    index: number,
    operation: number,
    fd: Fd,
    offset: number,
    address: number,
    bytes: Bytes,
    buffer: number,
  ): void {
    const { words } = this;
    const at = index * WORDS;
    words[at + OPERATION] = operation;
    words[at + FD] = fd;
    this.setLong(at + OFFSET, offset);
    this.setLong(at + ADDRESS, address);
    words[at + LENGTH] = bytes;
    words[at + OPERATION_FLAGS] = 0;
    words[at + BUFFER_INDEX] = buffer;
  }

  splice(
    index: number,
    operation: number,
    fromFd: Fd,
    fromOffset: number,
    toFd: Fd,
    toOffset: number,
    bytes: Bytes,
    flags: number,
  ): void {
    this.transfer(index, operation, toFd, toOffset, fromOffset, bytes, 0);
    this.words[index * WORDS + OPERATION_FLAGS] = flags;
    this.words[index * WORDS + SPLICE_FD_IN] = fromFd;
  }

  /** The memory is about to be unmapped. */
  close(): void {
    this.words = new Uint32Array(0);
  }

  private setLong(at: number, value: number): void {
    // A store takes the value modulo 2^32.
    this.words[at] = value;
    this.words[at + 1] = Math.floor(value / HIGH);
  }
}
