import { expect, test } from 'vitest';
import type { Limits } from '../../../src/block/limits.ts';
import { Operation } from '../../../src/block/operation.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, FakeDriver } from '../../support/fake-driver.ts';

const PAGE = 1 << 20;
const { READ, WRITE, DISCARD, FLUSH } = Operation;

interface Asked {
  readonly operation?: Operation;
  readonly sector: number;
  readonly sectors: number;
  /** Pages from the first buffer. */
  readonly page?: number;
  readonly offset?: number;
  readonly fua?: boolean;
}

interface Case {
  readonly name: string;
  readonly limits?: Partial<Limits>;
  readonly asked: readonly Asked[];
  /** Requests that the driver should get: sector, sectors, bios. */
  readonly children: readonly (readonly [number, number, number])[];
}

const cases: readonly Case[] = [
  {
    name: 'a bio that follows goes to the back',
    asked: [
      { sector: 0, sectors: 8 },
      { sector: 8, sectors: 8 },
      { sector: 16, sectors: 8 },
    ],
    children: [[0, 24, 3]],
  },
  {
    name: 'a bio that comes before goes to the front',
    asked: [
      { sector: 16, sectors: 8 },
      { sector: 8, sectors: 8 },
    ],
    children: [[8, 16, 2]],
  },
  {
    name: 'a gap between is none of both',
    asked: [
      { sector: 0, sectors: 8 },
      { sector: 9, sectors: 8 },
    ],
    children: [
      [0, 8, 1],
      [9, 8, 1],
    ],
  },
  {
    name: 'only the last request built is tried',
    asked: [
      { sector: 0, sectors: 8 },
      { sector: 100, sectors: 8 },
      { sector: 8, sectors: 8 },
    ],
    children: [
      [0, 8, 1],
      [100, 8, 1],
      [8, 8, 1],
    ],
  },
  {
    name: 'a read and a write do not merge',
    asked: [
      { sector: 0, sectors: 8 },
      { operation: WRITE, sector: 8, sectors: 8 },
    ],
    children: [
      [0, 8, 1],
      [8, 8, 1],
    ],
  },
  {
    name: 'nor one that must reach the medium with one that need not',
    asked: [
      { operation: WRITE, sector: 0, sectors: 8 },
      { operation: WRITE, sector: 8, sectors: 8, fua: true },
    ],
    children: [
      [0, 8, 1],
      [8, 8, 1],
    ],
  },
  {
    name: 'nor discards of a device that takes one range, nor flushes',
    asked: [
      { operation: DISCARD, sector: 0, sectors: 8 },
      { operation: DISCARD, sector: 8, sectors: 8 },
      { operation: FLUSH, sector: 0, sectors: 0 },
      { operation: FLUSH, sector: 0, sectors: 0 },
    ],
    children: [
      [0, 8, 1],
      [8, 8, 1],
      [0, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    name: 'discards do where one may have several ranges, wherever they are',
    limits: { maxDiscardSegments: 2 },
    asked: [
      { operation: DISCARD, sector: 0, sectors: 8 },
      { operation: DISCARD, sector: 80, sectors: 8 },
      { operation: DISCARD, sector: 160, sectors: 8 },
    ],
    children: [
      [0, 16, 2],
      [160, 8, 1],
    ],
  },
  {
    name: 'up to max_discard_sectors',
    limits: { maxDiscardSegments: 256, maxDiscardSectors: 16 },
    asked: [
      { operation: DISCARD, sector: 0, sectors: 8 },
      { operation: DISCARD, sector: 80, sectors: 8 },
      { operation: DISCARD, sector: 160, sectors: 8 },
    ],
    children: [
      [0, 16, 2],
      [160, 8, 1],
    ],
  },
  {
    name: 'up to max_sectors',
    limits: { maxSectors: 16 },
    asked: [
      { sector: 0, sectors: 8 },
      { sector: 8, sectors: 8 },
      { sector: 16, sectors: 8 },
    ],
    children: [
      [0, 16, 2],
      [16, 8, 1],
    ],
  },
  {
    name: 'up to max_segments',
    limits: { maxSegments: 3 },
    asked: [
      { sector: 0, sectors: 16 },
      { sector: 16, sectors: 8 },
      { sector: 24, sectors: 8 },
    ],
    children: [
      [0, 24, 2],
      [24, 8, 1],
    ],
  },
  {
    name: 'buffers that leave a gap do not merge over a virt_boundary',
    limits: { virtBoundaryBytes: 4096 },
    asked: [
      { sector: 0, sectors: 7 },
      { sector: 7, sectors: 8 },
      { sector: 15, sectors: 8, offset: 512 },
    ],
    children: [
      [0, 7, 1],
      [7, 8, 1],
      [15, 8, 1],
    ],
  },
  {
    name: 'whole pages do',
    limits: { virtBoundaryBytes: 4096 },
    asked: [
      { sector: 8, sectors: 8 },
      { sector: 16, sectors: 8, page: 7 },
      { sector: 0, sectors: 8, page: 3 },
    ],
    children: [[0, 24, 3]],
  },
];

test.each(cases)('$name', ({ limits, asked, children }) => {
  const world = new BlockWorld({ limits: limits ?? {} });
  for (const { operation, sector, sectors, page, offset, fua } of asked) {
    const address = PAGE + (page ?? 0) * 4096 + (offset ?? 0);
    const bio = world.bio(operation ?? READ, sector, sectors, address);
    bio.fua = fua ?? false;
    world.queue.submitBio(bio, world.plug);
  }
  world.plug.flush();
  const got = world.driver.sent.map(({ request, bios }) => [
    request.sector,
    request.dataSectors,
    bios,
  ]);
  expect(got).toEqual(children);
  expect(world.account.merges).toBe(asked.length - children.length);
});

test('bios of a merged request keep their buffers, in the order of their sectors', () => {
  const world = new BlockWorld();
  world.submit(READ, 8, 8, PAGE);
  world.submit(READ, 16, 8, PAGE + 40_960);
  world.submit(READ, 0, 8, PAGE + 8192);
  world.plug.flush();
  const { first, last } = world.driver.sent[0]?.request ?? {};
  expect([first?.address, first?.next?.address, last?.address]).toEqual([
    PAGE + 8192,
    PAGE,
    PAGE + 40_960,
  ]);
});

test('every bio of a merged request ends with it', () => {
  const world = new BlockWorld();
  const bios = [world.submit(READ, 0, 8, PAGE), world.submit(READ, 8, 8, PAGE)];
  world.plug.flush();
  world.driver.end(0, Status.MEDIUM);
  expect(world.submitter.ended.map(({ bio }) => bio)).toEqual(bios);
  expect(world.submitter.statuses).toEqual([Status.MEDIUM, Status.MEDIUM]);
  expect(bios.map(({ next }) => next)).toEqual([null, null]);
});

test('a request that was sent is merged with no more', () => {
  const world = new BlockWorld();
  world.submit(READ, 0, 8, PAGE);
  world.plug.flush();
  world.submit(READ, 8, 8, PAGE);
  world.plug.flush();
  expect(world.driver.children).toHaveLength(2);
});

test('the last request of the same device is tried, past those of others; each plug for itself', () => {
  const world = new BlockWorld();
  const other = world.device(new FakeDriver());
  world.submit(READ, 0, 8, PAGE);
  world.submit(READ, 8, 8, PAGE, other);
  world.submit(READ, 8, 8, PAGE);
  world.queue.submitBio(world.bio(READ, 16, 8, PAGE), world.plugOn(1));
  world.plug.flush();
  expect(world.driver.children).toEqual([[READ, 0, 16]]);
});
