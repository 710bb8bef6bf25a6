import { expect, test } from 'vitest';
import { planTable } from '../../../src/cli/check.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { firstRun } from '../job/fixture.ts';

function lines(more: string): readonly string[] {
  return planTable(readsPlan(more).runs).split('\n');
}

test('each run has a line with its number, point and I/Os', () => {
  const table = lines('sweep_iodepth=1 16\nrepeat=2');
  expect(table[0]).toBe('run  point       repetition  ios  writes  guessed time');
  expect(table[1]).toBe('  1  iodepth=1            1    4     0 B       20.0 µs');
  expect(table[4]).toBe('  4  iodepth=16           2    4     0 B       20.0 µs');
  expect(table[6]).toBe('writes to simulated devices, layout included: 0 B');
  expect(table[7]).toMatch(/^time, a guess: /);
});

test('real files that are written are named', () => {
  const table = (body: string) => planTable([firstRun(body)]).split('\n')[3];
  expect(table('[a]\nfilename=x\nsize=1m\n')).toBe('writes to x, layout included: 1 MiB');
  expect(table('[a]\nioengine=null\nsize=1m\n')).toBe('writes to no file, layout included: 0 B');
  const many = table('[a]\ndirectory=/d\nrw=write\nsize=4k\nnumjobs=40\n');
  expect(many).toMatch(/^writes to \/d\/a\.0\.0, .*, \/d\/a\.31\.0 and 8 more, layout/);
});

test('a timed run says that nothing tells', () => {
  const table = lines('time_based=1\nruntime=1s');
  expect(table[1]).toMatch(/timed {5}0 B {7}unknown$/);
  expect(table[3]).toMatch(/included: 0 B$/);
  expect(table[4]).toContain('and 1 timed run that nothing tells beforehand');
});

test('a timed run that writes says what it is sure to write', () => {
  const table = planTable([
    firstRun(
      '[device d]\ndriver=nvme\n[global]\nclock=wall\n' +
        '[a]\nfilename=d\nsize=1m\nrw=rw\ntime_based\nruntime=1s\n',
    ),
  ]).split('\n');
  expect(table[1]).toMatch(/timed {2}1 MiB and more {8}1.00 s$/);
});

test('a timed run in wall time takes its runtime', () => {
  expect(lines('time_based=1\nruntime=3s\nclock=wall')[1]).toMatch(/ 3.00 s$/);
});

test('a run takes time beside its I/Os', () => {
  const guess = (more: string) => lines(more).find((line) => line.startsWith('time, a guess'));
  expect(guess('clock=wall\nrepeat=1000')).toBe('time, a guess: 3.02 s');
});
