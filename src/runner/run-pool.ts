/**
 * The pool whose threads execute runs: of simulated worlds one thread a run; a run on real targets
 * has threads of its own, a clone each. Beside it stands how far the runs under way are.
 */

import { openPool, type Pool, type TaskOutcome } from './pool.ts';
import type { LookLive } from './live.ts';
import { LiveMemory } from './live-memory.ts';
import { LiveRuns } from './live-runs.ts';
import type { RealRuns } from './real-runs.ts';
import type { RunResult } from './run-result.ts';
import type { RunTask } from './worker.ts';

export interface RunPool extends Pool<RunTask, RunResult> {
  readonly look?: LookLive;
}
export type RunOutcome = TaskOutcome<RunResult>;

export async function openRunPool(mostThreads: number): Promise<RunPool> {
  const worlds = await openPool<RunTask, RunResult>(
    mostThreads,
    new URL('./worker.js', import.meta.url),
  );
  const live = new LiveRuns();
  let real: RealRuns | null = null;
  const simulate = (task: RunTask, signal: AbortSignal): Promise<RunOutcome> => {
    const { plan, options } = task;
    const told = LiveMemory.for(plan.jobs.length);
    return live.during(
      plan,
      (latencies) => told.ask(latencies),
      () => worlds.run({ plan, options: { ...options, live: told.memory } }, signal),
    );
  };
  const perform = async (task: RunTask, signal: AbortSignal): Promise<RunOutcome> => {
    const { RealRuns } = await import('./real-runs.ts');
    real ??= new RealRuns();
    const runs = real;
    return live.during(
      task.plan,
      (latencies) => runs.look(latencies),
      () => runs.run(task.plan, signal, task.options.logs ?? null),
    );
  };
  return {
    run: (task, signal) =>
      task.plan.jobs.every((job) => job.real === null)
        ? simulate(task, signal)
        : perform(task, signal),
    look: (latencies) => live.look(latencies),
    async close() {
      await real?.close();
      await worlds.close();
    },
  };
}
