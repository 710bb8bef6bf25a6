/** Which jobs of a run may start, by stonewall and wait_for, given which have ended. */

import type { JobPlan } from '../job/plan.ts';

export type JobState = 'waiting' | 'running' | 'ended';

export interface StartingJob {
  readonly plan: JobPlan;
  readonly state: JobState;
}

export function mayStart(jobs: readonly StartingJob[], index: number): boolean {
  const job = jobs[index];
  if (job === undefined || job.state !== 'waiting') return false;
  const before = jobs.slice(0, index);
  // A stonewall holds back all jobs after it too, as in fio.
  const wall = jobs.slice(0, index + 1).findLastIndex(({ plan }) => plan.stonewall);
  if (before.slice(0, Math.max(wall, 0)).some(({ state }) => state !== 'ended')) return false;
  const { waitFor } = job.plan;
  if (waitFor === null) return true;
  return before.every(({ plan, state }) => plan.name !== waitFor || state === 'ended');
}
