/**
 * What a thread has of the kernel beside node:fs (which closes its own with the thread): rings,
 * pipes, mappings. They belong to the process, and would stay until its end when the thread dies.
 * So a list of them is kept in shared memory, and who finds the thread dead gives them back.
 *
 * Left out: what is opened at the very moment of dying, and more than ENTRIES at once: that stays
 * until the process ends.
 */

import type { Memory, Syscalls } from './syscalls.ts';

const ENTRIES = 256;
const ENTRY_WORDS = 3;
export const BELONGINGS_WORDS = ENTRIES * ENTRY_WORDS;

const NOTHING = 0;
const DESCRIPTOR = 1;
/** Its address, and its bytes. */
const MAPPING = 2;
const AIO_CONTEXT = 3;

export class Belongings {
  /** Kind, value, bytes. */
  private readonly words: Float64Array;

  constructor(words: Float64Array) {
    this.words = words;
  }

  /** The same system calls, those that take and give back noted. */
  noting(syscalls: Syscalls): Syscalls {
    return {
      ...syscalls,
      mmap: (at, bytes, protection, flags, fd, offset) => {
        const address = syscalls.mmap(at, bytes, protection, flags, fd, offset);
        return address < 0 ? address : this.take(MAPPING, address, bytes);
      },
      munmap: (at, bytes) => {
        this.give(MAPPING, at);
        return syscalls.munmap(at, bytes);
      },
      pipe2: (into, flags) => {
        const result = syscalls.pipe2(into, flags);
        if (result < 0) return result;
        for (const fd of new Int32Array(syscalls.view(into, 8))) this.take(DESCRIPTOR, fd);
        return result;
      },
      close: (fd) => {
        this.give(DESCRIPTOR, fd);
        return syscalls.close(fd);
      },
      ioUringSetup: (entries, parameters) => {
        const fd = syscalls.ioUringSetup(entries, parameters);
        return fd < 0 ? fd : this.take(DESCRIPTOR, fd);
      },
      ioSetup: (entries, context) => {
        const result = syscalls.ioSetup(entries, context);
        if (result === 0) this.take(AIO_CONTEXT, wordAt(syscalls, context));
        return result;
      },
      ioDestroy: (context) => {
        this.give(AIO_CONTEXT, context);
        return syscalls.ioDestroy(context);
      },
    };
  }

  /** The thread is dead: nobody else will. Contexts and rings first, then what they work on. */
  release(syscalls: Syscalls): void {
    this.each(AIO_CONTEXT, (context) => syscalls.ioDestroy(context));
    this.each(DESCRIPTOR, (fd) => syscalls.close(fd));
    this.each(MAPPING, (address, bytes) => syscalls.munmap(address, bytes));
  }

  private each(kind: number, end: (value: number, bytes: number) => unknown): void {
    const { words } = this;
    for (let at = 0; at < words.length; at += ENTRY_WORDS) {
      if (words[at] !== kind) continue;
      words[at] = NOTHING;
      end(words[at + 1] ?? 0, words[at + 2] ?? 0);
    }
  }

  private take(kind: number, value: number, bytes = 0): number {
    const at = this.find(NOTHING, null);
    if (at < 0) return value;
    this.words[at + 1] = value;
    this.words[at + 2] = bytes;
    this.words[at] = kind;
    return value;
  }

  private give(kind: number, value: number): void {
    const at = this.find(kind, value);
    if (at >= 0) this.words[at] = NOTHING;
  }

  private find(kind: number, value: number | null): number {
    const { words } = this;
    for (let at = 0; at < words.length; at += ENTRY_WORDS) {
      if (words[at] === kind && (value === null || words[at + 1] === value)) return at;
    }
    return -1;
  }
}

/** 64 bits; a context is an address. */
function wordAt(syscalls: Syscalls, at: Memory): number {
  return Number(new BigUint64Array(syscalls.view(at, 8))[0]);
}
