import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { segmentsOf } from '../../../src/block/split.ts';
import type { Limits } from '../../../src/block/limits.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld } from '../../support/fake-driver.ts';

const PAGE = 1 << 20;
const { READ, WRITE, DISCARD, WRITE_ZEROES, COPY_DST } = Operation;

test.each([
  [0, 8, 1],
  [0, 9, 2],
  [512, 7, 1],
  [512, 8, 2],
  [4096 - 512, 1, 1],
  [4096 - 512, 10, 3],
])('a buffer at %d of %d sectors touches %d pages', (offset, sectors, pages) => {
  expect(segmentsOf(PAGE + offset, sectors)).toBe(pages);
});

interface Case {
  readonly name: string;
  readonly limits: Partial<Limits>;
  readonly operation: Operation;
  readonly sectors: number;
  /** Of the buffer, within its page. */
  readonly offset?: number;
  /** What the driver should get: pieces, laid end to end from sector 1000. */
  readonly children: readonly number[];
}

const cases: readonly Case[] = [
  {
    name: 'what the limits let through stays whole',
    limits: { maxSectors: 64 },
    operation: READ,
    sectors: 64,
    children: [64],
  },
  {
    name: 'max_sectors cuts, the rest comes last',
    limits: { maxSectors: 64 },
    operation: WRITE,
    sectors: 150,
    children: [64, 64, 22],
  },
  {
    name: 'max_segments cuts at pages',
    limits: { maxSegments: 2 },
    operation: READ,
    sectors: 40,
    children: [16, 16, 8],
  },
  {
    name: 'a buffer that begins inside a page has a shorter first piece',
    limits: { maxSegments: 2 },
    operation: READ,
    sectors: 33,
    offset: 512,
    children: [15, 16, 2],
  },
  {
    name: 'a buffer that touches one page more than is allowed is cut',
    limits: { maxSegments: 4 },
    operation: READ,
    sectors: 32,
    offset: 2048,
    children: [28, 4],
  },
  {
    name: 'pieces are whole logical blocks',
    limits: { logicalBlockBytes: 4096, maxSectors: 20 },
    operation: WRITE,
    sectors: 40,
    children: [16, 16, 8],
  },
  {
    name: 'so are those that segments cut',
    limits: { logicalBlockBytes: 4096, maxSegments: 3 },
    operation: WRITE,
    sectors: 40,
    offset: 512,
    children: [16, 16, 8],
  },
  {
    name: 'the smaller of the two limits cuts',
    limits: { maxSectors: 12, maxSegments: 2 },
    operation: READ,
    sectors: 24,
    children: [12, 12],
  },
  {
    name: 'discards go by their own limit',
    limits: { maxSectors: 8, maxDiscardSectors: 100 },
    operation: DISCARD,
    sectors: 250,
    children: [100, 100, 50],
  },
  {
    name: 'write zeroes by theirs',
    limits: { maxSectors: 8, maxWriteZeroesSectors: 16 },
    operation: WRITE_ZEROES,
    sectors: 32,
    children: [16, 16],
  },
  {
    name: 'a copy is never cut',
    limits: { maxSectors: 8, maxCopySectors: 256 },
    operation: COPY_DST,
    sectors: 256,
    children: [256],
  },
];

test.each(cases)('$name', ({ limits, operation, sectors, offset, children }) => {
  const world = new BlockWorld({ limits: { ...limits } });
  const sector = 1000;
  const carries = operation === READ || operation === WRITE;
  world.submit(operation, sector, sectors, carries ? PAGE + (offset ?? 0) : 0);
  world.plug.flush();
  let at = sector;
  const expected = children.map((size): [Operation, number, number] => {
    at += size;
    return [operation, at - size, size];
  });
  expect(world.driver.children).toEqual(expected);
  expect([world.account.bios, world.account.splits]).toEqual([1, children.length - 1]);
});

test('each piece has its part of the buffer', () => {
  const world = new BlockWorld({ limits: { maxSectors: 8 } });
  world.submit(WRITE, 0, 20, PAGE);
  world.plug.flush();
  expect(world.driver.sent.map(({ address }) => address)).toEqual([PAGE, PAGE + 4096, PAGE + 8192]);
});

test('every piece has the FUA of its parent', () => {
  const world = new BlockWorld({ limits: { maxSectors: 8 } });
  const bio = world.bio(WRITE, 0, 20, PAGE);
  bio.fua = true;
  world.queue.submitBio(bio, world.plug);
  world.plug.flush();
  expect(world.driver.sent.map(({ request }) => request.fua)).toEqual([true, true, true]);
});

test('a bio ends once, with its last piece, at the end of it', () => {
  const world = new BlockWorld({ limits: { maxSectors: 8 } });
  const bio = world.submit(READ, 0, 24, PAGE);
  world.plug.flush();
  for (const [index, atNs] of [
    [2, 10],
    [0, 20],
  ] as const) {
    world.simulation.advanceTo(atNs);
    world.driver.end(index);
    expect(world.submitter.ended).toEqual([]);
  }
  world.simulation.advanceTo(30);
  world.driver.end(1);
  expect(world.submitter.ended).toEqual([{ bio, status: Status.OK, atNs: 30 }]);
});

test('the first error of its pieces is the error of the bio', () => {
  const world = new BlockWorld({ limits: { maxSectors: 8 } });
  world.submit(READ, 0, 32, PAGE);
  world.plug.flush();
  world.driver.end(0);
  world.driver.end(2, Status.MEDIUM);
  world.driver.end(1, Status.IOERR);
  world.driver.end(3);
  expect(world.submitter.statuses).toEqual([Status.MEDIUM]);
});
