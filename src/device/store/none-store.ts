/**
 * `data=none`: timing only. Nothing is kept, so every block counts as written, a read leaves the
 * buffer as it is, and there are no fingerprints to check by.
 */

import type { ContentFormat } from '../../host/memory.ts';
import type { Bytes, LogicalBlocks } from '../../units/quantity.ts';
import type { BackingStore } from './store.ts';

export class NoneStore implements BackingStore {
  readonly keepsContent = false;
  readonly contentBytesPerBlock = 0;
  readonly logicalBlockBytes: Bytes;
  readonly blocks: LogicalBlocks;
  readonly format: ContentFormat;

  constructor(logicalBlockBytes: Bytes, blocks: LogicalBlocks, format: ContentFormat) {
    this.logicalBlockBytes = logicalBlockBytes;
    this.blocks = blocks;
    this.format = format;
  }

  read(): void {}
  write(): void {}
  copy(): void {}
  deallocate(): void {}
  writeZeroes(): void {}

  isWritten(): boolean {
    return true;
  }

  firstUnwritten(): number {
    return -1;
  }

  layOut(): void {}
  fingerprints(): void {}
  close(): void {}
}
