/**
 * Source range descriptors of Copy, formats 0 to 3 (NVM command set §3.2.2), as 32-bit words.
 * Formats 2 and 3 name the namespace of each source; 1 and 3 have room for the tags of 32 b and
 * 64 b guards, which stand in big-endian order. A reference tag is read up to 48 bits.
 *
 * Left out: format 4 (sources in subsystem local memory), storage tags, copy extensions (CETYPE).
 */

import { putQuad, quad, RANGES_MAX, word } from './encode.ts';

/** Descriptors of format 0 and 2. */
export const SOURCE_RANGE_BYTES = 32;
const LONG_RANGE_BYTES = 40;
export const LONGEST_RANGE_BYTES = LONG_RANGE_BYTES;

const HIGH = 0x1_0000_0000;

/** SOPT: fast copy only. */
const FCO = 1 << 15;

export function descriptorBytes(format: number): number {
  return isLong(format) ? LONG_RANGE_BYTES : SOURCE_RANGE_BYTES;
}

/** Formats 1 and 3. */
export function isLong(format: number): boolean {
  return (format & 1) === 1;
}

/** Formats 2 and 3 may name another namespace; Host Behavior Support (CDFE) enables them. */
export function namesSource(format: number): boolean {
  return (format & 2) === 2;
}

/** Source ranges of a Copy, in logical blocks. */
export class SourceRanges {
  readonly lba = new Float64Array(RANGES_MAX);
  readonly blocks = new Int32Array(RANGES_MAX);
  readonly nsid = new Float64Array(RANGES_MAX);
  /** Where the source lies on the media of the controller. */
  readonly positionBytes = new Float64Array(RANGES_MAX);
  /** Fast copy only. */
  readonly fast = new Uint8Array(RANGES_MAX);
  /** Expected of the source's protection information. */
  readonly referenceTag = new Float64Array(RANGES_MAX);
  readonly applicationTag = new Uint16Array(RANGES_MAX);
  readonly applicationTagMask = new Uint16Array(RANGES_MAX);

  /** Takes over descriptor `index` of a list; `nsid`: of a format that names none. */
  decode(words: Uint32Array, index: number, format: number, nsid: number): void {
    const at = (index * descriptorBytes(format)) / 4;
    this.nsid[index] = namesSource(format) ? word(words, at) : nsid;
    this.lba[index] = sourceRangeLba(words, at);
    this.blocks[index] = sourceRangeBlocks(words, at);
    this.fast[index] = namesSource(format) && ((word(words, at + 5) >>> 16) & FCO) !== 0 ? 1 : 0;
    const tags = word(words, at + (isLong(format) ? 9 : 7));
    this.applicationTag[index] = tags;
    this.applicationTagMask[index] = tags >>> 16;
    this.referenceTag[index] = isLong(format) ? longReferenceTag(words, at) : word(words, at + 6);
  }
}

/** What a descriptor may say beside its range. */
export interface SourceRange {
  readonly lba: number;
  readonly blocks: number;
  readonly nsid?: number;
  readonly fast?: boolean;
  readonly referenceTag?: number;
  readonly applicationTag?: number;
  readonly applicationTagMask?: number;
}

/** Descriptor `index` of a list that begins at word `from`. */
export function putSourceRange(
  words: Uint32Array,
  from: number,
  index: number,
  format: number,
  range: SourceRange,
): void {
  const at = from + (index * descriptorBytes(format)) / 4;
  words.fill(0, at, at + descriptorBytes(format) / 4);
  if (namesSource(format)) words[at] = range.nsid ?? 0;
  putQuad(words, at + 2, range.lba);
  words[at + 4] = range.blocks - 1;
  if (range.fast === true) words[at + 5] = FCO << 16;
  const tags = (range.applicationTag ?? 0) | ((range.applicationTagMask ?? 0) << 16);
  if (!isLong(format)) {
    words[at + 6] = range.referenceTag ?? 0;
    words[at + 7] = tags;
    return;
  }
  putLongReferenceTag(words, at, range.referenceTag ?? 0);
  words[at + 9] = tags;
}

export function sourceRangeLba(words: Uint32Array, at: number): number {
  return quad(words, at + 2);
}

export function sourceRangeBlocks(words: Uint32Array, at: number): number {
  return (word(words, at + 4) & 0xffff) + 1;
}

/** Bytes 30 to 35. */
function longReferenceTag(words: Uint32Array, at: number): number {
  const high = swap(word(words, at + 7)) & 0xffff;
  return high * HIGH + swap(word(words, at + 8));
}

function putLongReferenceTag(words: Uint32Array, at: number, tag: number): void {
  words[at + 7] = swap(Math.floor(tag / HIGH));
  words[at + 8] = swap(tag % HIGH);
}

/** The bytes of a word the other way round. */
function swap(value: number): number {
  const low = ((value & 0xff) << 24) | ((value & 0xff00) << 8);
  return (low | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}
