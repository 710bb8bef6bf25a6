/** What a thread of the pool does with a run of a simulated world. */

import type { RunPlan } from '../job/plan.ts';
import { run } from './run.ts';
import type { RunOptions, RunResult } from './run-result.ts';
import { replyOf, type TaskReply } from './task-reply.ts';

export interface RunTask {
  readonly plan: RunPlan;
  readonly options: RunOptions;
}

export async function perform({ plan, options }: RunTask): Promise<TaskReply<RunResult>> {
  // For test/e2e alone: no job file kills a worker (that would be a defect), nor can a shell.
  if (process.env['COFFER_TEST_CRASH_RUN'] === String(plan.index)) process.exit(9);
  return replyOf(() => run(plan, options));
}
