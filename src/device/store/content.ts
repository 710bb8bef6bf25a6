/**
 * What a unit of data holds. Its *tag* names device and unit: deviceIndex * 2^44 + unit + 1. Where
 * the world keeps tags the content is that number; where it keeps bytes, the tag stands in the
 * first 8 bytes and a pattern derived from it fills the rest, so that no two units are equal and a
 * torn one shows.
 *
 * The fingerprint of bytes is a hash over all 32-bit words (four lanes, multiply and fold as
 * MurmurHash3 does), 52 bits wide: it finds mistakes, it does not stand against malice.
 */

import type { Bytes } from '../../units/quantity.ts';

export type Tag = number;

/** A tag as content: one double. */
export const TAG_BYTES: Bytes = 8;

/** 2^44 units to a device: 8 PiB of 512 B. */
const DEVICE_STRIDE = 17_592_186_044_416;
const WORD_RANGE = 4_294_967_296;

/** Devices are numbered from 1. */
export function tagOf(deviceIndex: number, unit: number): Tag {
  return deviceIndex * DEVICE_STRIDE + unit + 1;
}

/** How a world keeps the content of a unit. */
export interface ContentKind {
  /** Content of consecutive units, the first with this tag. */
  fill(content: Uint8Array, firstTag: Tag, units: number): void;
  /** Fingerprints of consecutive units; 0 for zeros. */
  fingerprints(content: Uint8Array, units: number, into: Float64Array, at: number): void;
}

/** `data=tags`: the number itself. The content is 8-byte aligned in its buffer. */
export const tagContent: ContentKind = {
  fill(content, firstTag, units) {
    const tags = new Float64Array(content.buffer, content.byteOffset, units);
    for (let i = 0; i < units; i += 1) tags[i] = firstTag + i;
  },
  fingerprints(content, units, into, at) {
    into.set(new Float64Array(content.buffer, content.byteOffset, units), at);
  },
};

/** `data=file` and `memory`: every byte. The content is 4-byte aligned in its buffer. */
export function byteContent(unitBytes: Bytes): ContentKind {
  const words = unitBytes / 4;
  const zero = hash(new Uint32Array(words), 0, words);
  return {
    fill(content, firstTag, units) {
      const view = new Uint32Array(content.buffer, content.byteOffset, units * words);
      for (let i = 0; i < units; i += 1) fillUnit(view, i * words, words, firstTag + i);
    },
    fingerprints(content, units, into, at) {
      const view = new Uint32Array(content.buffer, content.byteOffset, units * words);
      for (let i = 0; i < units; i += 1) {
        const fingerprint = hash(view, i * words, words);
        into[at + i] = fingerprint === zero ? 0 : fingerprint;
      }
    },
  };
}

function fillUnit(view: Uint32Array, from: number, words: number, tag: Tag): void {
  const high = Math.floor(tag / WORD_RANGE);
  const low = tag - high * WORD_RANGE;
  view[from] = low;
  view[from + 1] = high;
  let word = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) | 1;
  for (let i = from + 2; i < from + words; i += 1) {
    // xorshift32 (Marsaglia, 2003): never 0, so no word of the pattern passes for an unwritten one.
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    view[i] = word;
  }
}

function hash(view: Uint32Array, from: number, words: number): number {
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  let c = 0x13198a2e;
  let d = 0x03707344;
  for (let i = from; i < from + words; i += 4) {
    a = fold(a ^ (view[i] ?? 0));
    b = fold(b ^ (view[i + 1] ?? 0));
    c = fold(c ^ (view[i + 2] ?? 0));
    d = fold(d ^ (view[i + 3] ?? 0));
  }
  const high = fold(fold(fold(a) ^ b) ^ fold(c + 0x9e3779b1));
  const low = fold(fold(fold(d) ^ c) ^ fold(b + a));
  return (high >>> 0) * 1_048_576 + (low >>> 12);
}

function fold(word: number): number {
  const product = Math.imul(word, 0x85ebca6b);
  return product ^ (product >>> 15);
}
