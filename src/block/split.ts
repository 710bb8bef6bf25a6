/**
 * Splitting by limits: __bio_split_to_limits of block/blk-merge.c. A copy bio is never split (v20:
 * one larger than max_copy_sectors ends with EIO, so the caller must chunk).
 *
 * Left out: chunk_sectors, discard granularity, segments longer than a page (pages are not
 * adjacent).
 */

import { PAGE_BYTES, SECTOR_SHIFT, type Sectors } from '../units/quantity.ts';
import type { Bio } from './bio.ts';
import type { Limits } from './limits.ts';
import { carriesData, Operation } from './operation.ts';

/** Pages that a buffer at this address touches: its segments. */
export const segmentsOf = (address: number, sizeSectors: Sectors): number => {
  const offset = address & (PAGE_BYTES - 1);
  // Eight sectors a page.
  return (((offset + 511) >> SECTOR_SHIFT) + sizeSectors + 7) >> 3;
};

/** How many sectors the first piece takes: all of the bio, or as many as the limits let through. */
export const firstPieceSectors = (bio: Bio, limits: Limits): Sectors => {
  const size = bio.sizeSectors;
  const operation = bio.operation;
  if (carriesData(operation)) {
    if (size <= limits.maxSectors && size <= (limits.maxSegments - 1) << 3) return size;
    return Math.min(size, dataPieceSectors(bio.address, limits));
  }
  if (operation === Operation.DISCARD) return Math.min(size, limits.maxDiscardSectors);
  if (operation === Operation.WRITE_ZEROES) return Math.min(size, limits.maxWriteZeroesSectors);
  return size;
};

/**
 * The largest piece that both max_sectors and max_segments let through, in whole logical blocks.
 */
function dataPieceSectors(address: number, limits: Limits): Sectors {
  const offset = address & (PAGE_BYTES - 1);
  const segmentSectors = (limits.maxSegments * PAGE_BYTES - offset) >> SECTOR_SHIFT;
  const sectors = Math.min(limits.maxSectors, segmentSectors);
  const blockSectors = limits.logicalBlockBytes >> SECTOR_SHIFT;
  return sectors - (sectors % blockSectors);
}
