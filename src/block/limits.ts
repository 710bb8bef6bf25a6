/**
 * queue_limits: what a block device can take, in the kernel's names and units. A device says what
 * it can by these alone; 0 = cannot. They stack by minimum (blk_stack_limits; for copies the rules
 * of the copy offload series v20: both copy limits by minimum, see copy-offload.md §1.6).
 *
 * Left out: discard alignment, atomic writes, zones, integrity segments.
 */

import type { Bytes, Sectors } from '../units/quantity.ts';

/**
 * BLK_DEF_MAX_SECTORS_CAP: the largest request that is sent to a device that takes larger ones,
 * until the user says otherwise. 4 MiB since commit 9b8b84879d4a (2025); 1280 KiB before.
 */
export const MAX_SECTORS_CAP: Sectors = 8192;

export interface Limits {
  readonly logicalBlockBytes: Bytes;
  /** Largest request the device takes. */
  readonly maxHwSectors: Sectors;
  /** Largest request that is sent. */
  readonly maxSectors: Sectors;
  readonly maxSegments: number;
  readonly maxSegmentBytes: Bytes;
  /** Buffers of one request may leave no gap but at multiples of this; 0 = any gap will do. */
  readonly virtBoundaryBytes: Bytes;
  readonly maxDiscardSectors: Sectors;
  /** Ranges that one discard may have. */
  readonly maxDiscardSegments: number;
  readonly maxWriteZeroesSectors: Sectors;
  /** Largest copy the device takes (queue/copy_max_hw_bytes); 0 = it cannot copy. */
  readonly maxCopyHwSectors: Sectors;
  /** Largest copy that is sent (queue/copy_max_bytes); 0 = copies are not offloaded. */
  readonly maxCopySectors: Sectors;
  /** The device has a volatile write cache: a flush means something. */
  readonly writeCache: boolean;
}

/** The limits of a device that sits on two others: what both can take. */
export function stackLimits(a: Limits, b: Limits): Limits {
  return {
    logicalBlockBytes: Math.max(a.logicalBlockBytes, b.logicalBlockBytes),
    maxHwSectors: Math.min(a.maxHwSectors, b.maxHwSectors),
    maxSectors: Math.min(a.maxSectors, b.maxSectors),
    maxSegments: Math.min(a.maxSegments, b.maxSegments),
    maxSegmentBytes: Math.min(a.maxSegmentBytes, b.maxSegmentBytes),
    virtBoundaryBytes: Math.max(a.virtBoundaryBytes, b.virtBoundaryBytes),
    maxDiscardSectors: Math.min(a.maxDiscardSectors, b.maxDiscardSectors),
    maxDiscardSegments: Math.min(a.maxDiscardSegments, b.maxDiscardSegments),
    maxWriteZeroesSectors: Math.min(a.maxWriteZeroesSectors, b.maxWriteZeroesSectors),
    maxCopyHwSectors: Math.min(a.maxCopyHwSectors, b.maxCopyHwSectors),
    maxCopySectors: Math.min(a.maxCopySectors, b.maxCopySectors),
    writeCache: a.writeCache || b.writeCache,
  };
}
