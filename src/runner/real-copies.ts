/** What a clone's copies leave for whoever checks them: where each came from. */

import type { JobPlan } from '../job/plan.ts';
import { smallestBytes } from '../job/sizes.ts';
import type { CopyNotes } from '../linux/clone-loop.ts';
import { type Copied, CopyMap } from '../linux/copy-map.ts';
import { DeviceStat } from '../linux/device-stat.ts';
import type { Syscalls } from '../linux/syscalls.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Slots } from '../workload/slots.ts';
import type { FilePaths } from './clone-files.ts';
import { withFile } from './real-files.ts';
import type { CloneRegion } from './workload-spec.ts';

/** In one of the job's files. Plain data; the sources are in memory that threads share. */
export interface CopiesMade extends Copied {
  readonly file: number;
  /** By the destination's device, before the first copy; null: nothing tells. */
  readonly writtenBeforeBytes: Bytes | null;
}

export class RealCopies implements CopyNotes {
  /** Of each slot, its file. */
  private readonly file: Uint16Array;
  private readonly maps: readonly CopyMap[];
  private readonly writtenBeforeBytes: readonly (Bytes | null)[];

  /** By file. Throws TargetFailure. */
  constructor(
    job: JobPlan,
    files: readonly FilePaths[],
    regions: readonly CloneRegion[],
    slots: Slots,
    syscalls: Syscalls | string,
  ) {
    this.file = slots.file;
    this.maps = regions.map(
      ({ destOffsetBytes, sizeBytes }) =>
        new CopyMap(slots, {
          offsetBytes: destOffsetBytes,
          sizeBytes,
          pieceBytes: smallestBytes(job, 'copy'),
        }),
    );
    for (const { source } of files) {
      // What waits to be written already would look like copied data.
      if (typeof syscalls !== 'string') withFile(source, (fd) => syscalls.fsync(fd));
    }
    this.writtenBeforeBytes = files.map(({ destination }) => {
      const device = withFile(destination, () => DeviceStat.of(destination));
      return device?.read()?.writtenBytes ?? null;
    });
  }

  ended(slot: number, doneBytes: number): void {
    this.maps[this.file[slot] ?? 0]?.ended(slot, doneBytes);
  }

  /** By file. */
  get made(): readonly CopiesMade[] {
    return this.maps.map(({ region, sources }, file) => {
      return { file, region, sources, writtenBeforeBytes: this.writtenBeforeBytes[file] ?? null };
    });
  }
}
