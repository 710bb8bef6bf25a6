/**
 * How far an invocation is, in figures: the runs that are done and the shares of those under way,
 * each weighed by what its plan is guessed to take. Time left is what the rest takes at the pace so
 * far: a guess, and none before there is a pace.
 */

import { estimate, guessNs } from '../job/estimate.ts';
import type { RunPlan } from '../job/plan.ts';
import type { Progress } from '../runner/invocation.ts';
import type { JobLive, RunLive } from '../runner/live.ts';
import { present } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { type JobRate, JobRates } from './job-rates.ts';
import { printable, runNames } from './run-name.ts';

export interface JobPicture {
  readonly name: string;
  readonly share: number;
  /** null: nothing to tell yet. */
  readonly rate: JobRate | null;
  readonly p99Ns: Nanoseconds | null;
}

export interface RunPicture {
  readonly name: string;
  /** 0 to 1; null: its jobs have not begun, as far as anybody knows. */
  readonly share: number | null;
  readonly leftMs: number | null;
  readonly rate: JobRate | null;
  /** Those that run now. */
  readonly jobs: readonly JobPicture[];
}

export interface Picture {
  readonly done: number;
  readonly runs: number;
  /** 0 to 1. */
  readonly share: number;
  readonly goneMs: number;
  readonly leftMs: number | null;
  readonly underWay: readonly RunPicture[];
}

/** A pace is known when so much has been done at it. */
const PACE_SHARE = 0.01;

export class Pictures {
  private readonly runs: readonly RunPlan[];
  private readonly nameOf: (run: RunPlan) => string;
  /** Parts of 1, by index of the run: a shard has not every index. */
  private readonly weights: ReadonlyMap<number, number>;
  private readonly rates = new JobRates();

  constructor(runs: readonly RunPlan[]) {
    this.runs = runs;
    this.nameOf = runNames(runs);
    const weights = parts(runs.map((run) => guessNs(run, estimate(run))));
    this.weights = new Map(runs.map(({ index }, place) => [index, weights[place] ?? 0]));
  }

  picture({ done, kept }: Progress, live: readonly RunLive[], goneMs: number): Picture {
    const underWay = live.map((run) => ({ run, share: shareOf(run) }));
    const keys = live.flatMap(({ plan, jobs }) => jobs.map((_, job) => keyOf(plan, job)));
    this.rates.keep(new Set(keys));
    let [doneShare, keptShare] = [0, 0];
    for (const { index } of this.runs) {
      if (done.has(index)) doneShare += this.weight(index);
      if (kept.has(index)) keptShare += this.weight(index);
    }
    const share = underWay.reduce(
      (sum, { run, share: each }) => sum + this.weight(run.plan.index) * (each ?? 0),
      doneShare,
    );
    return {
      done: done.size,
      runs: this.runs.length,
      share: Math.min(share, 1),
      goneMs,
      leftMs: leftMs(goneMs, share, keptShare),
      underWay: underWay.map(({ run, share: each }) => this.runPicture(run, each, goneMs)),
    };
  }

  private runPicture({ plan, jobs, elapsedMs }: RunLive, share: number | null, nowMs: number) {
    const rates = jobs.map((job, place) => this.rates.rate(keyOf(plan, place), job, nowMs));
    const running = [...jobs.entries()].filter(([, { state }]) => state === 'running');
    return {
      name: this.nameOf(plan),
      share,
      leftMs: share === null ? null : leftMs(elapsedMs, share, 0),
      rate: added(running.flatMap(([place]) => rates[place] ?? [])),
      jobs: running.map(([place, job]) => ({
        name: printable(present(plan.jobs[place], 'a plan for each job').name),
        share: job.share,
        rate: rates[place] ?? null,
        p99Ns: job.p99Ns,
      })),
    };
  }

  private weight(index: number): number {
    return present(this.weights.get(index), 'a weight for each run');
  }
}

function keyOf({ index }: RunPlan, job: number): string {
  return `${index}.${job}`;
}

/** Of 1, in proportion; if one is not known, they are all alike. */
function parts(guesses: readonly (number | null)[]): readonly number[] {
  const known = guesses.flatMap((guess) => (guess === null || guess <= 0 ? [] : [guess]));
  if (known.length < guesses.length) return guesses.map(() => 1 / guesses.length);
  const sum = known.reduce((total, each) => total + each, 0);
  return known.map((each) => each / sum);
}

/** Of all its jobs, each weighed by its own guess; in startdelay nothing is done. */
function shareOf({ plan, jobs }: RunLive): number | null {
  if (jobs.length === 0) return null;
  const weights = parts(
    plan.jobs.map((job) => {
      const undelayed = { ...job, startDelay: { lowNs: 0, highNs: 0 } };
      const alone = { ...plan, jobs: [undelayed], targets: [] };
      const moved = estimate(alone);
      return moved.longestRuntimeNs ?? guessNs(alone, moved);
    }),
  );
  const shareAt = (job: JobLive, place: number): number => job.share * (weights[place] ?? 0);
  return jobs.reduce((sum, job, place) => sum + shareAt(job, place), 0);
}

/** `before`: the share that took none of the time. */
function leftMs(goneMs: number, share: number, before: number): number | null {
  if (share - before < PACE_SHARE) return null;
  return (goneMs * Math.max(0, 1 - share)) / (share - before);
}

function added(rates: readonly JobRate[]): JobRate | null {
  if (rates.length === 0) return null;
  return {
    iops: rates.reduce((sum, { iops }) => sum + iops, 0),
    bytesPerS: rates.reduce((sum, { bytesPerS }) => sum + bytesPerS, 0),
  };
}
