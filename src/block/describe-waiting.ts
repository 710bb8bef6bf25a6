/** What of a device's requests is not done, for the message of a world that hangs. */

import { operationName } from './operation.ts';
import type { HardwareQueue } from './hardware-queue.ts';
import type { Request } from './request.ts';
import type { RequestQueue } from './request-queue.ts';

/** `why`: what the device knows of a request that waits for it; null: nothing. */
export function describeWaiting(
  queue: RequestQueue,
  why: (waiting: Request) => string | null,
): string | null {
  const sent = queue.hardwareQueues.flatMap((hardwareQueue) => hardwareQueue.sent);
  const parts: string[] = [];
  const [first] = sent;
  if (first !== undefined) {
    const oldest = sent.reduce((old, request) => (request.sentNs < old.sentNs ? request : old));
    const which = `${describe(oldest)}, sent at ${oldest.sentNs} ns`;
    parts.push(`${sent.length} out at the device, the oldest ${which}`);
  }
  const line = queue.hardwareQueues.find(({ hasWaiting }) => hasWaiting);
  const waiting = line?.waiting ?? null;
  if (line !== undefined && waiting !== null) {
    const reason = why(waiting);
    const known = reason === null ? '' : `: ${reason}`;
    parts.push(`${describe(waiting)} waits ${waitsFor(line)}${known}`);
  }
  return parts.length === 0 ? null : parts.join('; ');
}

function waitsFor({ stopped, tags }: HardwareQueue): string {
  if (stopped) return 'until the driver takes more';
  return tags.free === 0 ? 'for a tag' : 'for its turn';
}

/** As blktrace does: sector + sectors. */
function describe({ operation, sector, dataSectors }: Request): string {
  return `${operationName(operation)} ${sector}+${dataSectors}`;
}
