/**
 * What the buffers of writes hold: a pattern, zeros, or bytes of chance that neither compress nor
 * are like those of another clone; or so much of both as `buffer_compress_percentage` says. As in
 * fio (measured, 3.33) each chunk begins with bytes of chance and ends with the others.
 */

import type { Bytes } from '../units/quantity.ts';

export interface BufferSpec {
  /** One character (0 to 255) a byte, again and again; null: bytes of chance by the seed. */
  readonly pattern: string | null;
  readonly zero: boolean;
  /** Of each chunk, what is not by chance: the pattern, or zeros. 0: it is not made of chunks. */
  readonly compressPercent: number;
  readonly compressChunkBytes: Bytes;
}

/** `bytes` begins at a multiple of 4 in its memory. */
export function fillBuffer(bytes: Uint8Array, spec: BufferSpec, seed: number): void {
  const { compressPercent, pattern, zero } = spec;
  if (zero) bytes.fill(0);
  else if (compressPercent === 0) fillBuffers(bytes, pattern, seed);
  else fillByHalves(bytes, spec, seed);
}

/** `pattern`: as in BufferSpec. */
export function fillBuffers(bytes: Uint8Array, pattern: string | null, seed: number): void {
  if (pattern === null) fillByChance(bytes, seed);
  else fillWith(bytes, Buffer.from(pattern, 'latin1'));
}

function fillByHalves(bytes: Uint8Array, spec: BufferSpec, seed: number): void {
  const { compressChunkBytes, compressPercent, pattern } = spec;
  fillByChance(bytes, seed);
  const chunkBytes = Math.min(compressChunkBytes, bytes.length);
  const fixedBytes = Math.round((chunkBytes * compressPercent) / 100);
  const fixed = pattern === null ? null : Buffer.from(pattern, 'latin1');
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const end = Math.min(at + chunkBytes, bytes.length);
    const from = Math.max(at, end - fixedBytes);
    if (fixed === null) bytes.fill(0, from, end);
    else fillWith(bytes.subarray(from, end), fixed);
  }
}

function fillWith(bytes: Uint8Array, pattern: Buffer): void {
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).fill(pattern);
}

/** xorshift32 (Marsaglia 2003), a word at a time; what is left of a word stays as it was. */
function fillByChance(bytes: Uint8Array, seed: number): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let word = seed | 0 || 0x9e37_79b9;
  for (let at = 0; at < words.length; at += 1) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    words[at] = word;
  }
}
