/**
 * What a thread of the pool does with a run. Errors come back as data: `code` and `errno` of an
 * Error get lost on their way between threads (piscinajs/piscina#1143).
 */

import type { RunPlan } from '../job/plan.ts';
import { errorCode } from '../units/error-code.ts';
import { run } from './run.ts';
import type { RunOptions, RunResult } from './run-result.ts';

export interface RunTask {
  readonly plan: RunPlan;
  readonly options: RunOptions;
}

export interface RunError {
  readonly name: string;
  readonly message: string;
  /** Of a system call, as `ENOSPC`. */
  readonly code: string | null;
}

export type RunReply =
  | { readonly ok: true; readonly result: RunResult }
  | { readonly ok: false; readonly error: RunError };

export async function runTask({ plan, options }: RunTask): Promise<RunReply> {
  // For test/e2e alone: no job file kills a worker (that would be a defect), nor can a shell.
  if (process.env['COFFER_TEST_CRASH_RUN'] === String(plan.index)) process.exit(9);
  try {
    return { ok: true, result: await run(plan, options) };
  } catch (error) {
    return { ok: false, error: asData(error) };
  }
}

function asData(error: unknown): RunError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null };
  return { name: error.name, message: error.message, code: errorCode(error) };
}
