import { expect, test } from 'vitest';
import type { RunPlan } from '../../../src/job/plan.ts';
import { schedule } from '../../../src/runner/schedule.ts';
import { readsRun } from '../../support/plan-of.ts';

const RUN = readsRun();
const VIRTUAL: RunPlan = { ...RUN, clock: 'virtual' };
const WALL: RunPlan = { ...RUN, clock: 'wall' };
const NAMED: RunPlan = {
  ...VIRTUAL,
  devices: RUN.devices.map((device) => ({
    ...device,
    attributes: { ...device.attributes, backing_file: '/tmp/device' },
  })),
};

/** What ran beside each run, itself included, in order of their starts. */
async function company(runs: readonly RunPlan[], workers: number): Promise<readonly number[]> {
  const most: number[] = [];
  const running = new Set<number>();
  const indexed = runs.map((run, index) => ({ ...run, index }));
  const started: number[] = [];
  await schedule(indexed, workers, async ({ index }) => {
    started.push(index);
    running.add(index);
    for (const other of running) most[other] = Math.max(most[other] ?? 0, running.size);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running.delete(index);
  });
  expect(started).toEqual(indexed.map(({ index }) => index));
  return most;
}

test('virtual runs share the machine, as many as there are workers', async () => {
  expect(await company([VIRTUAL, VIRTUAL, VIRTUAL, VIRTUAL], 2)).toEqual([2, 2, 2, 2]);
  expect(await company([VIRTUAL, VIRTUAL, VIRTUAL], 1)).toEqual([1, 1, 1]);
  expect(await company([VIRTUAL, VIRTUAL], 8)).toEqual([2, 2]);
});

test('a wall-clock run has the machine to itself', async () => {
  expect(await company([VIRTUAL, VIRTUAL, WALL, WALL, VIRTUAL], 8)).toEqual([2, 2, 1, 1, 1]);
});

test('runs with a named backing file go one at a time', async () => {
  expect(await company([NAMED, NAMED, VIRTUAL, VIRTUAL], 8)).toEqual([1, 1, 2, 2]);
});

test('no runs are done at once', async () => {
  await schedule([], 3, () => Promise.reject(new Error('nothing to perform')));
});

test('an error of one run is the error of all', async () => {
  const failing = schedule([VIRTUAL], 1, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
});
