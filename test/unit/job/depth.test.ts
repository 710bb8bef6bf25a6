import { expect, test } from 'vitest';
import { firstRun, job, refusals, warnings, WORLD } from './fixture.ts';
import { jobOf, warned } from './real-fixture.ts';

const deep = (options: string) => job(`[a]\nfilename=nvme0\niodepth=16\n${options}\n`).depth;
const PLAIN = { batch: 1, completeMin: 1, completeMax: 1, low: 16, serializeOverlap: false };

// As fio's fixup of its options has it (3.33, measured by the system calls it makes).
test.each<[string, object]>([
  ['', PLAIN],
  ['iodepth_batch=4', { ...PLAIN, batch: 4 }],
  ['iodepth_batch=0', { ...PLAIN, batch: 16 }],
  ['iodepth_batch_complete_min=4', { ...PLAIN, completeMin: 4, completeMax: 4 }],
  ['iodepth_batch_complete_min=0', { ...PLAIN, completeMin: 0 }],
  [
    'iodepth_batch_complete=2\niodepth_batch_complete_max=64',
    {
      ...PLAIN,
      completeMin: 2,
      completeMax: 16,
    },
  ],
  ['iodepth_batch_complete_max=0', PLAIN],
  ['iodepth_low=4', { ...PLAIN, low: 4 }],
  ['iodepth_low=0', PLAIN],
  ['rw=write\nserialize_overlap=1', { ...PLAIN, serializeOverlap: true }],
])('%s', (options, expected) => {
  expect(deep(options)).toEqual(expected);
});

test.each([
  ['iodepth=4\niodepth_batch=8', '14: iodepth_batch: is more than iodepth=4, and is taken as that'],
  ['iodepth=4\niodepth_low=8', '14: iodepth_low: is more than iodepth=4, and is taken as that'],
  [
    'iodepth=4\niodepth_batch_complete_max=8',
    '14: iodepth_batch_complete_max: is more than iodepth=4, and is taken as that',
  ],
  [
    'ioengine=psync\niodepth_low=1',
    '14: iodepth_low: has no effect with ioengine=psync, which does one I/O with each call',
  ],
  [
    'rw=randread\niodepth=4\nserialize_overlap=1',
    '15: serialize_overlap: has no effect: the job writes nothing',
  ],
  ['rw=write\nserialize_overlap=1', '14: serialize_overlap: has no effect at depth 1'],
])('%s warns', (options, sentence) => {
  const text = `${WORLD}[a]\nfilename=nvme0\n${options}\n`;
  expect(warnings(text)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('a job that reads takes what [global] says of those that write', () => {
  const text = `${WORLD}[global]\niodepth=4\nserialize_overlap=1\n[a]\nfilename=nvme0\n`;
  expect(warnings(text)).toEqual([]);
  expect(firstRun(text).jobs[0]?.depth.serializeOverlap).toBe(false);
});

test('the most is not below the least', () => {
  const options = 'iodepth=8\niodepth_batch_complete_min=4\niodepth_batch_complete_max=2';
  expect(refusals(`${WORLD}[a]\nfilename=nvme0\n${options}\n`)).toEqual([
    'jobs/a.fio:15: iodepth_batch_complete_max: 2 is less than iodepth_batch_complete_min=4; give at least that',
  ]);
});

test('real engines', () => {
  const options = 'filename=ours\nioengine=io_uring\niodepth=8\niodepth_batch=2\niodepth_low=4';
  expect(jobOf(options).depth).toEqual({
    batch: 2,
    completeMin: 1,
    completeMax: 1,
    low: 4,
    serializeOverlap: false,
  });
  expect(warned('filename=ours\niodepth_batch=2')).toEqual([
    'jobs/a.fio:3: iodepth_batch: has no effect with ioengine=psync, which does one I/O with each call',
  ]);
});

test('of a simulated job the defaults are no part of the question, which came before them', () => {
  const digest = (options: string) =>
    firstRun(`${WORLD}[a]\nfilename=nvme0\niodepth=4\n${options}\n`).planSha256;
  const plain = digest('');
  expect(digest('iodepth_batch=1\niodepth_batch_complete_min=1\niodepth_low=0')).toBe(plain);
  expect(digest('iodepth_batch=2')).not.toBe(plain);
  expect(digest('iodepth_low=2')).not.toBe(plain);
});
