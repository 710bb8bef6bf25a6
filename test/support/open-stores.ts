/** A store of each mode, of one geometry. */

import { tmpdir } from 'node:os';
import type { DataMode } from '../../src/device/store/mode.ts';
import { type OpenStoreOptions, openStore } from '../../src/device/store/open-store.ts';
import type { BackingStore } from '../../src/device/store/store.ts';

const CONTENT_BYTES: Readonly<Record<DataMode, number>> = {
  file: 512,
  memory: 512,
  tags: 8,
  none: 0,
};

export function storeOptions(
  mode: DataMode,
  changes: Partial<OpenStoreOptions> = {},
): OpenStoreOptions {
  return {
    mode,
    name: 'dev0',
    deviceIndex: 3,
    logicalBlockBytes: 1024,
    blocks: 100_000,
    format: { unitBytes: 512, contentBytes: CONTENT_BYTES[mode] },
    backingFile: null,
    backingDirectory: tmpdir(),
    overwrite: false,
    ...changes,
  };
}

export function aStore(mode: DataMode, changes: Partial<OpenStoreOptions> = {}): BackingStore {
  return openStore(storeOptions(mode, changes));
}
