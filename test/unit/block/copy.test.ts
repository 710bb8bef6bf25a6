import { expect, test } from 'vitest';
import { COPY_MAX_SECTORS, checkCopy } from '../../../src/block/copy.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, FakeDriver } from '../../support/fake-driver.ts';

const world = new BlockWorld();
const small = world.queue;
const large = world.device(new FakeDriver(), { limits: { logicalBlockBytes: 4096 } });

test.each([
  ['one sector', small, 3, small, 5, 1, Status.OK],
  ['nothing', small, 0, small, 8, 0, Status.INVAL],
  ['a sector less than 128 MiB', small, 0, small, 8, COPY_MAX_SECTORS - 1, Status.OK],
  ['128 MiB', small, 0, small, 8, COPY_MAX_SECTORS, Status.INVAL],
  ['whole blocks', large, 8, large, 16, 8, Status.OK],
  ['from inside a block', large, 4, large, 16, 8, Status.INVAL],
  ['to inside a block', large, 8, large, 20, 8, Status.INVAL],
  ['part of a block', large, 8, large, 16, 12, Status.INVAL],
  ['to larger blocks, off them', small, 1, large, 8, 8, Status.INVAL],
  ['from larger blocks, off them', large, 8, small, 1, 8, Status.INVAL],
])('%s', (_, source, sourceSector, destination, destinationSector, sizeSectors, status) => {
  const range = { source, sourceSector, destination, destinationSector, sizeSectors };
  expect(checkCopy(range)).toBe(status);
});

test('128 MiB are 2^18 sectors', () => {
  expect(COPY_MAX_SECTORS * 512).toBe(128 * 1024 * 1024);
});
