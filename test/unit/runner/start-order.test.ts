import { expect, test } from 'vitest';
import { StartOrder } from '../../../src/runner/start-order.ts';
import { realRun } from '../../support/real-run.ts';

function orderOf(text: string): StartOrder {
  return new StartOrder(realRun(text).jobs);
}

/** The job runs from beginning to end, and ends well. */
function perform(order: StartOrder, job: number, failed = false): readonly number[] {
  order.began(job);
  const ending = order.cloneEnded(job, failed);
  order.ended(job);
  return ending;
}

test('all at once, and none twice', () => {
  const order = orderOf('[a]\n[b]\n[c]\n');
  expect(order.start()).toEqual([0, 1, 2]);
  expect(order.start()).toEqual([]);
  expect([order.states, order.over]).toEqual([['running', 'running', 'running'], false]);
});

test('a stonewall holds back what is behind it until all before have ended', () => {
  const order = orderOf('[a]\n[b]\n[c]\nstonewall\n[d]\n');
  expect(order.start()).toEqual([0, 1]);
  perform(order, 1);
  expect(order.start()).toEqual([]);
  perform(order, 0);
  expect(order.start()).toEqual([2, 3]);
  perform(order, 2);
  perform(order, 3);
  expect(order.over).toBe(true);
});

test('who waits for a job waits until it has ended, and for no other', () => {
  const order = orderOf('[a]\n[b]\n[c]\nwait_for=a\n');
  expect(order.start()).toEqual([0, 1]);
  perform(order, 1);
  expect(order.start()).toEqual([]);
  perform(order, 0);
  expect(order.start()).toEqual([2]);
});

test('without exitall nobody ends with another', () => {
  const order = orderOf('[a]\nexit_what=all\n[b]\n');
  order.start();
  expect([perform(order, 0, true), order.states[1]]).toEqual([[], 'running']);
});

const STAGES = '[a]\nWHAT\n[b]\n[other]\nnew_group\n[later]\nstonewall\n';

// As fio 3.33 ended them, but that a job of the stage which had not begun would have gone on.
test.each<[string, number[], string[], number[]]>([
  ['exitall', [0, 1], ['ended', 'running', 'running', 'waiting'], []],
  ['exitall\nexit_what=group', [0, 1], ['ended', 'running', 'running', 'waiting'], []],
  ['exitall\nexit_what=stonewall', [0, 1, 2], ['ended', 'running', 'running', 'waiting'], []],
  ['exitall\nexit_what=all', [0, 1, 2], ['ended', 'running', 'running', 'ended'], [3]],
])('%s of the first job to end', (what, ending, states, leftOut) => {
  const order = orderOf(STAGES.replace('WHAT', what));
  order.start();
  expect(perform(order, 0)).toEqual(ending);
  expect(order.states).toEqual(states);
  const reasons = order.states.map((_, job) => order.whyNotRun(job));
  expect(reasons[3]).toBe(leftOut.length > 0 ? 'exitall: job a ended before it began' : null);
});

test('a stonewall of the first job begins no stage of its own', () => {
  const order = orderOf('[a]\nstonewall\nexitall\nexit_what=stonewall\n[b]\nnew_group\n');
  order.start();
  expect(perform(order, 0)).toEqual([0, 1]);
});

test('exitall of one job is for all, and each that ends so ends those of its own', () => {
  const order = orderOf('[a]\n[b]\nexit_what=all\nexitall\n[other]\nnew_group\n');
  order.start();
  expect(perform(order, 0)).toEqual([0, 1]);
  expect(perform(order, 1)).toEqual([1, 2]);
});

test('exitall_on_error is of the job that says it, and of failures', () => {
  const order = orderOf('[a]\nexitall_on_error\n[b]\n[c]\n');
  order.start();
  expect(perform(order, 1, true)).toEqual([]);
  expect(perform(order, 0, true)).toEqual([0, 2]);
  expect(orderOf('[a]\nexitall_on_error\n[b]\n').cloneEnded(0, false)).toEqual([]);
});

test('who waits for a job that never begins never begins, whatever its group', () => {
  const text = '[a]\nexitall\n[b]\nwait_for=a\n[c]\nnew_group\nwait_for=b\n[d]\nstonewall\n';
  const order = orderOf(text);
  expect(order.start()).toEqual([0]);
  perform(order, 0);
  expect(order.states).toEqual(['ended', 'ended', 'ended', 'waiting']);
  const why = 'exitall: job a ended before it began';
  expect([1, 2, 3].map((job) => order.whyNotRun(job))).toEqual([
    why,
    `${why}; it waits for b`,
    null,
  ]);
  expect(order.start()).toEqual([3]);
});

test('nor for one whose clones were all held back by startdelay', () => {
  const order = orderOf('[a]\nexitall\n[b]\nstartdelay=1\n[c]\nnew_group\nwait_for=b\n');
  order.start();
  expect(perform(order, 0)).toEqual([0, 1]);
  order.ended(1);
  expect(order.whyNotRun(2)).toBe('exitall: job a ended before it began; it waits for b');
  expect(order.over).toBe(true);
});

test('one that has failed lets others begin', () => {
  const order = orderOf('[a]\n[b]\nwait_for=a\n');
  order.start();
  perform(order, 0, true);
  expect(order.start()).toEqual([1]);
});
