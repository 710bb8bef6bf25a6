/** Rows of what a device did and no job caused: no figure shows them. */

import type { Row } from './columns.ts';

/** Before the name of the device, in the column `job`. */
const PREFIX = 'background:';

/** The job of such a row: `background:nvme0n1`. */
export function backgroundJob(device: string): string {
  return `${PREFIX}${device}`;
}

export function isBackground({ job }: Row): boolean {
  return String(job).startsWith(PREFIX);
}
