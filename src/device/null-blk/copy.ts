/**
 * A copy inside null_blk: nullb_setup_copy of the copy offload series v20, which copies block after
 * block under the device's lock. A source block that was never written ends it with an error; the
 * blocks before it have been copied. Where destination and source overlap, a later block may read
 * what an earlier one wrote, as there.
 *
 * Left out, as v20's own slip: its bad block check looks at twice the length from the destination
 * on and never at the source. Here both ranges are checked.
 */

import type { LogicalBlocks } from '../../units/quantity.ts';
import type { BackingStore, Lba } from '../store/store.ts';

/**
 * Returns how many blocks were copied: fewer than `blocks` means that the next source is unwritten.
 */
export function copyBlocks(
  store: BackingStore,
  srcLba: Lba,
  dstLba: Lba,
  blocks: LogicalBlocks,
): LogicalBlocks {
  if (dstLba > srcLba && dstLba < srcLba + blocks) {
    return copyOneByOne(store, srcLba, dstLba, blocks);
  }
  const unwritten = store.firstUnwritten(srcLba, blocks);
  const copied = unwritten === -1 ? blocks : unwritten - srcLba;
  if (copied > 0) store.copy(srcLba, dstLba, copied);
  return copied;
}

function copyOneByOne(
  store: BackingStore,
  srcLba: Lba,
  dstLba: Lba,
  blocks: LogicalBlocks,
): LogicalBlocks {
  for (let i = 0; i < blocks; i += 1) {
    if (!store.isWritten(srcLba + i)) return i;
    store.copy(srcLba + i, dstLba + i, 1);
  }
  return blocks;
}
