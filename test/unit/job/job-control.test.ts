/** startdelay, exitall and its relatives, new_group and flow, from text to plan. */

import { expect, test } from 'vitest';
import { firstRun, job, refusals, warnings, WORLD } from './fixture.ts';

const JOBS = `${WORLD}[global]\nfilename=nvme0\nsize=1m\n`;

test('nothing of it is asked by default', () => {
  expect(job('[a]\nfilename=nvme0\n')).toMatchObject({
    startDelay: { lowNs: 0, highNs: 0 },
    exit: { exitall: false, onError: false, what: 'group' },
    flow: null,
  });
});

test('a default that is written out asks no other question', () => {
  const written =
    'startdelay=0\nexitall=0\nexitall_on_error=0\nexit_what=group\nnew_group=0\n' +
    'flow=0\nflow_id=0\nflow_sleep=0\n';
  const digest = (more: string) => firstRun(`${JOBS}[a]\n${more}`).planSha256;
  expect(digest(written)).toBe(digest(''));
  for (const line of ['startdelay=1', 'exitall', 'exit_what=all', 'new_group', 'flow=3']) {
    expect(digest(`${line}\n`)).not.toBe(digest(''));
  }
});

test('as given', () => {
  const lines = 'startdelay=500ms-2\nexitall_on_error\nexit_what=stonewall\n';
  expect(job(`[a]\nfilename=nvme0\n${lines}flow=8\nflow_id=2\nflow_sleep=100\n`)).toMatchObject({
    startDelay: { lowNs: 5e8, highNs: 2e9 },
    exit: { exitall: false, onError: true, what: 'stonewall' },
    flow: { id: 2, weight: 8, sleepNs: 100_000 },
  });
});

// As fio 3.33 counted them: see test/conformance/fio/job-control.test.ts.
test('new_group and stonewall begin groups, both together one, and none before the first', () => {
  const text = '[a]\nnew_group\n[b]\n[c]\nnew_group\nstonewall\n[d]\nnew_group\nnumjobs=2\n[e]\n';
  expect(firstRun(JOBS + text).jobs.map(({ group }) => group)).toEqual([0, 0, 1, 2, 2]);
});

test.each<[string, string]>([
  ['startdelay=2-1', 'startdelay: "2-1" begins above its end; write 1-2'],
  ['startdelay=200d', 'startdelay: is longer than time is counted exactly'],
  ['exit_what=job', 'exit_what: "job" is not known; write one of group, stonewall, all'],
  ['flow=1001', 'flow: 1001 is too large; 1000 is the most'],
])('%s is refused', (line, sentence) => {
  expect(refusals(`${JOBS}[a]\n${line}\n`)[0]).toContain(`jobs/a.fio:15: ${sentence}`);
});

test.each<[string, string[]]>([
  ['[a]\nexit_what=all\n', ['15: exit_what: has no effect without exitall or exitall_on_error']],
  ['[a]\nexit_what=all\n[b]\nexitall_on_error\n', ['15: exit_what: has no effect without']],
  ['[a]\nexitall_on_error\nexit_what=all\n', []],
  ['[a]\nflow_id=1\n', ['15: flow_id: has no effect without flow; give flow=WEIGHT']],
  ['[a]\nexitall\n', []],
  ['[a]\nexitall\n[b]\n', ['15: exitall: holds for all jobs of the file, as in fio']],
])('%j', (text, expected) => {
  const told = warnings(JOBS + text);
  expect(told).toHaveLength(expected.length);
  for (const [index, sentence] of expected.entries()) expect(told[index]).toContain(sentence);
});

const EXITALL = `${WORLD}[global]\nfilename=nvme0\nsize=1m\nexitall\n`;

test.each<[string, string, string[]]>([
  [
    'who waits for a job whose end ends it',
    '[a]\n[b]\nwait_for=a\n',
    ['wait_for: never starts: by exitall the end of a is the end of this job too'],
  ],
  ['not so in another group', '[a]\n[b]\nnew_group\nwait_for=a\n', []],
  [
    'but for exit_what',
    '[a]\nexit_what=stonewall\n[b]\nnew_group\nwait_for=a\n',
    ['wait_for: never starts'],
  ],
  ['a stonewall begins another group', '[a]\n[b]\nstonewall\nwait_for=a\n', []],
  [
    'who stands behind jobs that all end all',
    '[a]\nexit_what=all\n[b]\nstonewall\n[c]\n',
    ['stonewall: never starts: exitall with exit_what=all', 'stonewall: never starts'],
  ],
  ['a stonewall of the first job begins nothing', '[a]\nstonewall\n[b]\nexit_what=all\n', []],
  [
    'and those behind it are of its stage',
    '[a]\nstonewall\nexit_what=stonewall\n[b]\nnew_group\nwait_for=a\n',
    ['wait_for: never starts'],
  ],
  ['which of two ends first, only the run tells', '[a]\nexit_what=all\n[b]\n[c]\nstonewall\n', []],
])('%s', (_, text, expected) => {
  const told = warnings(EXITALL + text);
  expect(told).toHaveLength(expected.length);
  for (const [index, sentence] of expected.entries()) expect(told[index]).toContain(sentence);
});
