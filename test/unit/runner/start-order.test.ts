import { expect, test } from 'vitest';
import { type JobState, mayStart } from '../../../src/runner/start-order.ts';
import { realRun } from '../../support/real-run.ts';

/** Which of the jobs may start, by their states. */
function startable(text: string, states: readonly JobState[]): number[] {
  const jobs = realRun(text).jobs.map((plan, index) => ({
    plan,
    state: states[index] ?? 'waiting',
  }));
  return jobs.flatMap((_, index) => (mayStart(jobs, index) ? [index] : []));
}

const THREE = '[a]\n[b]\n[c]\n';
const WALL = '[a]\n[b]\nstonewall\n[c]\n';
const WAIT = '[a]\n[b]\n[c]\nwait_for=a\n';

test.each<[string, string, JobState[], number[]]>([
  ['all at once', THREE, [], [0, 1, 2]],
  ['none twice', THREE, ['running', 'ended'], [2]],
  ['a stonewall holds back what is behind it', WALL, [], [0]],
  ['until all before have ended', WALL, ['running'], []],
  ['then it lets them go', WALL, ['ended'], [1, 2]],
  ['who waits for a job', WAIT, [], [0, 1]],
  ['waits until it has ended', WAIT, ['running', 'ended'], []],
  ['and for no other', WAIT, ['ended', 'running'], [2]],
])('%s', (_, text, states, expected) => {
  expect(startable(text, states)).toEqual(expected);
});
