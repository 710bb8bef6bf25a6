import { expect, test } from 'vitest';
import { pointsOf, takeShard } from '../../../src/job/shard.ts';
import { readsPlan } from '../../support/plan-of.ts';

const SWEPT = readsPlan('sweep_iodepth=1 2 4 8 16\nrepeat=2', 'a.fio');
const OTHER = readsPlan('sweep_loops=1 2', 'b.fio', SWEPT.runs.length);

/** `1 iodepth=1 #1` */
function taken(index: number, count: number): readonly string[] {
  return takeShard([SWEPT, OTHER], { index, count }).flatMap(({ runs }) =>
    runs.map((run) => `${run.index} ${run.point} #${run.repetition}`),
  );
}

test('points are dealt over all files, and their repetitions stay together', () => {
  expect(taken(1, 3)).toEqual(['0 iodepth=1 #1', '1 iodepth=1 #2', '10 loops=1 #1']);
  expect(taken(2, 3)).toEqual([
    '2 iodepth=2 #1',
    '3 iodepth=2 #2',
    '6 iodepth=8 #1',
    '7 iodepth=8 #2',
  ]);
});

test('one shard of one is all, in order', () => {
  expect(takeShard([SWEPT, OTHER], { index: 1, count: 1 })).toEqual([SWEPT, OTHER]);
  expect(pointsOf([SWEPT, OTHER])).toBe(7);
});

test('a shard that nothing falls to has plans without runs', () => {
  expect(taken(9, 9)).toEqual([]);
  expect(takeShard([SWEPT, OTHER], { index: 9, count: 9 })).toHaveLength(2);
});

test('an axis as long as there are shards does not give each shard one value of it', () => {
  const plan = readsPlan('sweep_iodepth=1 2 4\nsweep_loops=1 2 3');
  const loops = takeShard([plan], { index: 3, count: 3 }).flatMap(({ runs }) =>
    runs.map(({ jobs }) => jobs[0]?.loops),
  );
  expect(new Set(loops).size).toBe(3);
});
