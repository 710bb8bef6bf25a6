/**
 * Threads that execute tasks, by piscina. A task that cannot end on its own is ended here: an abort
 * terminates its thread even in an endless loop, and a thread that dies gives an outcome like any
 * other, so that `run` always settles and never rejects.
 */

import { errorCode } from '../units/error-code.ts';
import type { TaskError, TaskReply } from './task-reply.ts';

export type TaskOutcome<Result> =
  | { readonly kind: 'ended'; readonly result: Result }
  /** The task threw: the environment's error, or our own mistake. */
  | { readonly kind: 'failed'; readonly error: TaskError }
  /** Its thread died. */
  | { readonly kind: 'crashed'; readonly error: string }
  /** By the signal given with it; `result`: what there was until then. */
  | { readonly kind: 'aborted'; readonly result?: Result };

export interface Pool<Task, Result> {
  run(task: Task, signal: AbortSignal): Promise<TaskOutcome<Result>>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

const A_DAY_MS = 86_400_000;

/** A first thread starts at once, others when there is a task for them. */
export async function openPool<Task, Result>(
  mostThreads: number,
  workerFile: URL,
  resourceLimits: { readonly maxYoungGenerationSizeMb?: number } = {},
): Promise<Pool<Task, Result>> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<Task, TaskReply<Result>>({
    filename: workerFile.href,
    name: 'perform',
    minThreads: 1,
    maxThreads: mostThreads,
    // The default is 0: a thread would end as soon as it has nothing to do.
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    recordTiming: false,
    resourceLimits,
  });
  // piscina's idle and starting threads do not keep the process alive: with a task queued for a
  // thread that takes a dead one's place, it would just end.
  const alive = setInterval(() => {}, A_DAY_MS);
  let broken: string | null = null;
  // A thread that fails while it starts, with no task in it, would leave queued tasks waiting for
  // good; destroying the pool rejects them.
  pool.on('error', (error: Error) => {
    broken = error.message;
    void pool.destroy();
  });
  return {
    async run(task, signal) {
      try {
        const reply = await pool.run(task, { signal });
        if (reply.ok) return { kind: 'ended', result: reply.result };
        return { kind: 'failed', error: reply.error };
      } catch (error) {
        if (signal.aborted) return { kind: 'aborted' };
        return { kind: 'crashed', error: broken ?? describeCrash(error) };
      }
    },
    async close() {
      clearInterval(alive);
      await pool.destroy();
    },
  };
}

function describeCrash(error: unknown): string {
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'the worker ran out of memory; give the run less to hold, or fewer --workers';
  }
  return error instanceof Error ? error.message : String(error);
}
