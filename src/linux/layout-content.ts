/**
 * What a file is laid out with: a pattern again and again, or content that names file and block.
 * The latter neither compresses nor dedupes: bytes of chance, each 512-byte block mixed with a word
 * of its own, and headed by a hash of the file's path and the block's number.
 *
 * One block of chance after the other would cost twice as much; mixing one MiB of it suffices, as
 * no compressor looks for sequences that differ by a constant.
 */

import { assert } from '../units/assert.ts';
import { fnv1a } from '../units/hash.ts';
import { type Bytes, MIB, SECTOR_BYTES } from '../units/quantity.ts';
import { fillBuffers } from './buffer-content.ts';

export interface LayoutContent {
  /** The content that begins at `offsetBytes`, up to `bytes` of it. Valid until the next call. */
  at(offsetBytes: Bytes, bytes: Bytes): Uint8Array;
}

/** `buffer` holds what `at` gives; a whole number of MiB. */
export function layoutContent(
  path: string,
  pattern: string | null,
  buffer: Uint8Array,
): LayoutContent {
  return pattern === null ? new NamedBlocks(path, buffer) : new Repeated(pattern, buffer);
}

class Repeated implements LayoutContent {
  private readonly buffer: Uint8Array;
  private readonly patternBytes: Bytes;

  constructor(pattern: string, buffer: Uint8Array) {
    this.buffer = buffer;
    this.patternBytes = pattern.length;
    assert(pattern.length > 0 && pattern.length <= buffer.length, 'a pattern fits the buffer');
    fillBuffers(buffer, pattern, 0);
  }

  at(offsetBytes: Bytes, bytes: Bytes): Uint8Array {
    const from = offsetBytes % this.patternBytes;
    return this.buffer.subarray(from, from + bytes);
  }
}

const BLOCK_WORDS = SECTOR_BYTES / 4;
const CHANCE_BLOCKS = MIB / SECTOR_BYTES;
const HIGH = 2 ** 32;
/** `coff`, read as the file's bytes. */
const MAGIC = 0x66666f63;

class NamedBlocks implements LayoutContent {
  private readonly buffer: Uint8Array;
  private readonly words: Uint32Array;
  private readonly chance = new Uint32Array(MIB / 4);
  private readonly file: number;

  constructor(path: string, buffer: Uint8Array) {
    this.buffer = buffer;
    this.words = new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length / 4);
    this.file = fnv1a(path);
    fillBuffers(new Uint8Array(this.chance.buffer), null, this.file);
  }

  at(offsetBytes: Bytes, bytes: Bytes): Uint8Array {
    const into = offsetBytes % SECTOR_BYTES;
    const firstBlock = (offsetBytes - into) / SECTOR_BYTES;
    const most = Math.min(into + bytes, this.buffer.length);
    const blocks = Math.ceil(most / SECTOR_BYTES);
    for (let at = 0; at < blocks; at += 1) this.fillBlock(at, firstBlock + at);
    return this.buffer.subarray(into, most);
  }

  private fillBlock(at: number, block: number): void {
    const { words, chance } = this;
    const first = at * BLOCK_WORDS;
    const from = (block % CHANCE_BLOCKS) * BLOCK_WORDS;
    const mixed = Math.imul(block + 1, 0x9e37_79b1) ^ Math.imul((block / HIGH) | 0, 0x85eb_ca6b);
    for (let word = 4; word < BLOCK_WORDS; word += 1) {
      words[first + word] = (chance[from + word] ?? 0) ^ mixed;
    }
    words[first] = MAGIC;
    words[first + 1] = this.file;
    words[first + 2] = block;
    words[first + 3] = block / HIGH;
  }
}
