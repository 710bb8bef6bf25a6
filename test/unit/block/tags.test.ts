import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import type { RequestQueue } from '../../../src/block/request-queue.ts';
import { Tags } from '../../../src/block/tags.ts';
import { BlockWorld, FakeDriver } from '../../support/fake-driver.ts';

/** Two devices of one controller, and reads sent to each in turn. */
function sharing(depth: number, ...reads: readonly number[]) {
  const world = new BlockWorld();
  const tags = [new Tags(depth)];
  const drivers = [new FakeDriver(), new FakeDriver()];
  const queues = drivers.map((driver) => world.device(driver, { queue: { tags } }));
  reads.forEach((device, index) => {
    world.submit(Operation.READ, index * 100, 8, 4096, queues[device]);
    world.plug.flush();
  });
  return { world, drivers, queues };
}

function sent(drivers: readonly FakeDriver[]): number[][] {
  return drivers.map((driver) => driver.sent.map(({ sector }) => sector));
}

test('devices that share tags have no more out together than there are', () => {
  const { world, drivers, queues } = sharing(2, 0, 1, 0, 1);
  expect(sent(drivers)).toEqual([[0], [100]]);
  expect(queues.map(outOf)).toEqual([1, 1]);
  drivers[0]?.end(0);
  drivers[1]?.end(0);
  world.settle();
  expect(sent(drivers)).toEqual([
    [0, 200],
    [100, 300],
  ]);
});

test('a tag that one device gives back goes to the other, where one waits', () => {
  const { world, drivers } = sharing(1, 0, 1, 1);
  expect(sent(drivers)).toEqual([[0], []]);
  for (const [driver, index] of [
    [0, 0],
    [1, 0],
    [1, 1],
  ] as const) {
    drivers[driver]?.end(index);
    world.settle();
  }
  expect(sent(drivers)).toEqual([[0], [100, 200]]);
  expect(world.submitter.ended).toHaveLength(3);
});

function outOf({ hardwareQueues }: RequestQueue): number {
  return hardwareQueues.flatMap((queue) => queue.sent).length;
}
