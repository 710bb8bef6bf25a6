/** What a task of a real run came to, where it did not come to what was asked: in a sentence. */

import { assert } from '../units/assert.ts';
import type { TaskOutcome } from './pool.ts';
import type { CheckReport, CloneReport, RealReport } from './real-task.ts';

export function reportOf(outcome: TaskOutcome<RealReport>): CloneReport | string {
  if (outcome.kind !== 'ended') return whyNot(outcome);
  assert(outcome.result.kind === 'ran', 'a task is answered in kind');
  return outcome.result;
}

export function unchecked(problem: string): CheckReport {
  return { kind: 'checked', proof: null, verifyErrors: null, problem };
}

export function whyNot(outcome: Exclude<TaskOutcome<RealReport>, { kind: 'ended' }>): string {
  if (outcome.kind === 'aborted') return 'its thread did not end in time, and was ended';
  if (outcome.kind === 'crashed') return `its thread died: ${outcome.error}`;
  const { name, message } = outcome.error;
  return `a defect of coffer, please report it: ${name}: ${message}`;
}
