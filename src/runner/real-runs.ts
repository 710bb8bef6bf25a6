/**
 * Runs on real files and block devices: a thread for each clone of the jobs that run at once, each
 * with its own descriptors, ring and buffers, started together at a barrier. Whoever calls turns no
 * clock: this only starts groups, and says stop.
 */

import { setMaxListeners } from 'node:events';
import type { RunPlan } from '../job/plan.ts';
import { Clock, thisMoment } from '../linux/clock.ts';
import { Control } from '../linux/control.ts';
import { loadSyscalls } from '../linux/syscalls.ts';
import { assert, present } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { COPY } from '../workload/slots.ts';
import type { JobLive } from './live.ts';
import type { LogPlace } from './log-files.ts';
import { Claims } from './real-claims.ts';
import { Flows } from './flows.ts';
import { RealGroup } from './real-group.ts';
import { RealLive } from './real-live.ts';
import { RealLogs } from './real-logs.ts';
import { memoryProblem } from './real-memory.ts';
import { reportOf, unchecked, whyNot } from './real-outcome.ts';
import { type CloneOutcome, neverBegan, realRows } from './real-rows.ts';
import type { CloneReport, RealReport, RealTask } from './real-task.ts';
import { mayTouch, othersWrite } from './real-touch.ts';
import { openPool, type Pool } from './pool.ts';
import type { RunOutcome } from './run-pool.ts';
import { unfinishedRows } from './rows.ts';
import { StartOrder } from './start-order.ts';
import { withLogProblem } from './write-logs.ts';

type Threads = Pool<RealTask, RealReport>;

/** What is under way when a run is stopped has this long to end before its threads are ended. */
const GRACE_MS = 10_000;
/** Clones allocate next to nothing: a large young generation would only be resident. */
const YOUNG_GENERATION_MB = 2;

export class RealRuns {
  private threads: Promise<Threads> | null = null;
  private mostThreads = 0;
  private underWay: RealRun | null = null;

  /** null: no run is under way. */
  look(latencies: boolean): readonly JobLive[] | null {
    return this.underWay?.look(latencies) ?? null;
  }

  async run(plan: RunPlan, signal: AbortSignal, logs: LogPlace | null = null): Promise<RunOutcome> {
    const clones = plan.jobs.reduce((sum, { numjobs }) => sum + numjobs, 0);
    const problem = memoryProblem(plan);
    if (problem !== null) return ended(plan, problem);
    const pool = await this.pool(clones);
    this.underWay = new RealRun(plan, pool, signal, logs);
    try {
      return await this.underWay.perform();
    } finally {
      this.underWay = null;
    }
  }

  async close(): Promise<void> {
    await (await this.threads)?.close();
    this.threads = null;
  }

  private async pool(clones: number): Promise<Threads> {
    if (this.threads === null || clones > this.mostThreads) {
      await this.close();
      this.mostThreads = clones;
      const file = new URL('./real-worker.js', import.meta.url);
      const limits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
      this.threads = openPool<RealTask, RealReport>(clones, file, limits);
    }
    return this.threads;
  }
}

function ended(plan: RunPlan, problem: string, notes: readonly string[] = []): RunOutcome {
  const rows = unfinishedRows(plan, 'failed', problem);
  return { kind: 'ended', result: { rows, trace: null, notes } };
}

/** One run, from laying out its files to removing them. */
class RealRun {
  private readonly plan: RunPlan;
  private readonly threads: Threads;
  private readonly signal: AbortSignal;
  /** Ends threads that do not end by themselves. */
  private readonly kill = new AbortController();
  private readonly order: StartOrder;
  private readonly flows: Flows;
  private readonly outcomes: (CloneOutcome | null)[][];
  private readonly controls: Control[] = [];
  private readonly claims = new Claims();
  /** Clones whose copies nobody has looked at. */
  private readonly unchecked: { job: number; clone: number; touched: boolean }[] = [];
  /** The clocks of all clones begin here. */
  private readonly origin = thisMoment();
  private readonly live: RealLive;
  /** By job, with whom it began. */
  private readonly groups = new Map<number, RealGroup>();
  /** When the first jobs did; null: none has. */
  private beganNs: Nanoseconds | null = null;
  /** null: none are written. */
  private readonly logs: RealLogs | null;

  constructor(plan: RunPlan, threads: Threads, signal: AbortSignal, logs: LogPlace | null) {
    this.plan = plan;
    this.logs = logs === null ? null : new RealLogs(plan, logs);
    this.threads = threads;
    this.signal = signal;
    // One listener for each clone, however many there are.
    setMaxListeners(0, this.kill.signal);
    this.order = new StartOrder(plan.jobs);
    this.flows = new Flows(plan.jobs);
    this.live = new RealLive(plan, this.origin);
    this.outcomes = plan.jobs.map(({ numjobs }) => Array.from({ length: numjobs }, () => null));
  }

  async perform(): Promise<RunOutcome> {
    const { plan, signal } = this;
    const stop = (): void => this.stop();
    signal.addEventListener('abort', stop);
    try {
      const notes: string[] = [];
      const problem = this.claims.take(plan) ?? (await this.prepare(notes));
      if (problem === null) await this.jobs(notes);
      await this.finish(notes);
      if (problem !== null && !signal.aborted) return ended(plan, problem, notes);
      const problemOfLogs = await this.logs?.write((task) =>
        this.threads.run(task, this.kill.signal),
      );
      const rows = realRows(plan, this.outcomes, (job) => this.order.whyNotRun(job));
      const told = withLogProblem(rows, problemOfLogs ?? null);
      const result = { rows: told, trace: null, notes };
      return { kind: signal.aborted ? 'aborted' : 'ended', result };
    } finally {
      signal.removeEventListener('abort', stop);
      this.claims.close();
    }
  }

  look(latencies: boolean): readonly JobLive[] {
    return this.live.look(this.order.states, latencies);
  }

  private stop(): void {
    for (const control of this.controls) control.stop();
    setTimeout(() => this.kill.abort(), GRACE_MS).unref();
  }

  private async prepare(notes: string[]): Promise<string | null> {
    const control = Control.for(0);
    this.watch(control);
    const task = { kind: 'prepare', run: this.plan, control: control.memory } as const;
    const outcome = await this.threads.run(task, this.kill.signal);
    if (outcome.kind !== 'ended') return whyNot(outcome);
    const report = outcome.result;
    assert(report.kind === 'prepared', 'a task is answered in kind');
    notes.push(...report.notes);
    return report.problem;
  }

  private async finish(notes: string[]): Promise<void> {
    const outcome = await this.threads.run({ kind: 'finish', run: this.plan }, this.kill.signal);
    if (outcome.kind !== 'ended') notes.push(`files were left behind: ${whyNot(outcome)}`);
    else if (outcome.result.kind === 'finished') {
      notes.push(...outcome.result.notes);
    }
  }

  /** Starts whatever may start, at first and whenever a job has ended. */
  private async jobs(notes: string[]): Promise<void> {
    const running = new Map<number, Promise<number>>();
    for (;;) {
      if (running.size === 0) await this.checkCopies(notes);
      const starting = this.signal.aborted ? [] : this.order.start();
      this.touch(starting);
      for (const [job, over] of this.start(starting)) {
        running.set(
          job,
          over.then(() => job),
        );
      }
      if (running.size === 0) return;
      running.delete(await Promise.race(running.values()));
    }
  }

  /** A job that starts may write what waits to be checked. */
  private touch(starting: readonly number[]): void {
    for (const unchecked of this.unchecked) {
      unchecked.touched ||= starting.some((job) => mayTouch(this.plan, job, unchecked.job));
    }
  }

  /** Copies are checked when no job runs: it takes the disk that others are measured on. */
  private async checkCopies(notes: string[]): Promise<void> {
    for (const { job, clone, touched } of this.unchecked.splice(0)) {
      const outcome = this.outcomes[job]?.[clone] ?? null;
      if (outcome === null || typeof outcome.report === 'string') continue;
      const { copies: made, measurements } = outcome.report;
      const copied = measurements[COPY] ?? null;
      if (made === null || copied === null || this.signal.aborted) continue;
      const { memory } = outcome.control;
      const { plan: run } = this;
      const base = { kind: 'check', run, job, clone, control: memory } as const;
      const task = { ...base, made, copied, touched: touched || othersWrite(run, job) };
      const { name, verify } = present(run.jobs[job], 'a job for each check');
      if (task.touched && verify === 'copy') {
        notes.push(`job ${name}: its copies were not checked: another job writes their files`);
      }
      const answer = await this.threads.run(task, this.kill.signal);
      if (answer.kind === 'ended' && answer.result.kind === 'checked')
        outcome.check = answer.result;
      else if (answer.kind !== 'ended') outcome.check = unchecked(whyNot(answer));
    }
  }

  /** Jobs that start at the same moment; of each, when it is over. */
  private start(jobs: readonly number[]): Map<number, Promise<void>> {
    const group = new RealGroup(this.plan, jobs);
    this.watch(group.control);
    const overs = new Map<number, Promise<void>>();
    for (const job of jobs) {
      const { first, clones } = group.placesOf(job);
      this.groups.set(job, group);
      this.live.began(job, group.control, first);
      const tasks = Array.from({ length: clones }, (_, clone) =>
        this.clone(group, job, clone, first + clone),
      );
      overs.set(
        job,
        Promise.all(tasks).then(() => this.order.ended(job)),
      );
    }
    void this.openBarrier(group);
    return overs;
  }

  private async clone(group: RealGroup, job: number, clone: number, place: number): Promise<void> {
    const { control } = group;
    const { origin, plan } = this;
    const { memory } = control;
    const { steady } = group.placesOf(job);
    const intake = this.logs?.open(job, clone) ?? null;
    const { fds: claims } = this.claims;
    const shared = { control: memory, place, origin, claims };
    const base = { kind: 'clone', run: plan, job, clone, ...shared } as const;
    const flow = this.flows.place(job, clone);
    const task = { ...base, log: intake?.name ?? null, steady, flow };
    const outcome = await this.threads.run(task, this.kill.signal);
    group.over += 1;
    if (outcome.kind === 'crashed') inherit(control, place);
    // Not before: those who end at the same time would go on by themselves in the last moment.
    this.flows.leave(job, clone);
    const outcomes = present(this.outcomes[job], 'outcomes of each job');
    const report = reportOf(outcome);
    const stopped = this.signal.aborted;
    this.cloneEnded(job, report);
    await intake?.close(typeof report === 'string' ? null : report.log);
    outcomes[clone] = { report, control, place, stopped, check: null };
    this.unchecked.push({ job, clone, touched: false });
  }

  /** Whom its end ends, by exitall, is told so; a run that is stopped as a whole needs no more. */
  private cloneEnded(job: number, report: CloneReport | string): void {
    const failed = typeof report === 'string' || report.failure !== null;
    const began = failed || !neverBegan(report);
    if (began) this.order.began(job);
    if (!began || this.signal.aborted) return;
    for (const ending of this.order.cloneEnded(job, failed)) {
      present(this.groups.get(ending), 'the group of what runs').stop(ending);
    }
  }

  private async openBarrier(group: RealGroup): Promise<void> {
    await group.ready();
    this.beganNs ??= new Clock(this.origin).nowNs();
    group.control.go(this.beganNs);
  }

  private watch(control: Control): void {
    this.controls.push(control);
    if (this.signal.aborted) control.stop();
  }
}

/** Its thread is dead, and the process goes on. */
function inherit(control: Control, place: number): void {
  const syscalls = loadSyscalls();
  if (typeof syscalls !== 'string') control.belongings(place).release(syscalls);
}
