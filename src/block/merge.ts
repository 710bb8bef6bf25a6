/**
 * Merging a bio into a request that still waits in the plug: blk_attempt_bio_merge of
 * block/blk-merge.c for reads and writes (adjacent sectors, same operation, within the limits),
 * for discards where a device takes several ranges (bio_attempt_discard_merge), and bio-pair.ts for
 * copies.
 *
 * Left out: merging in the scheduler (`none` is the scheduler here), adjacent discards where a
 * device takes one range, front merges of a request that was sent.
 */

import { SECTOR_SHIFT } from '../units/quantity.ts';
import type { Bio } from './bio.ts';
import { mergeCopySource } from './bio-pair.ts';
import type { Limits } from './limits.ts';
import { carriesData, Operation } from './operation.ts';
import type { Request } from './request.ts';
import { segmentsOf } from './split.ts';

/**
 * `failed`: a copy source that found the wrong destination; it goes on alone and the driver fails
 * it.
 */
export type MergeResult = 'none' | 'back' | 'front' | 'failed';

export const tryMerge = (request: Request, bio: Bio, limits: Limits): MergeResult => {
  if (bio.operation === Operation.COPY_SRC) return mergeCopySource(request, bio);
  if (bio.operation === Operation.DISCARD) return mergeDiscard(request, bio, limits);
  if (!carriesData(bio.operation)) return 'none';
  if (request.operation !== bio.operation || request.fua !== bio.fua) return 'none';
  const segments = request.segments + segmentsOf(bio.address, bio.sizeSectors);
  if (segments > limits.maxSegments) return 'none';
  if (request.dataSectors + bio.sizeSectors > limits.maxSectors) return 'none';
  if (request.sector + request.dataSectors === bio.sector) {
    if (gap(request.last, bio, limits)) return 'none';
    request.last.next = bio;
    request.last = bio;
  } else if (bio.sector + bio.sizeSectors === request.sector) {
    if (gap(bio, request.first, limits)) return 'none';
    bio.next = request.first;
    request.first = bio;
    request.sector = bio.sector;
    request.segments = segments;
    request.dataSectors += bio.sizeSectors;
    return 'front';
  } else {
    return 'none';
  }
  request.segments = segments;
  request.dataSectors += bio.sizeSectors;
  return 'back';
};

/** Ranges need not be adjacent. */
function mergeDiscard(request: Request, bio: Bio, limits: Limits): MergeResult {
  if (request.operation !== Operation.DISCARD) return 'none';
  if (request.segments >= limits.maxDiscardSegments) return 'none';
  if (request.dataSectors + bio.sizeSectors > limits.maxDiscardSectors) return 'none';
  request.last.next = bio;
  request.last = bio;
  request.segments += 1;
  request.dataSectors += bio.sizeSectors;
  return 'back';
}

/**
 * Whether two buffers after each other leave a gap that the device cannot take (bvec_gap_to_prev).
 */
function gap(front: Bio, back: Bio, limits: Limits): boolean {
  const boundary = limits.virtBoundaryBytes;
  if (boundary === 0) return false;
  const end = front.address + (front.sizeSectors << SECTOR_SHIFT);
  return end % boundary !== 0 || back.address % boundary !== 0;
}
