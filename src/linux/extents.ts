/**
 * Where a region of a file lies on its device, and whether other files (or other places of this
 * one) share it: FS_IOC_FIEMAP, linux/fiemap.h, Documentation/filesystems/fiemap.rst. The kernel is
 * asked to write back first (FIEMAP_FLAG_SYNC), as what waits in the page cache has no place yet.
 *
 * Room that was only allocated (FIEMAP_EXTENT_UNWRITTEN) holds nothing, and counts as a hole.
 */

import type { Bytes } from '../units/quantity.ts';
import { Arena } from './arena.ts';
import { Errno } from './errno.ts';
import type { Fd, Syscalls } from './syscalls.ts';

export interface RegionExtents {
  /** Reflinks. */
  readonly sharedBytes: Bytes;
  /** Of this file alone. */
  readonly ownBytes: Bytes;
  /** Nobody wrote there. */
  readonly holeBytes: Bytes;
}

/** _IOWR('f', 11, struct fiemap). */
const FS_IOC_FIEMAP = 0xc020660b;
const FIEMAP_FLAG_SYNC = 1;
const EXTENT_LAST = 0x1;
const EXTENT_UNWRITTEN = 0x800;
const EXTENT_SHARED = 0x2000;
const EXTENTS = 512;
/** In 32-bit words: struct fiemap, and struct fiemap_extent behind it. */
const HEAD_WORDS = 8;
const EXTENT_WORDS = 14;
const FLAGS_WORD = 10;
const HIGH = 2 ** 32;

/** null: the file system does not tell. */
export function regionExtents(
  syscalls: Syscalls,
  fd: Fd,
  offsetBytes: Bytes,
  lengthBytes: Bytes,
): RegionExtents | null {
  const walk = new Walk(syscalls, fd, offsetBytes, offsetBytes + lengthBytes);
  try {
    while (walk.goesOn) if (!walk.page()) return null;
    const { sharedBytes, ownBytes } = walk;
    return { sharedBytes, ownBytes, holeBytes: lengthBytes - sharedBytes - ownBytes };
  } finally {
    walk.close();
  }
}

/** From extent to extent, as many at once as the buffer takes. */
class Walk {
  sharedBytes: Bytes = 0;
  ownBytes: Bytes = 0;
  goesOn: boolean;
  private readonly syscalls: Syscalls;
  private readonly fd: Fd;
  private readonly arena: Arena;
  private readonly words: Uint32Array;
  private readonly end: Bytes;
  private at: Bytes;

  constructor(syscalls: Syscalls, fd: Fd, from: Bytes, end: Bytes) {
    this.syscalls = syscalls;
    this.fd = fd;
    this.at = from;
    this.end = end;
    this.goesOn = from < end;
    this.arena = new Arena(syscalls, (HEAD_WORDS + EXTENTS * EXTENT_WORDS) * 4);
    this.words = new Uint32Array(this.arena.memory);
  }

  /** false: the file system does not tell. */
  page(): boolean {
    const { words } = this;
    this.set(0, this.at);
    this.set(2, this.end - this.at);
    words.set([FIEMAP_FLAG_SYNC, 0, EXTENTS, 0], 4);
    let result: number;
    do result = this.syscalls.ioctl(this.fd, FS_IOC_FIEMAP, this.arena.address);
    while (result === -Errno.EINTR);
    if (result < 0) return false;
    const from = this.at;
    const count = words[5] ?? 0;
    for (let extent = 0; extent < count; extent += 1) this.take(HEAD_WORDS + extent * EXTENT_WORDS);
    // An answer that leads no further means that nothing but a hole is left.
    this.goesOn = this.goesOn && this.at > from && this.at < this.end;
    return true;
  }

  close(): void {
    this.arena.close();
  }

  private take(word: number): void {
    const from = this.get(word);
    const end = from + this.get(word + 4);
    const flags = this.words[word + FLAGS_WORD] ?? 0;
    const bytes = Math.min(end, this.end) - Math.max(from, this.at);
    if (bytes > 0 && (flags & EXTENT_UNWRITTEN) === 0) {
      if ((flags & EXTENT_SHARED) === 0) this.ownBytes += bytes;
      else this.sharedBytes += bytes;
    }
    this.at = Math.max(this.at, end);
    if ((flags & EXTENT_LAST) !== 0) this.goesOn = false;
  }

  private get(word: number): number {
    return (this.words[word] ?? 0) + (this.words[word + 1] ?? 0) * HIGH;
  }

  private set(word: number, value: number): void {
    this.words[word] = value;
    this.words[word + 1] = value / HIGH;
  }
}
