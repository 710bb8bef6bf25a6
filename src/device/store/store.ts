/**
 * A backing store: the medium of a simulated device, without its time. It addresses logical blocks
 * and keeps for each whether it was written; a block never written, or deallocated, reads as zeros.
 * Content is as many bytes per unit as the world keeps (host/memory.ts).
 *
 * Left out: metadata per block (it comes with protection information).
 */

import type { ContentFormat } from '../../host/memory.ts';
import type { Bytes, LogicalBlocks } from '../../units/quantity.ts';

/** Address of a logical block. */
export type Lba = number;

export interface BackingStore {
  readonly logicalBlockBytes: Bytes;
  readonly blocks: LogicalBlocks;
  readonly format: ContentFormat;
  /** Bytes of content per logical block; 0 for `data=none`. */
  readonly contentBytesPerBlock: number;
  /** False for `data=none`. */
  readonly keepsContent: boolean;
  read(lba: Lba, blocks: LogicalBlocks, content: Uint8Array, contentOffset: number): void;
  write(lba: Lba, blocks: LogicalBlocks, content: Uint8Array, contentOffset: number): void;
  /** Inside the store; ranges that overlap end as if the source had been read first, in whole. */
  copy(srcLba: Lba, dstLba: Lba, blocks: LogicalBlocks): void;
  deallocate(lba: Lba, blocks: LogicalBlocks): void;
  /** Zeros that count as written. */
  writeZeroes(lba: Lba, blocks: LogicalBlocks): void;
  isWritten(lba: Lba): boolean;
  /** The first block of the range that nobody wrote, or -1. */
  firstUnwritten(lba: Lba, blocks: LogicalBlocks): Lba;
  /** Gives each unwritten block of the range content that names device and block (content.ts). */
  layOut(firstUnit: number, units: number): void;
  /** A number per unit that tells its content, 0 for zeros; into[at …]. */
  fingerprints(firstUnit: number, units: number, into: Float64Array, at: number): void;
  /** Gives the medium back; a scratch file is removed, a named one kept. */
  close(): void;
}

/** What goes wrong with a backing file: the environment's error, not the simulated device's. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  /** `ENOSPC`, `EROFS`, `EACCES`… */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
