/** The store for `data=`: where the concrete media meet the one interface. */

import type { ContentFormat } from '../../host/memory.ts';
import { assert } from '../../units/assert.ts';
import type { Bytes, LogicalBlocks } from '../../units/quantity.ts';
import { openBackingFile } from './backing-file.ts';
import { byteContent, type ContentKind, TAG_BYTES, tagContent } from './content.ts';
import { ContentStore } from './content-store.ts';
import { MemoryMedium } from './memory-medium.ts';
import type { DataMode } from './mode.ts';
import { NoneStore } from './none-store.ts';
import type { BackingStore } from './store.ts';

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
  if (mode === 'none') return new NoneStore(logicalBlockBytes, blocks, format);
  const kind = contentKind(format);
  if (mode !== 'file') return new ContentStore(options, new MemoryMedium(), kind);
  const bytes = ((blocks * logicalBlockBytes) / format.unitBytes) * format.contentBytes;
  return new ContentStore(options, openBackingFile({ ...options, bytes }), kind);
}

/**
 * A world keeps every byte or a tag per unit, and all its devices the same: copies may cross them.
 */
function contentKind(format: ContentFormat): ContentKind {
  if (format.contentBytes === format.unitBytes) return byteContent(format.unitBytes);
  assert(format.contentBytes === TAG_BYTES, 'a world that keeps content keeps bytes or tags');
  return tagContent;
}
