/**
 * A file or block device in memory, from its start: mmap(2), MAP_SHARED, for reading, and writing
 * where the descriptor may. Views of 1 GiB each: a typed array of Node 20 ends at 4 GiB.
 *
 * What lies past the end of a file is SIGBUS, which nobody can catch: a mapping that would reach
 * there is refused. A file that somebody cuts later, a hole that a full disk cannot fill, and a
 * bad block still end the process. Left out: MAP_POPULATE, which would read the file before it is
 * measured; huge pages.
 */

import { fstatSync } from 'node:fs';
import type { Bytes } from '../units/quantity.ts';
import { EngineFailure } from './engine.ts';
import { errnoName } from './errno.ts';
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
export const WINDOW_BYTES = 1 << 30;

export class Mapping {
  readonly bytes: Bytes;
  /** A store where it is not would be SIGSEGV. */
  readonly writable: boolean;
  /** Window k begins at k × WINDOW_BYTES. Not to be touched after `close`. */
  windows: readonly Uint8Array[] = [];
  private readonly syscalls: Syscalls;
  private readonly address: Memory;

  /** Throws EngineFailure. */
  constructor(syscalls: Syscalls, fd: Fd, bytes: Bytes) {
    this.syscalls = syscalls;
    this.bytes = bytes;
    this.address = 0;
    this.writable = (syscalls.fcntl(fd, F_GETFL, 0) & O_ACCMODE) === O_RDWR;
    if (bytes === 0) return;
    const endBytes = sizeOf(syscalls, fd);
    if (bytes > endBytes) {
      throw new EngineFailure(
        `mmap: ${bytes} bytes are to be mapped, and the file has ${endBytes}; ` +
          'a mapping ends with its file',
      );
    }
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
