/**
 * The queue limits of a null_blk device: null_add_dev of drivers/block/null_blk/main.c on top of
 * the block layer's defaults (blk_validate_limits), as the recorded /sys/block/d0/queue has it.
 */

import { type Limits, MAX_SECTORS_CAP } from '../../block/limits.ts';
import { PAGE_BYTES, SECTOR_BYTES, type Sectors } from '../../units/quantity.ts';
import type { NullBlkConfig } from './config.ts';

/** BLK_SAFE_MAX_SECTORS */
const SAFE_MAX_SECTORS: Sectors = 255;
/** BLK_MAX_SEGMENTS */
const MAX_SEGMENTS = 128;
/** BLK_MAX_SEGMENT_SIZE */
const MAX_SEGMENT_BYTES = 65_536;
/** UINT_MAX >> 9 */
const MAX_DISCARD_SECTORS: Sectors = 8_388_607;

export function nullBlkLimits(config: NullBlkConfig): Limits {
  const blockSectors = config.blockBytes / SECTOR_BYTES;
  const whole = (sectors: Sectors): Sectors => sectors - (sectors % blockSectors);
  const maxHwSectors = whole(config.maxSectors === 0 ? SAFE_MAX_SECTORS : config.maxSectors);
  const maxCopySectors = whole(Math.floor(config.copyMaxBytes / SECTOR_BYTES));
  return {
    logicalBlockBytes: config.blockBytes,
    maxHwSectors,
    maxSectors: whole(Math.min(maxHwSectors, MAX_SECTORS_CAP)),
    maxSegments: MAX_SEGMENTS,
    maxSegmentBytes: MAX_SEGMENT_BYTES,
    virtBoundaryBytes: config.virtBoundary ? PAGE_BYTES : 0,
    maxDiscardSectors: config.discard ? whole(MAX_DISCARD_SECTORS) : 0,
    maxDiscardSegments: 1,
    maxWriteZeroesSectors: 0,
    maxCopyHwSectors: maxCopySectors,
    maxCopySectors,
    writeCache: config.cacheBytes > 0,
  };
}
