import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, type BlockWorldOptions, inFlight } from '../../support/fake-driver.ts';

const { READ } = Operation;

function worldOf(depth: number, options: BlockWorldOptions = {}): BlockWorld {
  return new BlockWorld({ ...options, depth });
}

/** Sends so many reads that cannot merge. */
function send(world: BlockWorld, ...sectors: readonly number[]): void {
  for (const sector of sectors) world.submit(READ, sector, 8, 4096);
  world.plug.flush();
}

function sentSectors(world: BlockWorld): number[] {
  return world.driver.sent.map(({ sector }) => sector);
}

test('gives the lowest free tag', () => {
  const world = worldOf(3);
  send(world, 0, 100, 200);
  world.driver.end(1);
  send(world, 300);
  world.driver.end(0);
  world.driver.end(2);
  send(world, 400);
  expect(world.driver.sent.map(({ tag }) => tag)).toEqual([0, 1, 2, 1, 2]);
});

test('no more than its depth is out; who finds no tag waits in order', () => {
  const world = worldOf(2);
  send(world, 0, 100, 200, 300);
  expect(sentSectors(world)).toEqual([0, 100]);
  const [queue] = world.queue.hardwareQueues;
  expect([queue && inFlight(queue), queue?.hasWaiting, queue?.waiting?.sector]).toEqual([
    2,
    true,
    200,
  ]);
  world.driver.end(1);
  world.settle();
  expect(sentSectors(world)).toEqual([0, 100, 200]);
  world.driver.end(0);
  world.driver.end(2);
  world.settle();
  expect(sentSectors(world)).toEqual([0, 100, 200, 300]);
  expect(queue?.hasWaiting).toBe(false);
});

test('who comes while others wait does not overtake them', () => {
  const world = worldOf(1);
  send(world, 0, 100);
  world.driver.end(0);
  // The tag is free, and the queue has not been run again.
  send(world, 200);
  expect(sentSectors(world)).toEqual([0]);
  world.driver.endAllAfter(10);
  world.settle();
  expect(sentSectors(world)).toEqual([0, 100, 200]);
});

test('what waits is sent in the interrupt that freed the tag, and the driver told once', () => {
  const world = worldOf(2);
  send(world, 0, 100, 200, 300);
  expect(world.driver.commits).toEqual([0]);
  world.driver.end(0);
  world.driver.end(1);
  world.settle();
  expect(world.driver.commits).toEqual([0, 0]);
});

test('a request that the driver gives back waits at the head of the line, without a tag', () => {
  const world = worldOf(4);
  world.driver.answer = (_, index) => (index === 1 ? { gives: Status.DEV_RESOURCE } : 'holds');
  send(world, 0, 100, 200);
  expect(sentSectors(world)).toEqual([0, 100]);
  const [queue] = world.queue.hardwareQueues;
  expect([queue && inFlight(queue), queue?.stopped, queue?.waiting?.sector]).toEqual([
    1,
    true,
    100,
  ]);
  expect(queue?.waiting?.tag).toBe(-1);
  // A completion alone does not end the shortage.
  world.driver.end(0);
  world.settle();
  expect(sentSectors(world)).toEqual([0, 100]);
  world.queue.restart(world.simulation.nowNs);
  world.settle();
  expect(sentSectors(world)).toEqual([0, 100, 100, 200]);
  expect(world.submitter.ended).toHaveLength(1);
});

test('given back again and again it stays the first', () => {
  const world = worldOf(4);
  world.driver.answer = (_, index) => (index < 3 ? { gives: Status.RESOURCE } : 'holds');
  send(world, 0, 100);
  for (let turn = 0; turn < 3; turn += 1) {
    world.queue.restart(world.simulation.nowNs);
    world.settle();
  }
  expect(sentSectors(world)).toEqual([0, 0, 0, 0, 100]);
  // The driver is told of a batch at the flush, and when something got through.
  expect(world.driver.commits).toEqual([0, 0]);
});

test('each CPU has its hardware queue, counted round', () => {
  const world = new BlockWorld({ hardwareQueues: 2, depth: 1 });
  const used = [0, 1, 2, 3].map((cpu) => {
    const plug = world.plugOn(cpu);
    world.queue.submitBio(world.bio(READ, cpu * 100, 8, 4096), plug);
    plug.flush();
    return world.queue.hardwareQueues.map(inFlight);
  });
  expect(used).toEqual([
    [1, 0],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(world.driver.commits).toEqual([0, 1, 0, 1]);
});

test('sending what waited costs time on the CPU of the queue', () => {
  const world = worldOf(1);
  send(world, 0, 100);
  const { queueRequest } = world.driver;
  world.driver.queueRequest = (request, plug) => {
    plug.charge(request.account, 70);
    return queueRequest.call(world.driver, request, plug);
  };
  world.driver.end(0);
  world.settle(0);
  expect(world.host.cpu(0).busyNs).toBe(70);
  expect(world.account.hostCpuNs).toBe(70);
});
