/** What of a namespace's requests is not done, for the message of a world that hangs. */

import { operationName } from '../../block/operation.ts';
import type { Request } from '../../block/request.ts';
import type { RequestQueue } from '../../block/request-queue.ts';

export function describeWaiting(queue: RequestQueue): string | null {
  let out = 0;
  let oldest: Request | null = null;
  let waiting: Request | null = null;
  for (const hardwareQueue of queue.hardwareQueues) {
    waiting ??= hardwareQueue.waiting;
    for (const request of hardwareQueue.requests) {
      if (request === null) continue;
      out += 1;
      if (oldest === null || request.sentNs < oldest.sentNs) oldest = request;
    }
  }
  const lines: string[] = [];
  if (oldest !== null) {
    lines.push(`${out} requests out at the controller, the oldest ${describe(oldest)}`);
  }
  if (waiting !== null) lines.push(`${describe(waiting)} waits for a tag`);
  return lines.length === 0 ? null : lines.join('; ');
}

function describe(request: Request): string {
  const { operation, sector, dataSectors, sentNs } = request;
  const since = sentNs >= 0 ? `, sent at ${sentNs} ns` : '';
  return `${operationName(operation)} of ${dataSectors} sectors at ${sector}${since}`;
}
