/** The store for `data=`: where the concrete media meet the one interface. */

import type { ContentFormat } from '../../host/memory.ts';
import { assert } from '../../units/assert.ts';
import type { Bytes, LogicalBlocks } from '../../units/quantity.ts';
import { openBackingFile } from './backing-file.ts';
import { byteContent, tagContent } from './content.ts';
import { ContentStore } from './content-store.ts';
import { MemoryMedium } from './memory-medium.ts';
import type { DataMode } from './mode.ts';
import { NoneStore } from './none-store.ts';
import type { BackingStore } from './store.ts';

const TAG_BYTES = 8;

export interface OpenStoreOptions {
  readonly mode: DataMode;
  /** Name of the device. */
  readonly name: string;
  /** From 1; the same device has the same index in every run, since its content names it. */
  readonly deviceIndex: number;
  readonly logicalBlockBytes: Bytes;
  readonly blocks: LogicalBlocks;
  /** The world's: what one host buffer holds, all its devices keep. */
  readonly format: ContentFormat;
  readonly backingFile: string | null;
  readonly backingDirectory: string | null;
  readonly overwrite: boolean;
}

/** Throws a StoreFailure when the environment does not let us keep the data. */
export function openStore(options: OpenStoreOptions): BackingStore {
  const { mode, format, logicalBlockBytes, blocks } = options;
  switch (mode) {
    case 'none':
      return new NoneStore(logicalBlockBytes, blocks, format);
    case 'tags':
      assert(format.contentBytes === TAG_BYTES, 'data=tags in a world that keeps 8 bytes per unit');
      return new ContentStore(options, new MemoryMedium(), tagContent);
    case 'memory':
      return new ContentStore(options, new MemoryMedium(), bytesOf(format));
    case 'file': {
      const kind = bytesOf(format);
      const medium = openBackingFile({ ...options, bytes: blocks * logicalBlockBytes });
      return new ContentStore(options, medium, kind);
    }
  }
}

function bytesOf(format: ContentFormat): ReturnType<typeof byteContent> {
  assert(format.contentBytes === format.unitBytes, 'file and memory keep every byte');
  return byteContent(format.unitBytes);
}
