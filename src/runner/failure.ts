/** Why a job of a world did not end well, as the record tells it. */

import type { Failure as IoFailure } from '../engine/process-options.ts';
import type { JobPlan } from '../job/plan.ts';
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

/** Where a job has several files, with the device that failed. */
export function inFile(failure: Failure, plan: JobPlan): Failure {
  if (typeof failure === 'string' || plan.files === null) return failure;
  return `${failureText(failure)}; ${plan.files.each[failure.file]?.device ?? 'a device'}`;
}
