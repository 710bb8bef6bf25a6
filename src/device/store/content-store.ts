/**
 * A backing store that keeps content: block states in memory, content on a medium. Deallocating
 * changes the state alone: what the medium holds there is never read again (no holes are punched in
 * a file).
 */

import type { ContentFormat } from '../../host/memory.ts';
import { assert } from '../../units/assert.ts';
import type { Bytes, LogicalBlocks } from '../../units/quantity.ts';
import { BlockStates } from './block-states.ts';
import { type ContentKind, tagOf } from './content.ts';
import type { Medium } from './medium.ts';
import type { BackingStore, Lba } from './store.ts';

/** What goes between medium and memory at once when nobody else has a buffer for it. */
const BUFFER_BYTES = 1024 * 1024;

export interface ContentStoreOptions {
  /** Names the device in the content it is laid out with; from 1. */
  readonly deviceIndex: number;
  readonly logicalBlockBytes: Bytes;
  readonly blocks: LogicalBlocks;
  readonly format: ContentFormat;
}

export class ContentStore implements BackingStore {
  readonly keepsContent = true;
  readonly logicalBlockBytes: Bytes;
  readonly blocks: LogicalBlocks;
  readonly format: ContentFormat;
  readonly contentBytesPerBlock: number;
  private readonly deviceIndex: number;
  private readonly unitsPerBlock: number;
  private readonly states = new BlockStates();
  private readonly medium: Medium;
  private readonly kind: ContentKind;
  /** Blocks that the buffer holds. */
  private readonly bufferBlocks: LogicalBlocks;
  private buffer: Uint8Array | null = null;

  constructor(options: ContentStoreOptions, medium: Medium, kind: ContentKind) {
    const { unitBytes, contentBytes } = options.format;
    const unitsPerBlock = options.logicalBlockBytes / unitBytes;
    assert(Number.isInteger(unitsPerBlock), 'a logical block is made of whole units');
    this.logicalBlockBytes = options.logicalBlockBytes;
    this.blocks = options.blocks;
    this.format = options.format;
    this.contentBytesPerBlock = unitsPerBlock * contentBytes;
    this.deviceIndex = options.deviceIndex;
    this.unitsPerBlock = unitsPerBlock;
    this.medium = medium;
    this.kind = kind;
    this.bufferBlocks = Math.max(1, Math.floor(BUFFER_BYTES / this.contentBytesPerBlock));
  }

  read(lba: Lba, blocks: LogicalBlocks, content: Uint8Array, contentOffset: number): void {
    const blockBytes = this.contentBytesPerBlock;
    const end = lba + blocks;
    let at = lba;
    while (at < end) {
      const offset = contentOffset + (at - lba) * blockBytes;
      const hole = this.states.next(false, at, end);
      if (hole > at) {
        this.medium.read(at * blockBytes, (hole - at) * blockBytes, content, offset);
        at = hole;
      } else {
        const data = this.states.next(true, at, end);
        content.fill(0, offset, offset + (data - at) * blockBytes);
        at = data;
      }
    }
  }

  write(lba: Lba, blocks: LogicalBlocks, content: Uint8Array, contentOffset: number): void {
    const blockBytes = this.contentBytesPerBlock;
    this.medium.write(lba * blockBytes, blocks * blockBytes, content, contentOffset);
    this.states.setWritten(lba, blocks, true);
  }

  copy(srcLba: Lba, dstLba: Lba, blocks: LogicalBlocks): void {
    const buffer = this.bufferOf();
    // From the end when the destination lies ahead: no source is overwritten before it is read.
    const backwards = dstLba > srcLba && dstLba < srcLba + blocks;
    let done = 0;
    while (done < blocks) {
      const part = Math.min(blocks - done, this.bufferBlocks);
      const at = backwards ? blocks - done - part : done;
      this.read(srcLba + at, part, buffer, 0);
      this.write(dstLba + at, part, buffer, 0);
      done += part;
    }
  }

  deallocate(lba: Lba, blocks: LogicalBlocks): void {
    this.states.setWritten(lba, blocks, false);
  }

  writeZeroes(lba: Lba, blocks: LogicalBlocks): void {
    const buffer = this.bufferOf();
    buffer.fill(0);
    let done = 0;
    while (done < blocks) {
      const part = Math.min(blocks - done, this.bufferBlocks);
      this.write(lba + done, part, buffer, 0);
      done += part;
    }
  }

  isWritten(lba: Lba): boolean {
    return this.states.isWritten(lba);
  }

  firstUnwritten(lba: Lba, blocks: LogicalBlocks): Lba {
    const end = lba + blocks;
    const found = this.states.next(false, lba, end);
    return found === end ? -1 : found;
  }

  layOut(firstUnit: number, units: number): void {
    const unitsPerBlock = this.unitsPerBlock;
    const end = Math.ceil((firstUnit + units) / unitsPerBlock);
    const buffer = this.bufferOf();
    let at = this.states.next(false, Math.floor(firstUnit / unitsPerBlock), end);
    while (at < end) {
      const stop = this.states.next(true, at, Math.min(end, at + this.bufferBlocks));
      const firstTag = tagOf(this.deviceIndex, at * unitsPerBlock);
      this.kind.fill(buffer, firstTag, (stop - at) * unitsPerBlock);
      this.write(at, stop - at, buffer, 0);
      at = this.states.next(false, stop, end);
    }
  }

  fingerprints(firstUnit: number, units: number, into: Float64Array, at: number): void {
    const unitsPerBlock = this.unitsPerBlock;
    const unitBytes = this.format.contentBytes;
    const buffer = this.bufferOf();
    const end = firstUnit + units;
    let unit = firstUnit;
    while (unit < end) {
      const lba = Math.floor(unit / unitsPerBlock);
      const skipped = unit - lba * unitsPerBlock;
      const wanted = Math.ceil((end - lba * unitsPerBlock) / unitsPerBlock);
      const blocks = Math.min(wanted, this.bufferBlocks);
      const counted = Math.min(blocks * unitsPerBlock - skipped, end - unit);
      const place = at + unit - firstUnit;
      const hole = this.states.next(true, lba, lba + blocks) === lba + blocks;
      if (hole) {
        into.fill(0, place, place + counted);
      } else {
        this.read(lba, blocks, buffer, 0);
        this.kind.fingerprints(buffer.subarray(skipped * unitBytes), counted, into, place);
      }
      unit += counted;
    }
  }

  close(): void {
    this.medium.close();
  }

  private bufferOf(): Uint8Array {
    this.buffer ??= new Uint8Array(this.bufferBlocks * this.contentBytesPerBlock);
    return this.buffer;
  }
}
