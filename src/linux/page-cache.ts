/**
 * The page cache of a file or block device before measured time: emptied (fsync(2), then
 * posix_fadvise(2) POSIX_FADV_DONTNEED, which leaves dirty pages) or filled by reading.
 *
 * What it leaves out: a tmpfs file is its page cache and stays; pages that another process has
 * mapped or locked stay too. The kernel may evict what was read at any time (DAMON does so with
 * idle pages), and the seam has no mincore(2): reading twice brings back what the first pass pushed
 * out.
 */

import { fsyncSync, readSync } from 'node:fs';
import { type Bytes, MIB } from '../units/quantity.ts';
import { AlignedBuffer } from './aligned-buffer.ts';
import { errnoName } from './errno.ts';
import { type Fd, loadSyscalls } from './syscalls.ts';
import { asTargetFailure } from './target-failure.ts';

const POSIX_FADV_DONTNEED = 4;
const PASSES = 2;

/** null: done; or, in a sentence, why not. Throws TargetFailure when writing back fails. */
export function dropFromPageCache(fd: Fd, path: string): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return `${path}: stays in the page cache: ${syscalls}`;
  try {
    fsyncSync(fd);
  } catch (error) {
    throw asTargetFailure(error, path, 'fsync before it is dropped from the page cache');
  }
  const result = syscalls.fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  if (result === 0) return null;
  return `${path}: stays in the page cache: posix_fadvise: ${errnoName(-result)}`;
}

/** Reads the first `bytes` twice; false: it was stopped. Throws TargetFailure. */
export function prewarm(
  fd: Fd,
  path: string,
  bytes: Bytes,
  stopped: () => boolean = () => false,
): boolean {
  const buffer = new AlignedBuffer(MIB);
  try {
    for (let pass = 0; pass < PASSES; pass += 1) {
      for (let at = 0; at < bytes; ) {
        if (stopped()) return false;
        const read = readSync(fd, buffer.bytes, 0, Math.min(MIB, bytes - at), at);
        if (read === 0) break;
        at += read;
      }
    }
    return true;
  } catch (error) {
    throw asTargetFailure(error, path, 'reading it into the page cache');
  } finally {
    buffer.close();
  }
}
