/**
 * What is asked of a clone's copies when they are made, outside measured time: do the destinations
 * hold what the sources hold, and which way did the bytes of an offload go.
 */

import { closeSync, constants, openSync } from 'node:fs';
import type { JobPlan, RunPlan } from '../job/plan.ts';
import type { CopyNotes } from '../linux/clone-loop.ts';
import { CopyMap } from '../linux/copy-map.ts';
import { DeviceStat } from '../linux/device-stat.ts';
import { type RegionExtents, regionExtents } from '../linux/extents.ts';
import { inspect } from '../linux/inspect.ts';
import { judgeCopies, type PathVerdict, provenByCall } from '../linux/path-proof.ts';
import type { Syscalls } from '../linux/syscalls.ts';
import { differingBlocks } from '../linux/verify-copies.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { Slots } from '../workload/slots.ts';
import { rwMeaning } from '../job/rw.ts';
import type { CloneRegion } from './workload-spec.ts';

export interface CopiedFiles {
  readonly sourcePath: string;
  readonly destinationPath: string;
}

/** `verify=` counts blocks of this size, as a reader of the file would. */
const VERIFIED_BYTES = 4096;

export class RealCopies implements CopyNotes {
  private readonly files: CopiedFiles;
  private readonly map: CopyMap;
  private readonly syscalls: Syscalls | string;
  private readonly job: JobPlan;
  private readonly untouched: boolean;
  private readonly device: DeviceStat | null;
  private readonly writtenBefore: number | null;

  constructor(
    run: RunPlan,
    job: JobPlan,
    files: CopiedFiles,
    region: CloneRegion,
    slots: Slots,
    syscalls: Syscalls | string,
  ) {
    this.files = files;
    this.job = job;
    this.syscalls = syscalls;
    this.map = new CopyMap(slots, {
      offsetBytes: region.destOffsetBytes,
      sizeBytes: job.sizeBytes,
      rangeBytes: job.bsBytes.copy,
    });
    this.untouched = !othersWrite(run, job, files);
    // What waits to be written already would look like copied data.
    if (typeof syscalls !== 'string') withFile(files.sourcePath, (fd) => syscalls.fsync(fd));
    this.device = DeviceStat.of(files.destinationPath);
    this.writtenBefore = this.device?.read()?.writtenBytes ?? null;
  }

  ended(slot: number, doneBytes: number): void {
    this.map.ended(slot, doneBytes);
  }

  /**
   * Blocks that do not hold what their source holds; null: nobody can say. Throws TargetFailure.
   */
  errors(stopped: () => boolean): number | null {
    if (this.job.verify !== 'copy' || !this.untouched) return null;
    const { sourcePath, destinationPath } = this.files;
    return withFile(sourcePath, (sourceFd) =>
      withFile(destinationPath, (destinationFd) => {
        const { map } = this;
        const blockBytes = Math.min(VERIFIED_BYTES, this.job.bsBytes.copy);
        const request = { sourceFd, sourcePath, destinationFd, destinationPath, map, blockBytes };
        return differingBlocks(request, stopped);
      }),
    );
  }

  /** Of the bytes that went by offload. */
  verdict({ offloadBytes, emulationBytes, readWriteBytes }: Measurement): PathVerdict {
    if (offloadBytes === 0 || this.job.copyApi === 'ficlonerange') {
      return provenByCall(offloadBytes, 0);
    }
    const mixed = emulationBytes + readWriteBytes > 0;
    const regionBytes = this.map.coveredBytes;
    const { destinationPath } = this.files;
    // Ramp and loops: the region has seen more copies than were measured, or more than it is long.
    const copiedBytes = Math.max(offloadBytes, regionBytes);
    const verdict = judgeCopies({
      copiedBytes,
      regionBytes,
      fileSystem: inspect(destinationPath).fileSystem,
      extents: mixed ? null : this.extents(),
      untouched: this.untouched && !mixed,
      deviceWrittenBytes: this.deviceWrittenBytes(),
    });
    if (copiedBytes === offloadBytes || verdict.offloadBytes === null) return verdict;
    if (verdict.offloadBytes === copiedBytes) return { ...verdict, offloadBytes };
    if (verdict.offloadBytes === 0) return { ...verdict, emulationBytes: offloadBytes };
    return { offloadBytes: null, emulationBytes: null, proof: 'unproven' };
  }

  private extents(): RegionExtents | null {
    const { syscalls } = this;
    if (typeof syscalls === 'string') return null;
    return withFile(this.files.destinationPath, (fd) => {
      const sum = { sharedBytes: 0, ownBytes: 0, holeBytes: 0 };
      for (const { offsetBytes, bytes } of this.map.covered()) {
        const extents = regionExtents(syscalls, fd, offsetBytes, bytes);
        if (extents === null) return null;
        sum.sharedBytes += extents.sharedBytes;
        sum.ownBytes += extents.ownBytes;
        sum.holeBytes += extents.holeBytes;
      }
      return sum;
    });
  }

  private deviceWrittenBytes(): number | null {
    const { device, writtenBefore, syscalls } = this;
    if (device === null || writtenBefore === null || typeof syscalls === 'string') return null;
    if (withFile(this.files.destinationPath, (fd) => syscalls.syncfs(fd)) < 0) return null;
    const after = device.read();
    return after === null ? null : after.writtenBytes - writtenBefore;
  }
}

/** A job that may run beside this one: a stonewall begins another group. */
function othersWrite(run: RunPlan, job: JobPlan, files: CopiedFiles): boolean {
  const paths = [files.sourcePath, files.destinationPath];
  return run.jobs.some((other) => {
    if (other === job || other.group !== job.group || other.real === null) return false;
    const { access } = rwMeaning(other.rw);
    if (access === 'read') return false;
    const written = access === 'copy' ? other.real.destFiles : other.real.files;
    return written.some((path) => paths.includes(path));
  });
}

function withFile<T>(path: string, body: (fd: number) => T): T {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return body(fd);
  } finally {
    closeSync(fd);
  }
}
