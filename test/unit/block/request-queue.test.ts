import { expect, test } from 'vitest';
import type { Limits } from '../../../src/block/limits.ts';
import { Operation } from '../../../src/block/operation.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, inFlight } from '../../support/fake-driver.ts';

const { READ, WRITE, FLUSH, DISCARD, WRITE_ZEROES, COPY_DST, COPY_SRC } = Operation;
const CAPACITY = 1 << 20;

test.each<[string, Operation, number, number, Partial<Limits>, Status]>([
  ['past the end', READ, CAPACITY - 7, 8, {}, Status.IOERR],
  ['of nothing', WRITE, 0, 0, {}, Status.INVAL],
  ['off a logical block', READ, 4, 8, { logicalBlockBytes: 4096 }, Status.INVAL],
  ['of part of a logical block', WRITE, 8, 12, { logicalBlockBytes: 4096 }, Status.INVAL],
  ['of a device without it', DISCARD, 0, 8, { maxDiscardSectors: 0 }, Status.NOTSUPP],
  ['of a device without it', WRITE_ZEROES, 0, 8, { maxWriteZeroesSectors: 0 }, Status.NOTSUPP],
  ['of a device that cannot', COPY_DST, 0, 8, { maxCopySectors: 0 }, Status.NOTSUPP],
  ['of a device that cannot', COPY_SRC, 0, 8, { maxCopySectors: 0 }, Status.NOTSUPP],
  ['over the limit', COPY_DST, 0, 257, { maxCopySectors: 256 }, Status.IOERR],
  ['past the end', COPY_SRC, CAPACITY, 8, {}, Status.IOERR],
])('refused at once, %s: operation %d at %d + %d', (_, operation, sector, size, limits, status) => {
  const world = new BlockWorld({ limits });
  world.simulation.advanceTo(77);
  const bio = world.submit(operation, sector, size, 4096);
  expect(world.submitter.ended).toEqual([{ bio, status, atNs: 77 }]);
  world.plug.flush();
  expect([world.driver.sent.length, world.account.bios, world.queue.outstanding]).toEqual([
    0, 1, 0,
  ]);
});

test.each<[string, Operation, number, number]>([
  ['the last sectors', READ, CAPACITY - 8, 8],
  ['a flush, of no sectors', FLUSH, 0, 0],
  ['a discard', DISCARD, 8, 8],
  ['a copy as large as the limit', COPY_DST, 0, 256],
])('taken: %s', (_, operation, sector, size) => {
  const world = new BlockWorld();
  world.submit(operation, sector, size, 4096);
  world.plug.flush();
  expect(world.driver.children).toEqual([[operation, sector, size]]);
});

test('a bio ends when its request does, at the end of the interrupt that says so', () => {
  const world = new BlockWorld();
  const bio = world.submit(READ, 0, 8, 4096);
  world.plug.flush();
  world.simulation.advanceTo(500);
  const request = world.driver.sent[0]?.request;
  expect(world.queue.outstanding).toBe(1);
  if (request !== undefined) world.queue.complete(request, Status.OK, 620);
  expect(world.submitter.ended).toEqual([{ bio, status: Status.OK, atNs: 620 }]);
  expect(world.queue.outstanding).toBe(0);
});

test('a driver may end a request inside the call that hands it over', () => {
  const world = new BlockWorld({ depth: 1 });
  world.driver.answer = () => ({ endsInline: Status.OK });
  for (const sector of [0, 100, 200]) world.submit(READ, sector, 8, 4096);
  world.plug.flush();
  expect(world.submitter.statuses).toEqual([Status.OK, Status.OK, Status.OK]);
  expect(world.queue.hardwareQueues.map(inFlight)).toEqual([0]);
});

test('what a driver refuses has ended, and its tag is free', () => {
  const world = new BlockWorld({ depth: 1 });
  world.driver.answer = (_, index) => (index === 0 ? { gives: Status.TARGET } : 'holds');
  world.submit(READ, 0, 8, 4096);
  world.submit(READ, 100, 8, 4096);
  world.plug.flush();
  expect(world.submitter.statuses).toEqual([Status.TARGET]);
  expect(world.driver.sent.map(({ tag }) => tag)).toEqual([0, 0]);
});

test('a waiting request that the driver refuses does not keep the others waiting', () => {
  const world = new BlockWorld({ depth: 1 });
  world.driver.answer = (_, index) => (index === 1 ? { gives: Status.IOERR } : 'holds');
  for (const sector of [0, 100, 200]) world.submit(READ, sector, 8, 4096);
  world.plug.flush();
  world.driver.end(0);
  world.settle();
  expect(world.submitter.statuses).toEqual([Status.OK, Status.IOERR]);
  expect(world.driver.children).toHaveLength(3);
});

test('requests are used again, as new', () => {
  const world = new BlockWorld();
  world.submit(COPY_DST, 0, 8);
  world.submit(COPY_SRC, 64, 8);
  world.plug.flush();
  world.driver.end(0);
  const bio = world.submit(READ, 40, 16, 512);
  world.plug.flush();
  const [first, second] = world.driver.sent.map(({ request }) => request);
  expect(second).toBe(first);
  expect(second).toMatchObject({ operation: READ, sector: 40, dataSectors: 16, segments: 3 });
  expect([second?.first, second?.last, second?.fua]).toEqual([bio, bio, false]);
});

test('completing what was not sent is our own mistake', () => {
  const world = new BlockWorld();
  world.submit(READ, 0, 8, 4096);
  world.plug.flush();
  world.driver.end(0);
  expect(() => world.driver.end(0)).toThrow('a completed request was sent');
});
