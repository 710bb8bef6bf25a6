/**
 * A buffer for node:fs that begins at a page, as large transfers want it; without koffi an ordinary
 * one, which is slower.
 */

import type { Bytes } from '../units/quantity.ts';
import { Arena } from './arena.ts';
import { loadSyscalls } from './syscalls.ts';

export class AlignedBuffer {
  /** Not to be touched after `close`. */
  readonly bytes: Buffer;
  private readonly arena: Arena | null;

  /** Throws OutOfMemory. */
  constructor(bytes: Bytes) {
    const syscalls = loadSyscalls();
    this.arena = typeof syscalls === 'string' ? null : new Arena(syscalls, bytes);
    this.bytes =
      this.arena === null ? Buffer.alloc(bytes) : Buffer.from(this.arena.memory, 0, bytes);
  }

  close(): void {
    this.arena?.close();
  }
}
