/**
 * The pool whose threads execute runs: of simulated worlds one thread a run; a run on real targets
 * has threads of its own, a clone each.
 */

import { openPool, type Pool, type TaskOutcome } from './pool.ts';
import type { ReadLive } from './live.ts';
import type { RealRuns } from './real-runs.ts';
import type { RunResult } from './run-result.ts';
import type { RunTask } from './worker.ts';

export interface RunPool extends Pool<RunTask, RunResult> {
  /** Of the run on real targets that is under way. */
  readonly live?: ReadLive;
}
export type RunOutcome = TaskOutcome<RunResult>;

export async function openRunPool(mostThreads: number): Promise<RunPool> {
  const worlds = await openPool<RunTask, RunResult>(
    mostThreads,
    new URL('./worker.js', import.meta.url),
  );
  let real: RealRuns | null = null;
  return {
    async run(task, signal) {
      if (task.plan.jobs.every((job) => job.real === null)) return worlds.run(task, signal);
      const { RealRuns } = await import('./real-runs.ts');
      real ??= new RealRuns();
      return real.run(task.plan, signal);
    },
    live: () => real?.live ?? null,
    async close() {
      await real?.close();
      await worlds.close();
    },
  };
}
