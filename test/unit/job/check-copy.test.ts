import { expect, test } from 'vitest';
import { COPY_MAX_SECTORS } from '../../../src/block/copy.ts';
import { BLK_COPY_MAX_BYTES } from '../../../src/job/check-copy.ts';
import { SECTOR_BYTES } from '../../../src/units/quantity.ts';
import { refusals, WORLD } from './fixture.ts';

test('the block layer and the check of a job mean the same size', () => {
  expect(BLK_COPY_MAX_BYTES).toBe(COPY_MAX_SECTORS * SECTOR_BYTES);
});

const copy = (options: string) =>
  refusals(`${WORLD}[a]\nfilename=nvme0\nrw=copy\ndest_offset=512m\nsize=256m\n${options}\n`);

test.each(['offload', 'emulation'])('path=%s takes copies of less than 128 MiB', (path) => {
  expect(copy(`bs=128m\npath=${path}`)).toEqual([
    'jobs/a.fio:16: bs: a copy of 128m is refused by the block layer, which takes less than 128m ' +
      'at once; give a smaller bs, or path=read-write',
  ]);
  expect(copy(`bs=127m\npath=${path}`)).toEqual([]);
  expect(copy(`bs=64m\nnum_range=4\npath=${path}`)).toEqual([]);
});

test('read-write asks the block layer for no copy', () => {
  expect(copy('bs=128m\npath=read-write')).toEqual([]);
});
