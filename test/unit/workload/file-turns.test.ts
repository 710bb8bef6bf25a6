import { expect, test } from 'vitest';
import { type FileTurns, RandomTurns, RoundTurns } from '../../../src/workload/file-turns.ts';

/** So many turns of files that have so many I/Os each in a pass. */
function turns(of: FileTurns, each: readonly number[], count: number): number[] {
  const left = [...each];
  const had: number[] = [];
  while (had.length < count) {
    const file = of.next();
    if (left[file] === 0) {
      of.through(file);
      left[file] = each[file] ?? 0;
      continue;
    }
    left[file] = (left[file] ?? 0) - 1;
    had.push(file);
  }
  return had;
}

test('files take turns in order, and those that are through are left out', () => {
  expect(turns(new RoundTurns(2, 2), [2, 5], 9)).toEqual([0, 1, 0, 1, 1, 1, 1, 0, 1]);
  expect(turns(new RoundTurns(3, 3), [3, 1, 2], 12)).toEqual([0, 1, 2, 0, 2, 0, 0, 1, 2, 0, 2, 0]);
});

test('so many are open at a time; the next joins behind them', () => {
  expect(turns(new RoundTurns(3, 1), [2, 2, 2], 8)).toEqual([0, 0, 1, 1, 2, 2, 0, 0]);
  expect(turns(new RoundTurns(4, 2), [2, 2, 2, 2], 8)).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
  // As fio 3.33 with --openfiles=2 and files of 4k, 12k, 8k and 4k.
  expect(turns(new RoundTurns(4, 2), [1, 3, 2, 1], 7)).toEqual([0, 1, 1, 2, 1, 2, 3]);
});

test('a turn at random: each file as often as it has I/Os, none while it is through', () => {
  const each = [5, 1, 7, 3];
  const had = turns(new RandomTurns(4, 4, [1, 2]), each, 32);
  expect(each.map((_, file) => had.filter((one) => one === file).length)).toEqual([10, 2, 14, 6]);
});

test('at random too no more are open than may be', () => {
  const had = turns(new RandomTurns(6, 2, [3]), [4, 4, 4, 4, 4, 4], 24);
  const open = new Map<number, number>();
  for (const file of had) {
    open.set(file, (open.get(file) ?? 0) + 1);
    expect(open.size).toBeLessThanOrEqual(2);
    if (open.get(file) === 4) open.delete(file);
  }
});

test('chance is even', () => {
  const random = new RandomTurns(4, 4, [9]);
  const counts = [0, 0, 0, 0];
  for (let turn = 0; turn < 40_000; turn += 1) {
    const file = random.next();
    counts[file] = (counts[file] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count / 10_000 - 1)).toBeLessThan(0.05);
});
