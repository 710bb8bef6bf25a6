/**
 * pread and pwrite over node:fs, for a machine without koffi: memory is one ordinary ArrayBuffer,
 * and an address is an index into it. An error comes as an exception, which costs, and leaves as
 * -errno.
 *
 * Left out: all that node:fs has not. ArrayBuffers lie anywhere, so O_DIRECT may refuse them.
 */

import { readSync, writeSync } from 'node:fs';
import type { Fd, Memory, Result, Syscalls } from './syscalls.ts';

export class NodeSyscalls implements Pick<Syscalls, 'pread' | 'pwrite'> {
  private readonly bytes: Uint8Array;

  constructor(memory: ArrayBuffer) {
    this.bytes = new Uint8Array(memory);
  }

  pread(fd: Fd, to: Memory, bytes: number, offset: number): Result {
    try {
      return readSync(fd, this.bytes, to, bytes, offset);
    } catch (error) {
      return resultOf(error);
    }
  }

  pwrite(fd: Fd, from: Memory, bytes: number, offset: number): Result {
    try {
      return writeSync(fd, this.bytes, from, bytes, offset);
    } catch (error) {
      return resultOf(error);
    }
  }
}

/** libuv's errno is negative as it is; an error without one is our own mistake. */
export function resultOf(error: unknown): Result {
  if (error instanceof Error && 'errno' in error && typeof error.errno === 'number') {
    return error.errno;
  }
  throw error;
}
