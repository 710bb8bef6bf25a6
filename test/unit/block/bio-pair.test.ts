import { expect, test } from 'vitest';
import { checkCopyPair } from '../../../src/block/bio-pair.ts';
import { Operation } from '../../../src/block/operation.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld } from '../../support/fake-driver.ts';

const { COPY_DST, COPY_SRC, READ } = Operation;

/** Sends these bios in one plug; the verdict of a driver on each request that came of them. */
function verdicts(...bios: readonly (readonly [Operation, number, number])[]): Status[] {
  const world = new BlockWorld();
  for (const [operation, sector, sectors] of bios) {
    world.submit(operation, sector, sectors, operation === READ ? 1 << 20 : 0);
  }
  world.plug.flush();
  return world.driver.sent.map(({ request }) => checkCopyPair(request));
}

test('a destination and a source of one size become one request', () => {
  const world = new BlockWorld();
  world.submit(COPY_DST, 5000, 64);
  world.submit(COPY_SRC, 1000, 64);
  world.plug.flush();
  expect(world.driver.sent).toHaveLength(1);
  const request = world.driver.sent[0]?.request;
  expect(request).toMatchObject({ operation: COPY_DST, sector: 5000, segments: 2 });
  // As v20's __data_len has it: both halves.
  expect(request?.dataSectors).toBe(128);
  expect(request?.last.sector).toBe(1000);
  expect([world.account.bios, world.account.merges]).toEqual([2, 1]);
});

test.each<[string, (readonly [Operation, number, number])[], Status[]]>([
  [
    'a pair',
    [
      [COPY_DST, 0, 8],
      [COPY_SRC, 64, 8],
    ],
    [Status.OK],
  ],
  ['a lone destination', [[COPY_DST, 0, 8]], [Status.IOERR]],
  ['a lone source', [[COPY_SRC, 0, 8]], [Status.IOERR]],
  [
    'the source before the destination, as it was until v18',
    [
      [COPY_SRC, 64, 8],
      [COPY_DST, 0, 8],
    ],
    [Status.IOERR, Status.IOERR],
  ],
  [
    'two sizes',
    [
      [COPY_DST, 0, 8],
      [COPY_SRC, 64, 16],
    ],
    [Status.IOERR, Status.IOERR],
  ],
  [
    'a second source',
    [
      [COPY_DST, 0, 8],
      [COPY_SRC, 64, 8],
      [COPY_SRC, 72, 8],
    ],
    [Status.OK, Status.IOERR],
  ],
  [
    'another request between',
    [
      [COPY_DST, 0, 8],
      [READ, 500, 8],
      [COPY_SRC, 64, 8],
    ],
    [Status.IOERR, Status.IOERR, Status.IOERR],
  ],
  [
    'two pairs',
    [
      [COPY_DST, 0, 8],
      [COPY_SRC, 64, 8],
      [COPY_DST, 8, 8],
      [COPY_SRC, 72, 8],
    ],
    [Status.OK, Status.OK],
  ],
])('a driver is given %s', (_, bios, expected) => {
  expect(verdicts(...bios)).toEqual(expected);
});
