/**
 * What is done to the buffers of writes from one write to the next, so that a device which
 * compresses or dedupes sees what it would see of fio (measured, 3.33):
 *
 * - scramble_buffers (as in fio the default, and only of bytes by chance): 16 bytes of each 512
 *   change with each write, so that no two blocks are the same. fio puts offset and time there;
 *   time would be chance, and here it is the count of the write.
 * - refill_buffers: new bytes for each write; buffer_compress_percentage asks for it too.
 * - dedupe_percentage: so many writes of a hundred repeat the one before.
 * - In a mix, what a read has left in a buffer is written over by pattern or zeros; fio writes what
 *   was read in the place of zeros.
 *
 * A buffer is made ready when its last I/O has ended, so that it takes none of an I/O's time.
 */

import { READ, type Slots } from '../workload/slots.ts';
import { mix } from '../units/hash.ts';
import type { Bytes } from '../units/quantity.ts';
import { type BufferSpec, fillBuffer } from './buffer-content.ts';

export interface WrittenSpec {
  readonly buffer: BufferSpec;
  readonly refill: boolean;
  readonly scramble: boolean;
  readonly dedupePercent: number;
  /** Tells jobs and clones apart. */
  readonly seed: number;
}

/** Words of 4 bytes: in each sector, where what changes stands. */
const SECTOR_WORDS = 128;
const SCRAMBLED_AT = 14;
const HIGH = 2 ** 32;
const PERCENT = 100;

export class WrittenContents {
  private readonly slots: Slots;
  private readonly bytes: Uint8Array;
  private readonly words: Uint32Array;
  private readonly bufferBytes: Bytes;
  private readonly spec: WrittenSpec;
  private count = 0;
  /** Of the bytes that were made last. */
  private seed: number;

  /** `bytes`: a buffer of `bufferBytes` for each slot, one behind the other; it is filled. */
  constructor(slots: Slots, bytes: Uint8Array, bufferBytes: Bytes, spec: WrittenSpec) {
    this.slots = slots;
    this.bytes = bytes;
    this.words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
    this.bufferBytes = bufferBytes;
    this.spec = spec;
    this.seed = spec.seed;
    for (let slot = 0; slot < slots.depth; slot += 1) this.change(slot);
  }

  /** The I/O of the slot has ended: its buffer is made ready for the next write. */
  change(slot: number): void {
    const { refill, scramble } = this.spec;
    this.count += 1;
    if (refill) {
      if (this.count === 1 || !this.repeats()) this.seed = mix(this.spec.seed + this.count);
      this.fill(slot);
    } else if (scramble) {
      this.scramble(slot);
    } else if (this.slots.direction[slot] === READ) {
      this.fill(slot);
    }
  }

  /** By chance, from the count alone. */
  private repeats(): boolean {
    const { dedupePercent, seed } = this.spec;
    return (mix(seed ^ mix(this.count)) / HIGH) * PERCENT < dedupePercent;
  }

  private fill(slot: number): void {
    const at = slot * this.bufferBytes;
    fillBuffer(this.bytes.subarray(at, at + this.bufferBytes), this.spec.buffer, this.seed);
  }

  private scramble(slot: number): void {
    const { count, words } = this;
    const from = (slot * this.bufferBytes) >>> 2;
    const end = from + (this.bufferBytes >>> 2);
    const low = Math.imul(count, 0x9e37_79b1);
    const high = Math.imul(count, 0x85eb_ca6b);
    for (let at = from + SCRAMBLED_AT; at < end; at += SECTOR_WORDS) {
      words[at] = low;
      words[at + 1] = high;
      words[at + 2] = count;
      words[at + 3] = low ^ at;
    }
  }
}
