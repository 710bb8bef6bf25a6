/** Why a job of a world did not end well, as the record tells it. */

import type { Failure as IoFailure } from '../engine/job-process.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import { errnoOf, statusName } from '../workload/status.ts';

/** An I/O that failed; or the world that did, in a sentence. */
export type Failure = IoFailure | string;

/** `EIO (IOERR): copy of 65536 bytes at 1048576` */
export function failureText(failure: Failure): string {
  if (typeof failure === 'string') return failure;
  const direction = SLOT_DIRECTIONS[failure.direction] ?? 'I/O';
  const what = `${direction} of ${failure.lengthBytes} bytes at ${failure.offsetBytes}`;
  return `${errnoOf(failure.status)} (BLK_STS_${statusName(failure.status)}): ${what}`;
}
