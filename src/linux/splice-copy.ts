/**
 * A copy by splice(2) through a pipe: the kernel's own copy through its buffers (fs/splice.c: the
 * page cache's pages go into the pipe, and are written from there). One attempt moves a pipe's
 * worth at most, and leaves the pipe empty: when the second half fails, the pipe is thrown away
 * with what is in it, and what came through counts; the next attempt reads the rest again.
 *
 * The pipe is made by the first copy. Left out: SPLICE_F_MOVE, which has done nothing since 2.6.21.
 */

import type { Bytes } from '../units/quantity.ts';
import type { CopyCall, CopyRest } from './copy-rest.ts';
import { CALLS, type EngineSetting } from './engine.ts';
import { Errno } from './errno.ts';
import { SlotPipes } from './slot-pipes.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Fd, Memory, Result, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

/** What anybody may ask for by default (/proc/sys/fs/pipe-max-size). */
const PIPE_BYTES_MAX = 1 << 20;

const SOURCE = 0;
const DESTINATION = 1;
/** One I/O at a time needs one pipe. */
const SLOT = 0;

export class SpliceCopy implements CopyCall {
  readonly call = CALLS.indexOf('splice');
  private readonly syscalls: Syscalls;
  private readonly files: SlotFiles;
  private readonly words: Words;
  private readonly sourceOffset: Memory;
  private readonly destinationOffset: Memory;
  private readonly pipes: SlotPipes;

  constructor(setting: Pick<EngineSetting, 'syscalls' | 'files'>) {
    this.syscalls = setting.syscalls;
    this.files = setting.files;
    this.words = new Words(setting.syscalls, 2);
    this.sourceOffset = this.words.addressOf(SOURCE);
    this.destinationOffset = this.words.addressOf(DESTINATION);
    this.pipes = new SlotPipes(setting.syscalls, 1, PIPE_BYTES_MAX);
  }

  copy(rest: CopyRest): Result {
    const { pipes } = this;
    const prepared = pipes.prepare(SLOT);
    if (prepared < 0) return prepared;
    const from = rest.sourceOffsetBytes;
    this.words.set(SOURCE, from);
    const bytes = Math.min(rest.lengthBytes, pipes.roomBytes(SLOT, from));
    const into = pipes.writeEnd(SLOT);
    const sourceFd = this.files.source(rest.slot);
    const read = this.syscalls.splice(sourceFd, this.sourceOffset, into, 0, bytes, 0);
    const destinationFd = this.files.destination(rest.slot);
    return read <= 0 ? read : this.empty(read, destinationFd, rest.destOffsetBytes);
  }

  close(): void {
    this.pipes.close();
    this.words.close();
  }

  /** Writes all that is in the pipe: how much of it, or why none. */
  private empty(bytes: Bytes, destinationFd: Fd, destOffsetBytes: Bytes): Result {
    // The kernel advances it from one call to the next.
    this.words.set(DESTINATION, destOffsetBytes);
    let leftBytes = bytes;
    while (leftBytes > 0) {
      const written = this.syscalls.splice(
        this.pipes.readEnd(SLOT),
        0,
        destinationFd,
        this.destinationOffset,
        leftBytes,
        0,
      );
      if (written <= 0) {
        this.pipes.drop(SLOT);
        const doneBytes = bytes - leftBytes;
        if (doneBytes > 0) return doneBytes;
        return written < 0 ? written : -Errno.EIO;
      }
      leftBytes -= written;
    }
    return bytes;
  }
}
