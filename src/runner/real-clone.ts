/** One clone of a job on real files: opens what it needs, waits for the others, runs, tells. */

import { fstatSync } from 'node:fs';
import type { JobPlan, RealJobPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { cpusOfThread, pin } from '../linux/affinity.ts';
import { OutOfMemory } from '../linux/arena.ts';
import { fillBuffers } from '../linux/buffer-content.ts';
import { Clock } from '../linux/clock.ts';
import { type BatchSetting, CloneLoop } from '../linux/clone-loop.ts';
import { Control } from '../linux/control.ts';
import { Descriptors } from '../linux/descriptors.ts';
import { Attempts, EngineFailure } from '../linux/engine.ts';
import { SlotState } from '../linux/slot-state.ts';
import { Syncer } from '../linux/sync-policy.ts';
import { nodeSyncCalls } from '../linux/node-sync-calls.ts';
import { TargetFailure } from '../linux/target-failure.ts';
import { loadSyscalls, type Syscalls } from '../linux/syscalls.ts';
import { ThreadUsage } from '../linux/thread-usage.ts';
import { Account } from '../measure/account.ts';
import { present } from '../units/assert.ts';
import { COPY } from '../workload/slots.ts';
import { Workload } from '../workload/workload.ts';
import { RealCopies } from './real-copies.ts';
import { type OpenedEngine, openEngine, pathsFrom } from './real-engine.ts';
import { bufferBytes } from './real-memory.ts';
import type { CloneReport, CloneTask } from './real-task.ts';
import { regionOf, workloadSpec } from './workload-spec.ts';

export function runClone(task: CloneTask): CloneReport {
  const clone = new RealClone(task);
  try {
    return clone.run();
  } catch (error) {
    const known = [EngineFailure, OutOfMemory, TargetFailure].some((kind) => error instanceof kind);
    if (!known || !(error instanceof Error)) throw error;
    return clone.report(error.message);
  } finally {
    clone.close();
  }
}

class RealClone {
  private readonly task: CloneTask;
  private readonly job: JobPlan;
  private readonly real: RealJobPlan;
  private readonly control: Control;
  private readonly workload: Workload;
  private readonly attempts: Attempts;
  private readonly syscalls: Syscalls | string;
  private readonly descriptors = new Descriptors();
  private readonly usage: ThreadUsage;
  private began = false;
  private unpin: () => unknown = () => undefined;
  private opened: OpenedEngine | null = null;
  private copies: RealCopies | null = null;

  constructor(task: CloneTask) {
    this.task = task;
    this.job = present(task.run.jobs[task.job], 'a job for each clone');
    this.real = present(this.job.real, 'a job on real targets');
    this.control = new Control(task.control);
    const syscalls = loadSyscalls();
    const noting = this.control.belongings(task.place);
    this.syscalls = typeof syscalls === 'string' ? syscalls : noting.noting(syscalls);
    this.usage = new ThreadUsage(this.syscalls);
    const spec = workloadSpec(this.job, task.clone, task.run.repetition);
    // Nothing is charged to anybody here: a real device keeps its own books.
    const background = { source: new Account(), destination: new Account() };
    this.workload = new Workload(spec, background, (direction) =>
      this.control.latencies(task.place, direction),
    );
    this.attempts = new Attempts(spec.depth);
  }

  run(): CloneReport {
    this.pin();
    const [sourceFd, destinationFd] = this.open();
    const opened = this.engine(sourceFd, destinationFd);
    const loop = this.loop(destinationFd);
    this.control.readyAndWait();
    this.began = true;
    const { engine } = opened;
    if (engine.synchronous) loop.runSynchronous(engine);
    else loop.runAsynchronous(engine, batchOf(this.real));
    const usage = this.usage.since();
    if (this.workload.ramping) this.workload.forget();
    this.closeEngine();
    const failure = loop.failure === null ? null : `${loop.failure}; ${this.names()}`;
    return { ...this.report(failure), usage, copies: this.copies?.made ?? null };
  }

  report(failure: string | null): CloneReport {
    const { workload } = this;
    return {
      kind: 'ran',
      failure,
      measuredFromNs: workload.measuredFromNs,
      endedNs: workload.endedNs,
      measurements: this.began
        ? workload.measurements.map((measurement) => measurement?.data ?? null)
        : [],
      usage: null,
      copies: null,
    };
  }

  close(): void {
    this.closeEngine();
    this.descriptors.close();
    this.usage.close();
    this.unpin();
  }

  private closeEngine(): void {
    this.opened?.close();
    this.opened = null;
  }

  private pin(): void {
    const { syscalls } = this;
    const { cpusAllowed } = this.job;
    if (cpusAllowed === null) return;
    if (typeof syscalls === 'string') throw new EngineFailure(`cpus_allowed: ${syscalls}`);
    const before = cpusOfThread(syscalls);
    const problem = pin(syscalls, cpusAllowed);
    if (problem !== null) throw new EngineFailure(problem);
    // The thread will serve other jobs, which may run anywhere.
    this.unpin = () => pin(syscalls, before);
  }

  /** Of what is read, and of what is written: mostly one and the same. */
  private open(): [number, number] {
    if (this.real.engine === 'null') return [-1, -1];
    const { clone } = this.task;
    const path = present(this.real.files[clone], 'a file for each clone');
    const destPath = present(this.real.destFiles[clone], 'a destination for each clone');
    const { access } = rwMeaning(this.job.rw);
    const copies = access === 'copy';
    const sourceFd = this.openFile(path, access !== 'read' && (!copies || path === destPath));
    if (!copies || path === destPath) return [sourceFd, sourceFd];
    return [sourceFd, this.openFile(destPath, true)];
  }

  private openFile(path: string, writes: boolean): number {
    return this.descriptors.openFile(path, { writes, direct: this.real.direct, exclusive: false });
  }

  private engine(sourceFd: number, destinationFd: number): OpenedEngine {
    const { job, real, workload } = this;
    const copies = rwMeaning(job.rw).access === 'copy';
    const paths = copies ? pathsFrom(job.path, real.engine) : [];
    const opened = openEngine(
      {
        real,
        slots: workload.slots,
        attempts: this.attempts,
        bufferBytes: bufferBytes(job),
        copyApi: job.copyApi === 'ficlonerange' ? 'ficlonerange' : 'copy_file_range',
        paths: job.fallback === 'never' ? paths.slice(0, 1) : paths,
        sourceFd,
        destinationFd,
        sourceBytes: this.sizeOf(sourceFd, real.files),
        destinationBytes: this.sizeOf(destinationFd, real.destFiles),
        writes: rwMeaning(job.rw).access !== 'read',
      },
      this.syscalls,
    );
    this.opened = opened;
    fillBuffers(opened.buffers, real.bufferPattern, job.seed + this.task.clone);
    return opened;
  }

  private loop(destinationFd: number): CloneLoop {
    const { attempts, control, job, real, task, workload } = this;
    const copies = rwMeaning(job.rw).access === 'copy' && real.engine !== 'null';
    const policy = { paths: pathsFrom(job.path, real.engine), fallback: job.fallback };
    const measurement = copies ? workload.measurement(COPY) : null;
    if (copies) this.copies = this.watchCopies();
    const syscalls = typeof this.syscalls === 'string' ? nodeSyncCalls : this.syscalls;
    return new CloneLoop({
      workload,
      attempts,
      state: new SlotState(workload.slots, attempts, policy, measurement),
      syncer: new Syncer(syscalls, destinationFd, real),
      clock: new Clock(task.origin),
      control,
      clone: task.place,
      continueOnError: job.continueOnError,
      measuring: () => this.usage.begin(),
      copies: this.copies,
    });
  }

  private watchCopies(): RealCopies {
    const { job, real, task, workload } = this;
    const files = { source: this.path(real.files), destination: this.path(real.destFiles) };
    const region = regionOf(job, task.clone);
    return new RealCopies(job, files, region, workload.slots, this.syscalls);
  }

  /** The inode of a block device says 0. */
  private sizeOf(fd: number, paths: readonly string[]): number {
    if (fd < 0) return 0;
    const path = this.path(paths);
    const target = this.task.run.targets.find((candidate) => candidate.path === path);
    return target?.kind === 'block' ? target.foundBytes : fstatSync(fd).size;
  }

  /** Of the files, for whoever reads what failed. */
  private names(): string {
    const [from, to] = [this.path(this.real.files), this.path(this.real.destFiles)];
    return from === to ? from : `${from} to ${to}`;
  }

  private path(paths: readonly string[]): string {
    return present(paths[this.task.clone], 'a path for each clone');
  }
}

function batchOf({ batch, batchCompleteMin, batchCompleteMax, stamps }: RealJobPlan): BatchSetting {
  return { batch, completeMin: batchCompleteMin, completeMax: batchCompleteMax, stamps };
}
