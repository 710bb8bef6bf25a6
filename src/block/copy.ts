/**
 * What is asked of the block layer when it copies: one source range, one destination, whatever the
 * path.
 */

import type { Account } from '../measure/account.ts';
import type { Nanoseconds, Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { BlockDevice } from './block-device.ts';

export interface CopyRange {
  readonly source: BlockDevice;
  readonly sourceSector: Sectors;
  readonly destination: BlockDevice;
  readonly destinationSector: Sectors;
  readonly sizeSectors: Sectors;
}

/** Where a copy's costs go: those of its reads, and those of its writes. */
export interface CopyAccounts {
  readonly source: Account;
  readonly destination: Account;
}

export interface CopyOwner {
  /**
   * The first `doneSectors` have arrived, whatever the status: the good prefix. `slot` is the
   * owner's.
   */
  copyEnded(slot: number, doneSectors: Sectors, status: Status, atNs: Nanoseconds): void;
}

/** BLK_COPY_MAX_BYTES of v20: 128 MiB, and a copy must be smaller. */
export const COPY_MAX_SECTORS: Sectors = 1 << 18;

/** blkdev_copy_sanity_check (v20). */
export function checkCopy(range: CopyRange): Status {
  const sourceLimits = range.source.limits;
  const destinationLimits = range.destination.limits;
  const blockBytes = Math.max(sourceLimits.logicalBlockBytes, destinationLimits.logicalBlockBytes);
  const mask = (blockBytes >> 9) - 1;
  const { sourceSector, destinationSector, sizeSectors } = range;
  if (sizeSectors === 0 || sizeSectors >= COPY_MAX_SECTORS) return Status.INVAL;
  if (((sourceSector | destinationSector | sizeSectors) & mask) !== 0) return Status.INVAL;
  return Status.OK;
}
