/**
 * A file or block device in memory, from its start: mmap(2), MAP_SHARED, for reading, and writing
 * where the descriptor may. Views of 1 GiB each: a typed array of Node 20 ends at 4 GiB.
 *
 * What lies past the end of a file is SIGBUS, which nobody can catch: a mapping that would reach
 * there is refused. So is a store into a hole that the disk has no room for: before a mapping that
 * is written there is fallocate(2), over all of it, for files that were found have holes too. What
 * still ends the process: a file that somebody cuts later, a bad block, a full disk where stores
 * take new blocks all the same (btrfs, extents shared by a clone), and a full tmpfs under a hole
 * that is read. Left out: MAP_POPULATE, which would read the file before it is measured; huge
 * pages.
 */

import { fstatSync, type Stats, statfsSync } from 'node:fs';
import type { Bytes } from '../units/quantity.ts';
import { EngineFailure } from './engine.ts';
import { Errno, errnoName } from './errno.ts';
import type { Fd, Memory, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const F_GETFL = 3;
const O_ACCMODE = 3;
const O_RDWR = 2;
/** _IOR(0x12, 114, size_t), linux/fs.h. */
const BLKGETSIZE64 = 0x80081272;
/** Of st_blocks, stat(2). */
const STAT_BLOCK_BYTES = 512;
export const WINDOW_BYTES = 1 << 30;

export class Mapping {
  readonly bytes: Bytes;
  /** Asked for, and the descriptor may: a store elsewhere would be SIGSEGV. */
  readonly writable: boolean;
  /** Window k begins at k × WINDOW_BYTES. Not to be touched after `close`. */
  windows: readonly Uint8Array[] = [];
  private readonly syscalls: Syscalls;
  private readonly address: Memory;

  /** `writes`: it is written where the descriptor may be. Throws EngineFailure. */
  constructor(syscalls: Syscalls, fd: Fd, bytes: Bytes, writes: boolean) {
    this.syscalls = syscalls;
    this.bytes = bytes;
    this.address = 0;
    this.writable = writes && (syscalls.fcntl(fd, F_GETFL, 0) & O_ACCMODE) === O_RDWR;
    if (bytes === 0) return;
    const endBytes = sizeOf(syscalls, fd);
    if (bytes > endBytes) {
      throw new EngineFailure(
        `mmap: ${bytes} bytes are to be mapped, and the file has ${endBytes}; ` +
          'a mapping ends with its file',
      );
    }
    if (this.writable) fillHoles(syscalls, fd, bytes);
    const protection = this.writable ? PROT_READ | PROT_WRITE : PROT_READ;
    const address = syscalls.mmap(0, bytes, protection, MAP_SHARED, fd, 0);
    if (address < 0) throw new EngineFailure(`mmap of ${bytes} bytes: ${errnoName(-address)}`);
    this.address = address;
    const count = Math.ceil(bytes / WINDOW_BYTES);
    this.windows = Array.from({ length: count }, (_, window) => {
      const from = window * WINDOW_BYTES;
      const view = syscalls.view(address + from, Math.min(WINDOW_BYTES, bytes - from));
      return new Uint8Array(view);
    });
  }

  close(): void {
    if (this.windows.length === 0) return;
    this.windows = [];
    this.syscalls.munmap(this.address, this.bytes);
  }
}

/** Throws EngineFailure: a store into the mapping might have no room. */
function fillHoles(syscalls: Syscalls, fd: Fd, bytes: Bytes): void {
  const stat = fstatSync(fd);
  if (stat.isBlockDevice()) return;
  if (mustFail(stat, fd, bytes)) throw noRoom('ENOSPC', bytes);
  let result: number;
  do result = syscalls.fallocate(fd, 0, 0, bytes);
  while (result === -Errno.EINTR);
  if (result === 0) return;
  const code = errnoName(-result);
  if (result === -Errno.EOPNOTSUPP || result === -Errno.ENOSYS) {
    if (stat.blocks * STAT_BLOCK_BYTES >= stat.size) return;
    throw new EngineFailure(
      `mmap: the file has holes, and its file system has no fallocate(2) (${code}) to fill them; ` +
        'write the file in full first, or give another ioengine',
    );
  }
  if (result === -Errno.ENOSPC || result === -Errno.EDQUOT) {
    throw noRoom(code, bytes);
  }
  throw new EngineFailure(`mmap: fallocate of ${bytes} bytes: ${code}`);
}

/** A fallocate(2) that ends in ENOSPC keeps what it got: the disk is full then for everybody. */
function mustFail(stat: Stats, fd: Fd, bytes: Bytes): boolean {
  const { bfree, blocks, bsize } = statfsSync(`/proc/self/fd/${fd}`);
  // A tmpfs without a limit has no blocks.
  return blocks > 0 && bytes - stat.blocks * STAT_BLOCK_BYTES > bfree * bsize;
}

function noRoom(code: string, bytes: Bytes): EngineFailure {
  return new EngineFailure(
    `mmap: ${code}: no room for the ${bytes} bytes that are to be mapped, and a store into a ` +
      'hole would end the process; free some, or give a smaller size= or another place',
  );
}

function sizeOf(syscalls: Syscalls, fd: Fd): Bytes {
  const stat = fstatSync(fd);
  if (!stat.isBlockDevice()) return stat.size;
  const size = new Words(syscalls, 1);
  try {
    const result = syscalls.ioctl(fd, BLKGETSIZE64, size.addressOf(0));
    if (result < 0) throw new EngineFailure(`ioctl(BLKGETSIZE64): ${errnoName(-result)}`);
    return size.get(0);
  } finally {
    size.close();
  }
}
