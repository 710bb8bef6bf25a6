/**
 * What is asked of copies when nobody is measured any more: do the destinations hold what the
 * sources hold, and which way did the bytes of an offload go.
 */

import type { JobPlan, RunPlan } from '../job/plan.ts';
import { smallestBytes } from '../job/sizes.ts';
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
import { type FilePaths, pathsOfClone } from './clone-files.ts';
import type { CopiesMade } from './real-copies.ts';
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

/** The copies made in one of the job's files. */
interface FileCheck extends FilePaths {
  readonly made: CopiesMade;
}

class Check {
  private readonly task: CheckTask;
  private readonly job: JobPlan;
  private readonly files: readonly FileCheck[];
  private readonly coveredBytes: Bytes;
  private readonly syscalls = loadSyscalls();

  constructor(task: CheckTask) {
    this.task = task;
    this.job = present(task.run.jobs[task.job], 'a job for each check');
    const real = present(this.job.real, 'a job on real targets');
    const paths = pathsOfClone(real, task.clone);
    this.files = task.made.map((made) => {
      return { ...present(paths[made.file], 'paths of each file'), made };
    });
    this.coveredBytes = sumOf(this.files, ({ made }) => coveredBytes(made)) ?? 0;
  }

  /** Blocks that do not hold what their source holds; null: nobody can say. */
  errors(): number | null {
    const { job, task } = this;
    if (job.verify !== 'copy' || task.touched || this.coveredBytes === 0) return null;
    const control = new Control(task.control);
    return sumOf(this.files, ({ source, destination, made }) =>
      withFile(source, (sourceFd) =>
        withFile(destination, (destinationFd) =>
          differingBlocks(
            {
              sourceFd,
              sourcePath: source,
              destinationFd,
              destinationPath: destination,
              map: made,
              blockBytes: Math.min(VERIFIED_BYTES, smallestBytes(job, 'copy')),
            },
            () => control.stopped,
          ),
        ),
      ),
    );
  }

  /** Of the bytes that went by offload, in all files together. */
  verdict(): PathVerdict {
    const { job, task } = this;
    const { offloadBytes, emulationBytes, readWriteBytes } = task.copied;
    if (offloadBytes === 0 || job.copyApi === 'ficlonerange') return provenByCall(offloadBytes, 0);
    const mixed = emulationBytes + readWriteBytes > 0;
    // Ramp and loops: the region has seen more copies than were measured, or more than it is long.
    const copiedBytes = Math.max(offloadBytes, this.coveredBytes);
    const verdict = judgeCopies({
      copiedBytes,
      regionBytes: this.coveredBytes,
      fileSystem: this.fileSystem(),
      extents: mixed ? null : this.extents(),
      untouched: !task.touched && !mixed,
      deviceWrittenBytes: aloneIn(task.run) ? this.deviceWrittenBytes() : null,
    });
    if (copiedBytes === offloadBytes || verdict.offloadBytes === null) return verdict;
    if (verdict.offloadBytes === copiedBytes) return { ...verdict, offloadBytes };
    if (verdict.offloadBytes === 0) return { ...verdict, emulationBytes: offloadBytes };
    return UNPROVEN;
  }

  /** null: the destinations lie on several. */
  private fileSystem(): string | null {
    const names = new Set(
      this.files.map(({ destination }) => mountOf(destination)?.fileSystem ?? null),
    );
    const [name = null] = names;
    return names.size === 1 ? name : null;
  }

  private extents(): RegionExtents | null {
    const { syscalls } = this;
    if (typeof syscalls === 'string') return null;
    const sum = { sharedBytes: 0, ownBytes: 0, holeBytes: 0 };
    for (const { destination, made } of this.files) {
      const told = withFile(destination, (fd) => {
        for (const { offsetBytes, bytes } of stretches(made)) {
          const extents = regionExtents(syscalls, fd, offsetBytes, bytes);
          if (extents === null) return false;
          sum.sharedBytes += extents.sharedBytes;
          sum.ownBytes += extents.ownBytes;
          sum.holeBytes += extents.holeBytes;
        }
        return true;
      });
      if (!told) return null;
    }
    return sum;
  }

  /** null: nothing tells, or the destinations lie on several devices. */
  private deviceWrittenBytes(): Bytes | null {
    const { files, syscalls } = this;
    const last = files.at(-1);
    const before = last?.made.writtenBeforeBytes ?? null;
    if (last === undefined || before === null || typeof syscalls === 'string') return null;
    const device = DeviceStat.of(last.destination);
    const names = files.map(({ destination }) => DeviceStat.of(destination)?.names.join(' '));
    if (device === null || new Set(names).size > 1) return null;
    for (const { destination } of files) {
      if (withFile(destination, (fd) => syscalls.syncfs(fd)) < 0) return null;
    }
    const after = device.read();
    return after === null ? null : after.writtenBytes - before;
  }
}

/** null: of some of them nobody can say. */
function sumOf<T>(items: readonly T[], of: (item: T) => number | null): number | null {
  let sum = 0;
  for (const item of items) {
    const part = of(item);
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

/** A device counts what everybody writes: beside another clone it tells nothing of one. */
function aloneIn({ jobs }: RunPlan): boolean {
  return jobs.reduce((sum, { numjobs }) => sum + numjobs, 0) === 1;
}
