/**
 * A copy by splice(2) through a pipe: the kernel's own copy through its buffers (fs/splice.c: the
 * page cache's pages go into the pipe, and are written from there). One attempt moves a pipe's
 * worth at most, and leaves the pipe empty: when the second half fails, the pipe is thrown away
 * with what is in it, and what came through counts; the next attempt reads the rest again.
 *
 * The pipe is made by the first copy. Left out: SPLICE_F_MOVE, which has done nothing since 2.6.21.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { CopyCall, CopyRest } from './copy-rest.ts';
import { CALLS, type EngineSetting } from './engine.ts';
import { Errno } from './errno.ts';
import type { Fd, Memory, Result, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

const O_CLOEXEC = 0o2000000;
const F_SETPIPE_SZ = 1031;
/** What anybody may ask for by default (/proc/sys/fs/pipe-max-size). */
const PIPE_BYTES_MAX = 1 << 20;
/** As it is made, pipe(7). */
const PIPE_BYTES = 1 << 16;

const SOURCE = 0;
const DESTINATION = 1;
/** Two descriptors of 32 bits in one word. */
const PIPE = 2;

export class SpliceCopy implements CopyCall {
  readonly call = CALLS.indexOf('splice');
  private readonly syscalls: Syscalls;
  private readonly sourceFd: Fd;
  private readonly destinationFd: Fd;
  private readonly words: Words;
  private readonly sourceOffset: Memory;
  private readonly destinationOffset: Memory;
  /** -1: there is no pipe. */
  private readEnd: Fd = -1;
  private writeEnd: Fd = -1;
  private pipeBytes: Bytes = 0;

  constructor(setting: Pick<EngineSetting, 'syscalls' | 'sourceFd' | 'destinationFd'>) {
    this.syscalls = setting.syscalls;
    this.sourceFd = setting.sourceFd;
    this.destinationFd = setting.destinationFd;
    this.words = new Words(setting.syscalls, 3);
    this.sourceOffset = this.words.addressOf(SOURCE);
    this.destinationOffset = this.words.addressOf(DESTINATION);
  }

  copy(rest: CopyRest): Result {
    if (this.readEnd < 0) {
      const made = this.makePipe();
      if (made < 0) return made;
    }
    this.words.set(SOURCE, rest.sourceOffsetBytes);
    const bytes = Math.min(rest.lengthBytes, this.pipeBytes);
    const read = this.syscalls.splice(this.sourceFd, this.sourceOffset, this.writeEnd, 0, bytes, 0);
    return read <= 0 ? read : this.empty(read, rest.destOffsetBytes);
  }

  close(): void {
    this.dropPipe();
    this.words.close();
  }

  /** Writes all that is in the pipe: how much of it, or why none. */
  private empty(bytes: Bytes, destOffsetBytes: Bytes): Result {
    // The kernel advances it from one call to the next.
    this.words.set(DESTINATION, destOffsetBytes);
    let leftBytes = bytes;
    while (leftBytes > 0) {
      const written = this.syscalls.splice(
        this.readEnd,
        0,
        this.destinationFd,
        this.destinationOffset,
        leftBytes,
        0,
      );
      if (written <= 0) {
        this.dropPipe();
        const doneBytes = bytes - leftBytes;
        if (doneBytes > 0) return doneBytes;
        return written < 0 ? written : -Errno.EIO;
      }
      leftBytes -= written;
    }
    return bytes;
  }

  private makePipe(): Result {
    const { syscalls, words } = this;
    const made = syscalls.pipe2(words.addressOf(PIPE), O_CLOEXEC);
    if (made < 0) return made;
    this.readEnd = words.half(PIPE * 2);
    this.writeEnd = words.half(PIPE * 2 + 1);
    this.pipeBytes = PIPE_BYTES;
    for (let bytes = PIPE_BYTES_MAX; bytes > PIPE_BYTES; bytes /= 2) {
      // EPERM: more than this user may have.
      const got = syscalls.fcntl(this.writeEnd, F_SETPIPE_SZ, bytes);
      if (got < 0) continue;
      this.pipeBytes = got;
      break;
    }
    return 0;
  }

  private dropPipe(): void {
    if (this.readEnd < 0) return;
    for (const fd of [this.readEnd, this.writeEnd]) {
      assert(this.syscalls.close(fd) === 0, 'a pipe is closed once');
    }
    this.readEnd = -1;
    this.writeEnd = -1;
  }
}
