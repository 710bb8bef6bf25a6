import { expect, test } from 'vitest';
import { job, refusals, WORLD } from './fixture.ts';

const NULL0 = '[device null0]\ndriver=null_blk\nsize=64m\n';

test('a trim may have several ranges, and needs no destination', () => {
  const plan = job('[a]\nfilename=nvme0\nrw=trim\nnum_range=8\n');
  expect(plan).toMatchObject({ rw: 'trim', numRange: 8, destOffsetBytes: null });
});

test('trimwrite writes what it trims: one size, one range', () => {
  expect(refusals(`${WORLD}[a]\nfilename=nvme0\nrw=trimwrite\nbs=4k,8k,4k\nnum_range=2\n`)).toEqual(
    [
      'jobs/a.fio:14: bs: writes 8k where it trims 4k, and trimwrite writes each block that it has trimmed; give one size for both',
      'jobs/a.fio:15: num_range: several ranges make one trim, and trimwrite writes behind each; give num_range=1',
    ],
  );
});

test('a device without discards is refused', () => {
  const what = 'null0 takes no discards; give its device discard=1 and memory_backed=1';
  expect(refusals(`${NULL0}[a]\nfilename=null0\nrw=trim\n`)).toEqual([`jobs/a.fio:6: rw: ${what}`]);
  const discards = 'memory_backed=1\ndiscard=1\n';
  expect(refusals(`${NULL0}${discards}[a]\nfilename=null0\nrw=trim\n`)).toEqual([]);
});

test('num_range has no effect on what is neither trimmed nor copied', () => {
  expect(refusals(`${WORLD}[a]\nfilename=nvme0\nrw=trim\nnum_range=300\n`)).toHaveLength(1);
});
