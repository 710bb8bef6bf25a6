/**
 * Runs on real files and block devices: a thread for each clone of the jobs that run at once, each
 * with its own descriptors, ring and buffers, started together at a barrier. Whoever calls turns no
 * clock: this only starts groups, and says stop.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunPlan } from '../job/plan.ts';
import { thisMoment } from '../linux/clock.ts';
import { Control } from '../linux/control.ts';
import { loadSyscalls } from '../linux/syscalls.ts';
import { assert, present } from '../units/assert.ts';
import { COPY } from '../workload/slots.ts';
import type { JobLive } from './live.ts';
import { Claims } from './real-claims.ts';
import { RealLive } from './real-live.ts';
import { memoryProblem } from './real-memory.ts';
import { type CloneOutcome, realRows } from './real-rows.ts';
import type { CheckReport, CloneReport, RealReport, RealTask } from './real-task.ts';
import { mayTouch, othersWrite } from './real-touch.ts';
import { openPool, type Pool, type TaskOutcome } from './pool.ts';
import type { RunOutcome } from './run-pool.ts';
import { unfinishedRows } from './rows.ts';
import { type JobState, mayStart } from './start-order.ts';

type Threads = Pool<RealTask, RealReport>;

/** How often the barrier is looked at. */
const LOOK_EVERY_MS = 1;
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

  async run(plan: RunPlan, signal: AbortSignal): Promise<RunOutcome> {
    const clones = plan.jobs.reduce((sum, { numjobs }) => sum + numjobs, 0);
    const problem = memoryProblem(plan);
    if (problem !== null) return ended(plan, problem);
    const pool = await this.pool(clones);
    this.underWay = new RealRun(plan, pool, signal);
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
  private readonly states: JobState[];
  private readonly outcomes: (CloneOutcome | null)[][];
  private readonly controls: Control[] = [];
  private readonly claims = new Claims();
  /** Clones whose copies nobody has looked at. */
  private readonly unchecked: { job: number; clone: number; touched: boolean }[] = [];
  /** The clocks of all clones begin here. */
  private readonly origin = thisMoment();
  private readonly live: RealLive;

  constructor(plan: RunPlan, threads: Threads, signal: AbortSignal) {
    this.plan = plan;
    this.threads = threads;
    this.signal = signal;
    // One listener for each clone, however many there are.
    setMaxListeners(0, this.kill.signal);
    this.states = plan.jobs.map(() => 'waiting');
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
      const rows = realRows(plan, this.outcomes);
      return { kind: signal.aborted ? 'aborted' : 'ended', result: { rows, trace: null, notes } };
    } finally {
      signal.removeEventListener('abort', stop);
      this.claims.close();
    }
  }

  look(latencies: boolean): readonly JobLive[] {
    return this.live.look(this.states, latencies);
  }

  private stop(): void {
    for (const control of this.controls) control.stop();
    setTimeout(() => this.kill.abort(), GRACE_MS).unref();
  }

  private async prepare(notes: string[]): Promise<string | null> {
    const control = this.control(0);
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
      const starting = this.signal.aborted ? [] : this.startable();
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

  private startable(): number[] {
    const jobs = this.plan.jobs.map((plan, index) => ({
      plan,
      state: present(this.states[index], 'a state for each job'),
    }));
    return jobs.flatMap((_, index) => (mayStart(jobs, index) ? [index] : []));
  }

  /** Jobs that start at the same moment; of each, when it is over. */
  private start(jobs: readonly number[]): Map<number, Promise<void>> {
    const clonesOf = (job: number): number => this.plan.jobs[job]?.numjobs ?? 0;
    const clones = jobs.reduce((sum, job) => sum + clonesOf(job), 0);
    const group: Group = { control: this.control(clones), clones, over: 0 };
    const overs = new Map<number, Promise<void>>();
    let place = 0;
    for (const job of jobs) {
      this.states[job] = 'running';
      this.live.began(job, group.control, place);
      const tasks: Promise<void>[] = [];
      for (let clone = 0; clone < clonesOf(job); clone += 1, place += 1) {
        tasks.push(this.clone(group, job, clone, place));
      }
      const over = Promise.all(tasks).then(() => {
        this.states[job] = 'ended';
      });
      overs.set(job, over);
    }
    void openBarrier(group);
    return overs;
  }

  private async clone(group: Group, job: number, clone: number, place: number): Promise<void> {
    const { control } = group;
    const { origin, plan } = this;
    const { memory } = control;
    const task = { kind: 'clone', run: plan, job, clone, control: memory, place, origin } as const;
    const outcome = await this.threads.run(task, this.kill.signal);
    group.over += 1;
    if (outcome.kind === 'crashed') inherit(control, place);
    const outcomes = present(this.outcomes[job], 'outcomes of each job');
    const report = reportOf(outcome);
    outcomes[clone] = { report, control, place, stopped: control.stopped, check: null };
    this.unchecked.push({ job, clone, touched: false });
  }

  private control(clones: number): Control {
    const control = Control.for(clones);
    this.controls.push(control);
    if (this.signal.aborted) control.stop();
    return control;
  }
}

/** Clones that begin together. */
interface Group {
  readonly control: Control;
  readonly clones: number;
  /** Those that have ended, or never began: the others do not wait for them. */
  over: number;
}

/** Its thread is dead, and the process goes on. */
function inherit(control: Control, place: number): void {
  const syscalls = loadSyscalls();
  if (typeof syscalls !== 'string') control.belongings(place).release(syscalls);
}

async function openBarrier(group: Group): Promise<void> {
  const { control, clones } = group;
  while (control.ready + group.over < clones) await sleep(LOOK_EVERY_MS);
  control.go();
}

function reportOf(outcome: TaskOutcome<RealReport>): CloneReport | string {
  if (outcome.kind !== 'ended') return whyNot(outcome);
  assert(outcome.result.kind === 'ran', 'a task is answered in kind');
  return outcome.result;
}

function unchecked(problem: string): CheckReport {
  return { kind: 'checked', proof: null, verifyErrors: null, problem };
}

function whyNot(outcome: Exclude<TaskOutcome<RealReport>, { kind: 'ended' }>): string {
  if (outcome.kind === 'aborted') return 'its thread did not end in time, and was ended';
  if (outcome.kind === 'crashed') return `its thread died: ${outcome.error}`;
  const { name, message } = outcome.error;
  return `a defect of coffer, please report it: ${name}: ${message}`;
}
