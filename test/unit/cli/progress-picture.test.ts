import { expect, test } from 'vitest';
import { Pictures } from '../../../src/cli/progress-picture.ts';
import type { RunPlan } from '../../../src/job/plan.ts';
import { present } from '../../../src/units/assert.ts';
import { jobLive } from '../../support/job-live.ts';
import { readsPlan } from '../../support/plan-of.ts';

/** Runs of which each is guessed to take three times as long as the one before. */
const RUNS = readsPlan('sweep_loops=1 3 9 27').runs;

const NONE: ReadonlySet<number> = new Set();

function runAt(index: number): RunPlan {
  return present(RUNS[index], 'a run');
}

test('runs weigh what they are guessed to take, and those under way count by their share', () => {
  const pictures = new Pictures(RUNS);
  const live = [{ plan: runAt(3), elapsedMs: 4000, jobs: [jobLive({ share: 0.5 })] }];
  const picture = pictures.picture({ done: new Set([0, 1, 2]), kept: NONE }, live, 10_000);
  expect(picture).toMatchObject({ done: 3, runs: 4, goneMs: 10_000 });
  expect(picture.share).toBeCloseTo((13 + 13.5) / 40, 3);
  expect(picture.leftMs).toBeCloseTo((10_000 * 13.5) / 26.5, -1);
  expect(picture.underWay[0]).toMatchObject({ name: 'loops=27', share: 0.5, leftMs: 4000 });
});

test('what was kept took no time, and without a pace no time left is told', () => {
  const pictures = new Pictures(RUNS);
  const kept = new Set([3]);
  expect(pictures.picture({ done: kept, kept }, [], 100).leftMs).toBe(null);
  const picture = pictures.picture({ done: new Set([2, 3]), kept }, [], 9000);
  expect(picture.leftMs).toBeCloseTo(4000, -1);
});

test('runs of which nothing is known beforehand are all alike', () => {
  const { runs } = readsPlan('time_based=1\nruntime=1s\nsweep_iodepth=1 2 4 8');
  const picture = new Pictures(runs).picture({ done: new Set([1]), kept: NONE }, [], 1000);
  expect(picture.share).toBe(0.25);
});

test('a run that has not told yet is starting, and jobs that wait or have ended have no line', () => {
  const pictures = new Pictures(RUNS);
  const plan = runAt(0);
  const progress = { done: NONE, kept: NONE };
  const [starting] = pictures.picture(progress, [{ plan, elapsedMs: 9, jobs: [] }], 9).underWay;
  expect(starting).toMatchObject({ share: null, leftMs: null, rate: null, jobs: [] });
  const ended = [jobLive({ state: 'ended', share: 1 })];
  const [over] = pictures.picture(progress, [{ plan, elapsedMs: 9, jobs: ended }], 9).underWay;
  expect(over).toMatchObject({ share: 1, leftMs: 0, jobs: [] });
});

test('rates and p99 of the jobs that run, and of the run their sum', () => {
  const { runs } = readsPlan('[more]');
  const pictures = new Pictures(runs);
  const plan = present(runs[0], 'a run');
  const look = (atMs: number, ios: number) => {
    const job = jobLive({ ios, bytes: ios * 10, atNs: atMs * 1e6, p99Ns: 7000 });
    const live = [{ plan, elapsedMs: atMs, jobs: [job, job] }];
    return pictures.picture({ done: NONE, kept: NONE }, live, atMs).underWay[0];
  };
  expect(look(0, 0)).toMatchObject({ rate: null, jobs: [{ rate: null }, { rate: null }] });
  expect(look(500, 50)).toMatchObject({
    rate: { iops: 200, bytesPerS: 2000 },
    jobs: [
      { name: 'more', rate: { iops: 100, bytesPerS: 1000 }, p99Ns: 7000 },
      { name: 'reads', rate: { iops: 100, bytesPerS: 1000 }, p99Ns: 7000 },
    ],
  });
});

test('a shard has not every number, and is a whole of its own', () => {
  const pictures = new Pictures([runAt(1), runAt(3)]);
  const picture = pictures.picture({ done: new Set([1]), kept: NONE }, [], 1000);
  expect(picture).toMatchObject({ done: 1, runs: 2 });
  expect(picture.share).toBeCloseTo(3 / 30, 3);
});
