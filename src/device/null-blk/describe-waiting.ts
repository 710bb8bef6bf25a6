/** What is out at a null_blk device or waits for it, for the message of a world that hangs. */

import { operationName } from '../../block/operation.ts';
import type { Request } from '../../block/request.ts';
import type { RequestQueue } from '../../block/request-queue.ts';
import type { Throttle } from './throttle.ts';

export function describeWaiting(queue: RequestQueue, throttle: Throttle | null): string | null {
  const parts: string[] = [];
  for (const hardwareQueue of queue.hardwareQueues) {
    const out = hardwareQueue.requests.find((request) => request !== null) ?? null;
    if (out !== null) parts.push(`${hardwareQueue.inFlight} at the device, as ${describe(out)}`);
    const { waiting } = hardwareQueue;
    if (waiting === null) continue;
    const why = throttle?.neverAdmits(waiting) ?? null;
    parts.push(`waiting: ${describe(waiting)}${why === null ? '' : ` (${why})`}`);
  }
  return parts.length === 0 ? null : `${queue.name}: ${parts.join('; ')}`;
}

function describe(request: Request): string {
  return `${operationName(request.operation)} ${request.sector}+${request.first.sizeSectors}`;
}
