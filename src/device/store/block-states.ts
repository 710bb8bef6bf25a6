/**
 * Which logical blocks were written: a bitmap in chunks that exist once a bit in them was set, so a
 * device of a TiB costs nothing until it is touched.
 */

import type { LogicalBlocks } from '../../units/quantity.ts';
import type { Lba } from './store.ts';

const CHUNK_BLOCKS = 32_768;
const CHUNK_WORDS = CHUNK_BLOCKS / 32;

export class BlockStates {
  private readonly chunks = new Map<number, Int32Array>();
  private lastIndex = -1;
  private last: Int32Array | null = null;

  isWritten(lba: Lba): boolean {
    const index = Math.floor(lba / CHUNK_BLOCKS);
    const chunk = this.find(index);
    if (chunk === null) return false;
    const bit = lba - index * CHUNK_BLOCKS;
    return (((chunk[bit >> 5] ?? 0) >> (bit & 31)) & 1) === 1;
  }

  setWritten(lba: Lba, blocks: LogicalBlocks, written: boolean): void {
    const end = lba + blocks;
    let at = lba;
    while (at < end) {
      const index = Math.floor(at / CHUNK_BLOCKS);
      const base = index * CHUNK_BLOCKS;
      const stop = Math.min(end, base + CHUNK_BLOCKS);
      const chunk = written ? this.make(index) : this.find(index);
      if (chunk !== null) setBits(chunk, at - base, stop - base, written);
      at = stop;
    }
  }

  /** The first block from `lba` on, before `end`, in this state; `end` when there is none. */
  next(written: boolean, lba: Lba, end: Lba): Lba {
    let at = lba;
    while (at < end) {
      const index = Math.floor(at / CHUNK_BLOCKS);
      const base = index * CHUNK_BLOCKS;
      const stop = Math.min(end, base + CHUNK_BLOCKS);
      const chunk = this.find(index);
      if (chunk === null) {
        if (!written) return at;
      } else {
        const bit = nextBit(chunk, at - base, stop - base, written);
        if (bit < stop - base) return base + bit;
      }
      at = stop;
    }
    return end;
  }

  private find(index: number): Int32Array | null {
    if (index !== this.lastIndex) {
      const chunk = this.chunks.get(index);
      if (chunk === undefined) return null;
      this.lastIndex = index;
      this.last = chunk;
    }
    return this.last;
  }

  private make(index: number): Int32Array {
    const found = this.find(index);
    if (found !== null) return found;
    const chunk = new Int32Array(CHUNK_WORDS);
    this.chunks.set(index, chunk);
    return chunk;
  }
}

/** The bits from `from` to the end of their word, or to `end`. */
function maskOf(from: number, end: number): number {
  const low = from & 31;
  const high = Math.min(32, low + end - from);
  const upTo = high === 32 ? -1 : (1 << high) - 1;
  return upTo & (-1 << low);
}

function setBits(chunk: Int32Array, from: number, end: number, written: boolean): void {
  let at = from;
  while (at < end) {
    const word = at >> 5;
    const mask = maskOf(at, end);
    const bits = chunk[word] ?? 0;
    chunk[word] = written ? bits | mask : bits & ~mask;
    at = (word + 1) << 5;
  }
}

function nextBit(chunk: Int32Array, from: number, end: number, written: boolean): number {
  let at = from;
  while (at < end) {
    const word = at >> 5;
    const bits = chunk[word] ?? 0;
    const wanted = (written ? bits : ~bits) & maskOf(at, end);
    if (wanted !== 0) return (word << 5) + 31 - Math.clz32(wanted & -wanted);
    at = (word + 1) << 5;
  }
  return end;
}
