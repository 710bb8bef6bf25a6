/**
 * Which jobs of a run may start, and whom the end of one ends: stonewall, wait_for, exitall. Who
 * runs them, a world or the threads of a real run, asks and tells; nothing here knows of time.
 *
 * As fio 3.33 does it (measured), but for two: here a stonewall waits for jobs too that startdelay
 * still holds back, and exit_what=stonewall ends those as well.
 */

import { endsOther, type ExitPlace, stagesOf } from '../job/control-plan.ts';
import type { JobPlan } from '../job/plan.ts';
import { present } from '../units/assert.ts';

/** What sentences of jobs that were left out begin with. */
const EXITALL = 'exitall';
const EXITALL_ON_ERROR = 'exitall_on_error';

/** Of a row that is `not_run`, its `error`: it was left out as its file asks, and is complete. */
export function wasLeftOut(error: string): boolean {
  return [EXITALL, EXITALL_ON_ERROR].some((said) => error.startsWith(`${said}: `));
}

export type JobState = 'waiting' | 'running' | 'ended';

interface Job {
  readonly plan: JobPlan;
  readonly place: ExitPlace;
  state: JobState;
  /** Some clone of it has begun. */
  began: boolean;
  /** Why clones that have not begun never will; null: nothing keeps them. */
  why: string | null;
}

export class StartOrder {
  private readonly jobs: readonly Job[];
  private readonly exitall: boolean;

  constructor(plans: readonly JobPlan[]) {
    const stages = stagesOf(plans.map(({ stonewall }) => stonewall));
    this.jobs = plans.map((plan, index) => {
      const stage = present(stages[index], 'a stage for each job');
      const place = { what: plan.exit.what, group: plan.group, stage };
      return { plan, place, state: 'waiting', began: false, why: null };
    });
    this.exitall = plans.some(({ exit }) => exit.exitall);
  }

  get states(): readonly JobState[] {
    return this.jobs.map(({ state }) => state);
  }

  /** All have ended, or never will begin. */
  get over(): boolean {
    return this.jobs.every(({ state }) => state === 'ended');
  }

  /** Those that may start now, and from here on run. */
  start(): readonly number[] {
    const starting: number[] = [];
    /** Names of those further up that have not ended. */
    const before = new Set<string>();
    for (const [index, job] of this.jobs.entries()) {
      const { name, stonewall, waitFor } = job.plan;
      // It holds back all jobs after it too, as in fio.
      if (stonewall && before.size > 0) break;
      if (job.state === 'waiting' && (waitFor === null || !before.has(waitFor))) {
        job.state = 'running';
        starting.push(index);
      }
      if (job.state !== 'ended') before.add(name);
    }
    return starting;
  }

  /** A clone of it has begun: what it did will be told. */
  began(index: number): void {
    this.job(index).began = true;
  }

  /**
   * A clone of it has ended: the jobs that run and end with it, its own other clones among them;
   * those that have not begun never will.
   */
  cloneEnded(index: number, failed: boolean): readonly number[] {
    const ender = this.job(index);
    const onError = failed && ender.plan.exit.onError;
    if (!this.exitall && !onError) return [];
    const said = this.exitall ? EXITALL : EXITALL_ON_ERROR;
    const why = `${said}: job ${ender.plan.name} ${failed ? 'failed' : 'ended'} before it began`;
    const ending: number[] = [];
    for (const [other, job] of this.jobs.entries()) {
      if (job.state === 'ended' || !endsOther(ender.place, job.place)) continue;
      job.why ??= why;
      if (job.state === 'waiting') this.leaveOut(job);
      else ending.push(other);
    }
    return ending;
  }

  /** All clones of it have ended, or never will begin. */
  ended(index: number): void {
    const job = this.job(index);
    job.state = 'ended';
    if (!job.began && job.why !== null) this.leaveOut(job);
  }

  /** Why clones of it that have not begun never will; null: nothing keeps them. */
  whyNotRun(index: number): string | null {
    return this.job(index).why;
  }

  /** Who waits for a job that never begins waits for ever, so it does not begin either. */
  private leaveOut(job: Job): void {
    job.state = 'ended';
    const { name } = job.plan;
    for (const waiting of this.jobs) {
      if (waiting.state !== 'waiting' || waiting.plan.waitFor !== name) continue;
      waiting.why ??= `${present(job.why, 'a reason')}; it waits for ${name}`;
      this.leaveOut(waiting);
    }
  }

  private job(index: number): Job {
    return present(this.jobs[index], `job ${index} of the run`);
  }
}
