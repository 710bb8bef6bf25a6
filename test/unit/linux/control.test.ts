import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Control } from '../../../src/linux/control.ts';

test('what one sees, all see, and each clone has its own', () => {
  const control = Control.for(2);
  const other = new Control(control.memory);
  control.progress(0)[0] = 5;
  other.latencies(1, 2)[7] = 9;
  expect([other.progress(0)[0], other.progress(1)[0]]).toEqual([5, 0]);
  expect([control.latencies(1, 2)[7], control.latencies(1, 1)[7]]).toEqual([9, 0]);
  expect([control.clones, control.stopped]).toEqual([2, false]);
  other.stop();
  expect(control.stopped).toBe(true);
});

test('one clone is stopped, or all', () => {
  const control = Control.for(20);
  const other = new Control(control.memory);
  control.stopClone(17);
  expect([16, 17, 18].map((clone) => other.isStopped(clone))).toEqual([false, true, false]);
  expect([other.stopped, other.clones]).toEqual([false, 20]);
  control.stop();
  expect([0, 19].map((clone) => other.isStopped(clone))).toEqual([true, true]);
  // The words are not where the figures of the clones are.
  expect(other.progress(0)[0]).toBe(0);
});

test('when the run began is told with the barrier', () => {
  const control = Control.for(1);
  control.go(1_234_567.5);
  expect(new Control(control.memory).beganNs).toBe(1_234_567.5);
});

test('a thread sleeps for its time, and not once it is stopped', () => {
  const control = Control.for(2);
  const from = performance.now();
  control.sleep(0, 20e6);
  expect(performance.now() - from).toBeGreaterThan(19);
  control.stopClone(0);
  control.sleep(0, 3600e9);
  expect(control.isStopped(1)).toBe(false);
});

test('a block of no clones is a word to stop with', () => {
  expect(Control.for(0).clones).toBe(0);
});

const AT_THE_BARRIER = `
  const { workerData, parentPort } = require('node:worker_threads');
  const words = new Int32Array(workerData);
  parentPort.postMessage(Atomics.wait(words, 1, 0));
`;

test.each([
  ['go', (control: Control) => control.go()],
  ['stop', (control: Control) => control.stop()],
])('%s lets go who waits at the barrier', async (_, release) => {
  const control = Control.for(1);
  const worker = new Worker(AT_THE_BARRIER, { eval: true, workerData: control.memory });
  await once(worker, 'online');
  release(control);
  const [answer] = await once(worker, 'message');
  expect(['ok', 'not-equal']).toContain(answer);
  await worker.terminate();
});

test('who comes to an open barrier does not wait', () => {
  const control = Control.for(1);
  control.go();
  control.readyAndWait();
  expect(control.ready).toBe(1);
});
