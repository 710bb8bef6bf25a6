/**
 * `copy_api=bio-pair`: how an offloaded copy travels in Shetty's series v13–v20. A bio COPY_DST and
 * a bio COPY_SRC of the same size become one request by merging in the task's plug
 * (ELEVATOR_COPY_OFFLOAD_MERGE; since v19 the destination comes first). A driver takes only a whole
 * pair; a lone bio is an I/O error.
 *
 * v20's own bugs are left out here: an error that copy_file_range turns into 0 bytes, and an
 * emulation that over-reports (see copy-emulation.ts). They come as variants by `version=`, named.
 */

import { Status } from '../workload/status.ts';
import type { Bio } from './bio.ts';
import type { MergeResult } from './merge.ts';
import { Operation } from './operation.ts';
import type { Request } from './request.ts';

/** One destination and one source. */
export const COPY_SEGMENTS = 2;

/** blk_copy_offload_attempt_merge (v20): the source joins the destination that waits for it. */
export function mergeCopySource(request: Request, bio: Bio): MergeResult {
  if (request.operation !== Operation.COPY_DST || request.segments !== 1) return 'none';
  if (request.dataSectors !== bio.sizeSectors) return 'failed';
  request.last.next = bio;
  request.last = bio;
  request.segments = COPY_SEGMENTS;
  // As v20: __data_len becomes 2 L, so what meters a request by its bytes charges a copy twice.
  request.dataSectors += bio.sizeSectors;
  return 'back';
}

/** The driver's check: whether a copy request is a whole pair. */
export function checkCopyPair(request: Request): Status {
  const destination = request.first;
  const source = destination.next;
  const whole =
    request.operation === Operation.COPY_DST &&
    request.segments === COPY_SEGMENTS &&
    source !== null &&
    source.operation === Operation.COPY_SRC &&
    source.sizeSectors === destination.sizeSectors;
  return whole ? Status.OK : Status.IOERR;
}
