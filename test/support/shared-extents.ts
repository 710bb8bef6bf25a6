/** Whether any extent of a file is shared, by FIEMAP; null where the file system does not tell. */

import { Arena } from '../../src/linux/arena.ts';
import { Errno, errnoName } from '../../src/linux/errno.ts';
import { syscallsOrThrow } from './engine-rig.ts';

/** _IOWR('f', 11, struct fiemap), linux/fiemap.h. */
const FS_IOC_FIEMAP = 0xc020660b;
const FIEMAP_FLAG_SYNC = 1;
const FIEMAP_EXTENT_SHARED = 0x2000;
const HEAD_BYTES = 32;
const EXTENT_BYTES = 56;
const EXTENTS = 512;

export function hasSharedExtents(fd: number): boolean | null {
  const syscalls = syscallsOrThrow();
  const arena = new Arena(syscalls, HEAD_BYTES + EXTENTS * EXTENT_BYTES);
  try {
    const words = new Uint32Array(arena.memory);
    words.set([0, 0, 0xffffffff, 0xffffffff, FIEMAP_FLAG_SYNC, 0, EXTENTS]);
    const result = syscalls.ioctl(fd, FS_IOC_FIEMAP, arena.address);
    if (result === -Errno.EOPNOTSUPP) return null;
    if (result < 0) throw new Error(`FIEMAP: ${errnoName(-result)}`);
    const mapped = words[5] ?? 0;
    return Array.from({ length: mapped }, (_, extent) => extent).some((extent) => {
      const flags = words[(HEAD_BYTES + extent * EXTENT_BYTES + 40) / 4] ?? 0;
      return (flags & FIEMAP_EXTENT_SHARED) !== 0;
    });
  } finally {
    arena.close();
  }
}
