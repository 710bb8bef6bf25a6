/**
 * What comes back from a thread of a pool. Errors come back as data: `code` and `errno` of an Error
 * get lost on their way between threads (piscinajs/piscina#1143).
 */

import { errorCode } from '../units/error-code.ts';

export interface TaskError {
  readonly name: string;
  readonly message: string;
  /** Of a system call, as `ENOSPC`. */
  readonly code: string | null;
}

export type TaskReply<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: TaskError };

export async function replyOf<Result>(work: () => Promise<Result>): Promise<TaskReply<Result>> {
  try {
    return { ok: true, result: await work() };
  } catch (error) {
    return { ok: false, error: asData(error) };
  }
}

function asData(error: unknown): TaskError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null };
  return { name: error.name, message: error.message, code: errorCode(error) };
}
