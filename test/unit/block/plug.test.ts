import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { Account } from '../../../src/measure/account.ts';
import { BlockWorld, FakeDriver } from '../../support/fake-driver.ts';

const { READ } = Operation;

test('sends what was built in order, when it is flushed and not before', () => {
  const world = new BlockWorld();
  for (const sector of [300, 100, 200]) world.submit(READ, sector, 8, 4096);
  expect([world.plug.empty, world.driver.sent]).toEqual([false, []]);
  world.plug.flush();
  expect(world.driver.sent.map(({ sector }) => sector)).toEqual([300, 100, 200]);
  expect(world.plug.empty).toBe(true);
});

test('tells a driver once that the last request of a batch is there', () => {
  const world = new BlockWorld();
  for (const sector of [300, 100, 200]) world.submit(READ, sector, 8, 4096);
  world.plug.flush();
  expect(world.driver.commits).toEqual([0]);
  world.plug.flush();
  expect(world.driver.commits).toEqual([0]);
});

test('tells each of several drivers, whenever the batch goes on to another', () => {
  const world = new BlockWorld();
  const driver = new FakeDriver();
  const other = world.device(driver);
  world.submit(READ, 0, 8, 4096);
  world.submit(READ, 0, 8, 4096, other);
  world.submit(READ, 100, 8, 4096, other);
  world.submit(READ, 200, 8, 4096);
  world.plug.flush();
  expect([world.driver.commits, driver.commits]).toEqual([[0, 0], [0]]);
  expect([world.driver.sent.length, driver.sent.length]).toEqual([2, 2]);
});

test('sums what a task has to spend on its CPU, and charges it to who caused it', () => {
  const { plug } = new BlockWorld();
  const accounts = [new Account(), new Account()] as const;
  plug.charge(accounts[0], 100);
  plug.charge(accounts[1], 30);
  plug.charge(accounts[0], 5);
  expect(plug.takeCost()).toBe(135);
  expect(plug.takeCost()).toBeCloseTo(0);
  expect(accounts.map(({ hostCpuNs }) => hostCpuNs)).toEqual([105, 30]);
});

test('building costs a bio its share, a cut another, and each request one', () => {
  const world = new BlockWorld({
    limits: { maxSectors: 8 },
    costs: { bioNs: 100, requestNs: 10 },
  });
  world.submit(READ, 0, 24, 4096);
  expect(world.plug.takeCost()).toBe(330);
  expect(world.account.hostCpuNs).toBe(330);
});

test('a merged bio costs no request', () => {
  const world = new BlockWorld({ costs: { bioNs: 100, requestNs: 10 } });
  world.submit(READ, 0, 8, 4096);
  world.submit(READ, 8, 8, 4096);
  expect(world.plug.takeCost()).toBe(210);
});
