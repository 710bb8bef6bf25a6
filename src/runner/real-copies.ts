/** What a clone's copies leave for whoever checks them: where each came from. */

import type { JobPlan } from '../job/plan.ts';
import type { CopyNotes } from '../linux/clone-loop.ts';
import { type Copied, CopyMap } from '../linux/copy-map.ts';
import { DeviceStat } from '../linux/device-stat.ts';
import type { Syscalls } from '../linux/syscalls.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Slots } from '../workload/slots.ts';
import { withFile } from './real-files.ts';
import type { CloneRegion } from './workload-spec.ts';

/** Plain data; the sources are in memory that threads share. */
export interface CopiesMade extends Copied {
  /** By the destination's device, before the first copy; null: nothing tells. */
  readonly writtenBeforeBytes: Bytes | null;
}

export class RealCopies implements CopyNotes {
  private readonly map: CopyMap;
  private readonly writtenBeforeBytes: Bytes | null;

  /** Throws TargetFailure. */
  constructor(
    job: JobPlan,
    files: { readonly source: string; readonly destination: string },
    region: CloneRegion,
    slots: Slots,
    syscalls: Syscalls | string,
  ) {
    this.map = new CopyMap(slots, {
      offsetBytes: region.destOffsetBytes,
      sizeBytes: job.sizeBytes,
      rangeBytes: job.bsBytes.copy,
    });
    // What waits to be written already would look like copied data.
    if (typeof syscalls !== 'string') withFile(files.source, (fd) => syscalls.fsync(fd));
    const device = withFile(files.destination, () => DeviceStat.of(files.destination));
    this.writtenBeforeBytes = device?.read()?.writtenBytes ?? null;
  }

  ended(slot: number, doneBytes: number): void {
    this.map.ended(slot, doneBytes);
  }

  get made(): CopiesMade {
    const { region, sources } = this.map;
    return { region, sources, writtenBeforeBytes: this.writtenBeforeBytes };
  }
}
