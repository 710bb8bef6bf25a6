import { expect, test } from 'vitest';
import { describeWaiting } from '../../../src/block/describe-waiting.ts';
import { Operation } from '../../../src/block/operation.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld } from '../../support/fake-driver.ts';

/** Reads of 8 sectors that cannot merge. */
function send(world: BlockWorld, ...sectors: readonly number[]): void {
  for (const sector of sectors) world.submit(Operation.READ, sector, 8, 4096);
  world.plug.flush();
}

test('nothing is said of a device that has nothing', () => {
  expect(describeWaiting(new BlockWorld().queue, () => 'no')).toBeNull();
});

test('the oldest that is out, since when, and the first that waits for a tag', () => {
  const world = new BlockWorld({ depth: 2 });
  world.settle(5);
  send(world, 0, 100);
  world.settle(5);
  world.driver.end(0);
  send(world, 200, 300);
  // The second has the higher tag, and is the older.
  expect(describeWaiting(world.queue, () => null)).toBe(
    '2 out at the device, the oldest read 100+8, sent at 5 ns; read 300+8 waits for a tag',
  );
});

test('one that was never sent has no time, and the device says what it knows', () => {
  const world = new BlockWorld();
  world.driver.answer = () => ({ gives: Status.DEV_RESOURCE });
  send(world, 100);
  expect(describeWaiting(world.queue, ({ sector }) => `${sector} is too much`)).toBe(
    'read 100+8 waits until the driver takes more: 100 is too much',
  );
});
