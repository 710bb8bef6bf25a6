import { expect, test } from 'vitest';
import { firstRun, job, refusals, warnings, WORLD } from './fixture.ts';
import { readRw } from '../../../src/job/rw.ts';

const BODY = '[a]\nfilename=nvme0\nsize=1m\n';
const PLAIN = {
  strideBytes: 0,
  runIos: 1,
  percentRandom: { read: 100, write: 100, trim: 100, copy: 100 },
  distribution: { kind: 'random' },
};
const at = (line: number, text: string) => [`jobs/a.fio:${line}: ${text}`];

test.each([
  ['', PLAIN],
  ['rw=read:8k', { ...PLAIN, strideBytes: 8192 }],
  ['rw=readwrite:-8k', { ...PLAIN, strideBytes: -8192 }],
  ['rw=copy:4k\ndest_offset=16m', { ...PLAIN, strideBytes: 4096 }],
  ['rw=read:0', PLAIN],
  ['rw=randread:8', { ...PLAIN, runIos: 8 }],
  ['rw=randread:1', PLAIN],
  [
    'rw=randrw\npercentage_random=50,20',
    { ...PLAIN, percentRandom: { read: 50, write: 20, trim: 20, copy: 20 } },
  ],
  [
    'rw=randread\nrandom_distribution=zipf',
    { ...PLAIN, distribution: { kind: 'zipf', theta: 1.1 } },
  ],
  [
    'rw=randread\nrandom_distribution=zoned:60/10:40/20',
    {
      ...PLAIN,
      distribution: {
        kind: 'zoned',
        sizes: 'percent',
        zones: Array.from({ length: 4 }, () => [
          { accessPercent: 60, size: 10 },
          { accessPercent: 40, size: 20 },
        ]),
      },
    },
  ],
])('%s', (lines, order) => {
  expect(job(`${BODY}${lines}\n`).order).toEqual(order);
});

test('the row says rw without its number', () => {
  expect(job(`${BODY}rw=randread:8\n`).rw).toBe('randread');
  expect(readRw('copy:-1m')).toEqual({ rw: 'copy', strideBytes: -1_048_576, runIos: 1 });
});

test.each([
  ['rw=read:1k', 'rw: 1k is no multiple of the logical block of nvme0, 4k; round it'],
  ['rw=read:-2m', 'rw: goes back by 2m, more than the region of 1m; give less'],
  [
    'rw=read:-4k\nbs=8k',
    'rw: goes back by 4k from the end of an I/O of 8k, which is forwards; give rw=NAME:-N with ' +
      'twice bs to read each block backwards',
  ],
  ['rw=randread:8k', 'rw: "8k" is not a whole number; write digits, or 0x and hex digits'],
  ['rw=randread:0', 'rw: 0 is no number of I/Os; give at least 1'],
  [
    'rw=read:8q',
    'rw: "8q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ],
])('%s is refused', (lines, sentence) => {
  expect(refusals(`${WORLD}${BODY}${lines}\n`)).toEqual(at(14, sentence));
});

test.each([
  [
    'zoned:60/0x1:40/50',
    'zone 1 of the region of 64k holds no I/O of its own; make it larger',
    '64k',
  ],
  ['zoned_abs:60/1m:40/1m', 'the zones end at 2m, past the region of 1m; make them smaller', '1m'],
  [
    'zipf:1.2:0.5',
    'zipf:1.2:0.5 would put what is hot at a place of its own; write zipf:1.2',
    '1m',
  ],
])('random_distribution=%s is refused', (text, sentence, size) => {
  const body = `[a]\nfilename=nvme0\nsize=${size}\nrw=randread\nrandom_distribution=${text}\n`;
  expect(refusals(WORLD + body)).toEqual(at(15, `random_distribution: ${sentence}`));
});

test('what is for random offsets warns in a job that has none, not in [global]', () => {
  expect(warnings(`${WORLD}${BODY}percentage_random=50\n`)).toEqual(
    at(14, 'percentage_random: has no effect with rw=read: its offsets are in order'),
  );
  expect(warnings(`${WORLD}[global]\nrandom_distribution=zipf\n${BODY}`)).toEqual([]);
});

test('the digest is as it was where nothing else is asked, and another where it is', () => {
  const digest = (lines: string) => firstRun(`${WORLD}${BODY}${lines}\n`).planSha256;
  // As coffer made it before it knew these options.
  expect(digest('rw=randread')).toBe('0af72fd3c1ca810d');
  expect(digest('rw=randread\nrandom_distribution=random\npercentage_random=100')).toBe(
    digest('rw=randread'),
  );
  const others = ['rw=randread:8', 'rw=randread\nrandom_distribution=zipf', 'rw=read:4k'];
  const all = [...others, 'rw=randread\npercentage_random=50', 'rw=randread', 'rw=read'];
  expect(new Set(all.map(digest)).size).toBe(all.length);
  expect(digest('rw=randread\nrandom_distribution=zipf')).toBe(
    digest('rw=randread\nrandom_distribution=zipf:1.10'),
  );
});

test('they are swept like any option', () => {
  const text = `${WORLD}[global]\nsweep_rw=read read:4k randread:8\n${BODY}`;
  expect(firstRun(text).point).toBe('rw=read');
  const spread = `${WORLD}[global]\nrw=randread\nsweep_random_distribution=zipf:1.2 random\n${BODY}`;
  expect(firstRun(spread).point).toBe('random_distribution=zipf:1.2');
});
