/** A store as the checks around a job see it (block/block-device.ts). */

import type { ContentAccess } from '../../block/block-device.ts';
import type { BackingStore } from './store.ts';

export function contentAccess(store: BackingStore): ContentAccess {
  return {
    unitBytes: store.format.unitBytes,
    keepsContent: store.keepsContent,
    layOut: (firstUnit, units) => store.layOut(firstUnit, units),
    fingerprints: (firstUnit, units, into, at) => store.fingerprints(firstUnit, units, into, at),
  };
}
