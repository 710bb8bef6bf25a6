/** One clone of a job on real files: opens what it needs, waits for the others, runs, tells. */

import { accessOfPlan } from '../job/measured.ts';
import type { JobPlan, RealJobPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { cpusOfThread, pin } from '../linux/affinity.ts';
import { OutOfMemory } from '../linux/arena.ts';
import type { BufferWork } from '../linux/buffer-work.ts';
import { Clock } from '../linux/clock.ts';
import { type BatchSetting, CloneLoop } from '../linux/clone-loop.ts';
import { Control } from '../linux/control.ts';
import { Descriptors } from '../linux/descriptors.ts';
import { Attempts, EngineFailure } from '../linux/engine.ts';
import type { SlotFiles } from '../linux/slot-files.ts';
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
import { CloneLogSender } from './clone-log-sender.ts';
import { type FilePaths, namesOf, openFiles, pathsOfClone } from './clone-files.ts';
import { RealCopies } from './real-copies.ts';
import { type OpenedEngine, openEngine, pathsFrom } from './real-engine.ts';
import { bufferWork } from './real-contents.ts';
import { bufferBytes } from './real-memory.ts';
import type { CloneReport, CloneTask } from './real-task.ts';
import { realFlow } from './real-flow.ts';
import { startDelayNs } from './start-delay.ts';
import { steadyGroup } from './ends-spec.ts';
import { regionsOf, workloadSpec } from './workload-spec.ts';

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
  /** By file. */
  private readonly paths: readonly FilePaths[];
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
  private buffers: BufferWork | null = null;
  private readonly log: CloneLogSender | null;

  constructor(task: CloneTask) {
    this.task = task;
    this.job = present(task.run.jobs[task.job], 'a job for each clone');
    this.real = present(this.job.real, 'a job on real targets');
    this.paths = pathsOfClone(this.real, task.clone);
    this.control = new Control(task.control);
    const syscalls = loadSyscalls();
    const noting = this.control.belongings(task.place);
    this.syscalls = typeof syscalls === 'string' ? syscalls : noting.noting(syscalls);
    this.usage = new ThreadUsage(this.syscalls);
    const spec = workloadSpec(this.job, task.clone, task.run.repetition);
    // Nothing is charged to anybody here: a real device keeps its own books.
    const background = { source: new Account(), destination: new Account() };
    this.workload = new Workload(
      spec,
      background,
      (direction) => this.control.latencies(task.place, direction),
      steadyGroup(task.steady, this.job, task.clone),
    );
    this.attempts = new Attempts(spec.depth);
    this.workload.flow = realFlow(this.job, task.flow);
    const { log } = this.job;
    this.log =
      log === null || task.log === null
        ? null
        : new CloneLogSender(task.log, log, this.workload, task.origin);
  }

  run(): CloneReport {
    this.pin();
    const files = this.open();
    const opened = this.engine(files);
    this.buffers = this.bufferWork(files, opened);
    const loop = this.loop(files);
    const { flow } = this.workload;
    // Who begins at the barrier shares from the first I/O on.
    if (this.job.startDelay.highNs === 0) flow?.join();
    this.control.readyAndWait();
    if (!this.waitForStart()) return this.report(null);
    flow?.join();
    this.began = true;
    const { engine } = opened;
    if (engine.synchronous) loop.runSynchronous(engine);
    else loop.runAsynchronous(engine, batchOf(this.job, this.real));
    const usage = this.usage.since();
    if (this.workload.ramping) this.workload.forget();
    this.closeEngine();
    return { ...this.report(this.failure(loop)), usage, copies: this.copies?.made ?? null };
  }

  private failure(loop: CloneLoop): string | null {
    const { buffers } = this;
    for (const part of buffers === null ? [loop] : [loop, buffers]) {
      if (part.failure !== null) return `${part.failure}; ${this.nameOf(part.failedFile)}`;
    }
    const { ends } = this.workload;
    if (ends === null) return null;
    const file = ends.tooLongFile === null ? '' : `; ${this.nameOf(ends.tooLongFile)}`;
    return ends.failure === null ? null : `${ends.failure}${file}`;
  }

  /** As startdelay says; false: it was stopped before, and never begins. */
  private waitForStart(): boolean {
    const { control, job, task } = this;
    const delayNs = startDelayNs(job, task.clone, task.run.repetition);
    const clock = new Clock(task.origin);
    // With the whole run stopped at the barrier it was about to begin, and is interrupted.
    if (delayNs === 0 && control.stopped) return true;
    let leftNs = delayNs > 0 ? control.beganNs + delayNs - clock.nowNs() : 0;
    while (leftNs > 0 && !control.isStopped(task.place)) {
      control.sleep(task.place, leftNs);
      leftNs = control.beganNs + delayNs - clock.nowNs();
    }
    return !control.isStopped(task.place);
  }

  report(failure: string | null): CloneReport {
    const { workload } = this;
    return {
      kind: 'ran',
      failure,
      spans: workload.recorder.measurements.map((_, direction) => workload.span(direction)),
      verifyErrors: this.buffers?.errors ?? null,
      latencyDepth: workload.ends?.latencyDepth ?? null,
      steadyStateAttained: workload.ends?.steadyStateAttained ?? null,
      measurements: this.began
        ? workload.recorder.measurements.map((measurement) => measurement?.data ?? null)
        : [],
      usage: null,
      copies: null,
      log: this.began ? (this.log?.finish() ?? null) : null,
    };
  }

  close(): void {
    this.closeEngine();
    this.descriptors.close();
    this.usage.close();
    this.log?.close();
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

  private open(): SlotFiles {
    const { job, real, task, workload } = this;
    const paths = real.engine === 'null' ? [] : this.paths;
    return openFiles(
      paths,
      task.run,
      accessOfPlan(job),
      workload.slots.file,
      task.claims,
      (path, writes) =>
        this.descriptors.openFile(path, { writes, direct: real.direct, exclusive: false }),
    );
  }

  private engine(files: SlotFiles): OpenedEngine {
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
        files,
        writes: accessOfPlan(job) !== 'read',
        trims: rwMeaning(job.rw).directions.includes('trim'),
      },
      this.syscalls,
    );
    this.opened = opened;
    return opened;
  }

  private loop(files: SlotFiles): CloneLoop {
    const { attempts, control, job, real, task, workload } = this;
    const copies = rwMeaning(job.rw).access === 'copy' && real.engine !== 'null';
    const policy = { paths: pathsFrom(job.path, real.engine), fallback: job.fallback };
    const measurement = copies ? workload.measurement(COPY) : null;
    // What a log copied it may write over: nobody can say what should be there.
    if (copies && job.iolog === null) this.copies = this.watchCopies();
    const syscalls = typeof this.syscalls === 'string' ? nodeSyncCalls : this.syscalls;
    return new CloneLoop({
      workload,
      attempts,
      state: new SlotState(workload.slots, attempts, policy, measurement),
      syncer: new Syncer(syscalls, files, real),
      clock: new Clock(task.origin),
      control,
      clone: task.place,
      measuring: () => this.usage.begin(),
      copies: this.copies,
      buffers: this.buffers,
    });
  }

  private bufferWork(files: SlotFiles, { buffers }: OpenedEngine): BufferWork | null {
    const { attempts, job, paths, task, workload } = this;
    const clock = new Clock(task.origin);
    const { repetition } = task.run;
    const { clone } = task;
    const setting = { attempts, buffers, clock, clone, files, job, paths, repetition, workload };
    return bufferWork(setting);
  }

  private watchCopies(): RealCopies {
    const { job, paths, task, workload } = this;
    const regions = regionsOf(job, task.clone);
    return new RealCopies(job, paths, regions, workload.slots, this.syscalls);
  }

  /** Of a file, for whoever reads what failed. */
  private nameOf(file: number): string {
    const paths = this.paths[file];
    return paths === undefined ? 'the null engine has no files' : namesOf(paths);
  }
}

function batchOf({ depth }: JobPlan, { engine, stamps }: RealJobPlan): BatchSetting {
  const { batch, completeMin, completeMax } = depth;
  // I/Os of the null engine have ended when they are handed over: so one is seen to at once.
  const least = engine === 'null' && completeMin === 1 ? 0 : completeMin;
  return { batch, completeMin: least, completeMax, stamps };
}
