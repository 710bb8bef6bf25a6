import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { abPlans, changedKeys, isSameJob, sidePaths, unpaired } from '../../../src/cli/ab-plans.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

const NONE: ReadonlySet<never> = new Set();

function plans(a: readonly string[], b: readonly string[], more = '', blocks = 4) {
  const file = join(scratchFolder(), 'reads.fio');
  writeFileSync(file, readsPlan(more).text);
  return abPlans(file, { a, b }, {}, blocks);
}

test('wall-clock jobs are repeated by the blocks, virtual ones by their own repeat', () => {
  const wall = plans([], ['bs=8k'], 'clock=wall\nrepeat=2');
  expect(wall.clock).toBe('wall');
  expect(wall.a.runs.map(({ repetition }) => repetition)).toEqual([1, 2, 3, 4]);
  expect(wall.warnings.join()).toContain('repeat=2 has no effect: each of the 4 blocks is one');
  const virtual = plans([], ['bs=8k'], 'repeat=2');
  expect([virtual.clock, virtual.b.runs.length]).toEqual(['virtual', 2]);
  expect(virtual.warnings).toEqual([]);
});

test('equal plans are the same job, however they are written', () => {
  expect(isSameJob(plans([], []))).toBe(true);
  expect(isSameJob(plans(['bs=4k'], ['bs=4096']))).toBe(true);
  expect(isSameJob(plans([], ['bs=8k']))).toBe(false);
  expect(isSameJob(plans([], ['sweep_bs=4k']))).toBe(false);
});

test('points that only one side has are told; none in common is refused', () => {
  const some = plans(['sweep_bs=4k 8k'], ['sweep_bs=8k 16k']);
  expect(unpaired(some, NONE)).toEqual([
    'only A runs at bs=4k: not judged',
    'only B runs at bs=16k: not judged',
  ]);
  expect(unpaired(plans([], ['iodepth=2']), NONE)).toEqual([]);
  const none = plans(['sweep_bs=4k 8k'], []);
  expect(() => unpaired(none, NONE)).toThrow(/^nothing to pair: A runs at bs=4k; bs=8k, B at no /);
});

test('rows that only one side has are told before anything runs; none in common is refused', () => {
  const clones = plans(['numjobs=1'], ['numjobs=3']);
  expect(unpaired(clones, NONE)).toEqual(['only B has the rows clone=1; clone=2: not judged']);
  const settings = { a: [], b: ['rw=write'] };
  const directions = plans(settings.a, settings.b);
  expect(() => unpaired(directions, changedKeys(settings))).toThrow(
    /^nothing to pair: A has the rows direction=read, B direction=write, for /,
  );
  const random = { a: [], b: ['rw=randread'] };
  expect(unpaired(plans(random.a, random.b), changedKeys(random))).toEqual([]);
});

test('both clocks in one file are refused', () => {
  expect(() => plans([], [], 'sweep_clock=virtual wall')).toThrow(/has runs of both clocks/);
});

test('mistakes are told once, or with the side whose they are', () => {
  expect(() => plans(['bs=x'], ['bs=x'])).toThrow(/^--a bs=x: bs: .+\n--b bs=x: bs: .+$/);
  // Of the file itself, on both sides: once.
  expect(() => plans([], [], 'nonsense=1')).toThrow(/^reads\.fio:\d+: nonsense: [^\n]+$/);
});

test('what settings change of a key, rows are paired without', () => {
  expect([...changedKeys({ a: ['readwrite=copy'], b: [] })]).toEqual(['rw']);
  expect([...changedKeys({ a: [], b: ['bs=4k', 'stonewall'] })]).toEqual(['group']);
  expect([...changedKeys({ a: ['bs=4k'], b: ['nvme0.mssrl=1'] })]).toEqual([]);
});

test('a record for each side', () => {
  expect(sidePaths('out/x.csv')).toEqual({ a: 'out/x.a.csv', b: 'out/x.b.csv' });
  expect(sidePaths('x')).toEqual({ a: 'x.a.csv', b: 'x.b.csv' });
});
