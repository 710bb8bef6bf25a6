/**
 * What is asked of copies when nobody is measured any more: do the destinations hold what the
 * sources hold, and which way did the bytes of an offload go.
 */

import type { JobPlan, RunPlan } from '../job/plan.ts';
import { Control } from '../linux/control.ts';
import { coveredBytes, stretches } from '../linux/copy-map.ts';
import { DeviceStat } from '../linux/device-stat.ts';
import { type RegionExtents, regionExtents } from '../linux/extents.ts';
import { mountOf } from '../linux/mounts.ts';
import { judgeCopies, type PathVerdict, provenByCall, UNPROVEN } from '../linux/path-proof.ts';
import { loadSyscalls } from '../linux/syscalls.ts';
import { TargetFailure } from '../linux/target-failure.ts';
import { differingBlocks } from '../linux/verify-copies.ts';
import { present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { withFile } from './real-files.ts';
import type { CheckReport, CheckTask } from './real-task.ts';

/** `verify=` counts blocks of this size, as a reader of the file would. */
const VERIFIED_BYTES = 4096;

export function checkCopies(task: CheckTask): CheckReport {
  const check = new Check(task);
  let proof: PathVerdict | null = null;
  try {
    proof = check.verdict();
    const verifyErrors = check.errors();
    // Of bytes that are not there nobody can say which way they came.
    if (verifyErrors !== null && verifyErrors > 0 && proof.proof !== 'call') proof = UNPROVEN;
    return { kind: 'checked', proof, verifyErrors, problem: null };
  } catch (error) {
    if (!(error instanceof TargetFailure)) throw error;
    return { kind: 'checked', proof, verifyErrors: null, problem: error.message };
  }
}

class Check {
  private readonly task: CheckTask;
  private readonly job: JobPlan;
  private readonly source: string;
  private readonly destination: string;
  private readonly coveredBytes: Bytes;
  private readonly syscalls = loadSyscalls();

  constructor(task: CheckTask) {
    this.task = task;
    this.job = present(task.run.jobs[task.job], 'a job for each check');
    const real = present(this.job.real, 'a job on real targets');
    this.source = present(real.files[task.clone], 'a file for each clone');
    this.destination = present(real.destFiles[task.clone], 'a destination for each clone');
    this.coveredBytes = coveredBytes(task.made);
  }

  /** Blocks that do not hold what their source holds; null: nobody can say. */
  errors(): number | null {
    const { job, source, destination, task } = this;
    if (job.verify !== 'copy' || task.touched || this.coveredBytes === 0) return null;
    const control = new Control(task.control);
    return withFile(source, (sourceFd) =>
      withFile(destination, (destinationFd) =>
        differingBlocks(
          {
            sourceFd,
            sourcePath: source,
            destinationFd,
            destinationPath: destination,
            map: task.made,
            blockBytes: Math.min(VERIFIED_BYTES, job.bsBytes.copy),
          },
          () => control.stopped,
        ),
      ),
    );
  }

  /** Of the bytes that went by offload. */
  verdict(): PathVerdict {
    const { job, task, destination } = this;
    const { offloadBytes, emulationBytes, readWriteBytes } = task.copied;
    if (offloadBytes === 0 || job.copyApi === 'ficlonerange') return provenByCall(offloadBytes, 0);
    const mixed = emulationBytes + readWriteBytes > 0;
    // Ramp and loops: the region has seen more copies than were measured, or more than it is long.
    const copiedBytes = Math.max(offloadBytes, this.coveredBytes);
    const verdict = judgeCopies({
      copiedBytes,
      regionBytes: this.coveredBytes,
      fileSystem: mountOf(destination)?.fileSystem ?? null,
      extents: mixed ? null : this.extents(),
      untouched: !task.touched && !mixed,
      deviceWrittenBytes: aloneIn(task.run) ? this.deviceWrittenBytes() : null,
    });
    if (copiedBytes === offloadBytes || verdict.offloadBytes === null) return verdict;
    if (verdict.offloadBytes === copiedBytes) return { ...verdict, offloadBytes };
    if (verdict.offloadBytes === 0) return { ...verdict, emulationBytes: offloadBytes };
    return UNPROVEN;
  }

  private extents(): RegionExtents | null {
    const { syscalls } = this;
    if (typeof syscalls === 'string') return null;
    return withFile(this.destination, (fd) => {
      const sum = { sharedBytes: 0, ownBytes: 0, holeBytes: 0 };
      for (const { offsetBytes, bytes } of stretches(this.task.made)) {
        const extents = regionExtents(syscalls, fd, offsetBytes, bytes);
        if (extents === null) return null;
        sum.sharedBytes += extents.sharedBytes;
        sum.ownBytes += extents.ownBytes;
        sum.holeBytes += extents.holeBytes;
      }
      return sum;
    });
  }

  private deviceWrittenBytes(): Bytes | null {
    const { destination, syscalls } = this;
    const before = this.task.made.writtenBeforeBytes;
    if (before === null || typeof syscalls === 'string') return null;
    return withFile(destination, (fd) => {
      if (syscalls.syncfs(fd) < 0) return null;
      const after = DeviceStat.of(destination)?.read() ?? null;
      return after === null ? null : after.writtenBytes - before;
    });
  }
}

/** A device counts what everybody writes: beside another clone it tells nothing of one. */
function aloneIn({ jobs }: RunPlan): boolean {
  return jobs.reduce((sum, { numjobs }) => sum + numjobs, 0) === 1;
}
