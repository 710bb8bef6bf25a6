import { expect, test } from 'vitest';
import type { JobPicture, Picture, RunPicture } from '../../../src/cli/progress-picture.ts';
import { blockLines, jobLogLines, logLine } from '../../../src/cli/progress-text.ts';

const RATE = { iops: 11_234, bytesPerS: 46_000_000 };

function job(told: Partial<JobPicture> = {}): JobPicture {
  return { name: 'copies', share: 0.456, rate: RATE, p99Ns: 86_600, ...told };
}

function run(told: Partial<RunPicture> = {}): RunPicture {
  const base = { name: 'bs=4k path=offload', share: 0.456, leftMs: 3_000, rate: RATE };
  return { ...base, jobs: [job()], ...told };
}

function picture(told: Partial<Picture> = {}): Picture {
  const base = { done: 12, runs: 30, share: 0.419, goneMs: 12_000, leftMs: 17_000 };
  return { ...base, underWay: [run()], ...told };
}

const STARTING = run({ name: 'bs=1m', share: null, leftMs: null, rate: null, jobs: [] });

test('the block: the whole, and a line per run under way', () => {
  const underWay = [run(), STARTING];
  expect(blockLines(picture({ underWay }), false, 79)).toEqual([
    '12/30 runs, 41 %, 0:12 gone, about 0:17 left',
    '  bs=4k path=offload                    45 % 11.2k IOPS 43.9 MiB/s    0:03 left',
    '  bs=1m                             starting',
  ]);
});

test('--live: a line per job below its run', () => {
  const underWay = [run({ jobs: [job(), job({ name: 'reads', rate: null, p99Ns: null })] })];
  expect(blockLines(picture({ underWay, leftMs: null }), true, 79)).toEqual([
    '12/30 runs, 41 %, 0:12 gone',
    '  bs=4k path=offload                    45 % 11.2k IOPS 43.9 MiB/s    0:03 left',
    '    copies                              45 % 11.2k IOPS 43.9 MiB/s  p99 86.6 µs',
    '    reads                               45 %',
  ]);
});

test.each([
  [60, '  bs=4k path=offload            45 % 43.9 MiB/s    0:03 left'],
  [50, '  bs=4k path=offload               45 % 43.9 MiB/s'],
  [36, '  bs=4k path=offload            45 %'],
  [24, '  bs=4k path=o…     45 %'],
])('in %i columns figures are whole or not there', (columns, line) => {
  expect(blockLines(picture(), false, columns)[1]).toBe(line);
});

test.each([1, 5, 10, 24, 40, 79, 200])('no line is longer than %i columns', (columns) => {
  const long = run({ name: 'n'.repeat(300), leftMs: 360_000_000 });
  for (const line of blockLines(picture({ underWay: [run(), long] }), true, columns)) {
    expect(line.length).toBeLessThanOrEqual(columns);
  }
});

test('a log has a line, with the runs under way as far as they are few', () => {
  expect(logLine(picture({ underWay: [run(), STARTING] }))).toBe(
    '0:12  12/30 runs, 41 %, about 0:17 left; bs=4k path=offload 45 %, 43.9 MiB/s; bs=1m starting',
  );
  const many = picture({ leftMs: null, underWay: Array.from({ length: 6 }, () => STARTING) });
  expect(logLine(many)).toBe(`0:12  12/30 runs, 41 %; ${'bs=1m starting; '.repeat(4)}and 2 more`);
});

test('--live in a log: a line for each job that runs', () => {
  const alone = run({ name: 'reads', jobs: [job({ name: 'reads', rate: null, p99Ns: null })] });
  expect(jobLogLines(picture({ underWay: [run(), alone] }))).toEqual([
    '0:12  bs=4k path=offload, copies: 45 %, 11.2k IOPS, 43.9 MiB/s, p99 86.6 µs',
    '0:12  reads: 45 %',
  ]);
});
