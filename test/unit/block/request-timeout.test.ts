import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { SECOND_NS } from '../../../src/units/quantity.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld } from '../../support/fake-driver.ts';

const TIMEOUT_NS = 30 * SECOND_NS;

/** Sends a read that cannot merge. */
function send(world: BlockWorld, sector: number): void {
  world.submit(Operation.READ, sector, 8, 4096);
  world.plug.flush();
}

/** The driver ends what is late, as a controller reset would. */
function endLate(world: BlockWorld): void {
  world.driver.onTimeout = (request) => {
    world.queue.complete(request, Status.TIMEOUT, world.simulation.nowNs);
  };
}

test('a request that is out for as long as the limit is handed to the driver', () => {
  const world = new BlockWorld();
  endLate(world);
  world.simulation.advanceTo(500);
  send(world, 0);
  world.simulation.advanceTo(499 + TIMEOUT_NS);
  expect(world.submitter.ended).toEqual([]);
  world.simulation.advanceTo(500 + TIMEOUT_NS);
  expect(world.submitter.ended).toMatchObject([{ status: Status.TIMEOUT, atNs: 500 + TIMEOUT_NS }]);
  expect(world.simulation.pending).toBe(0);
});

test('each is late by its own time, with one timer for all', () => {
  const world = new BlockWorld();
  endLate(world);
  for (const atNs of [0, 100, 250]) {
    world.simulation.advanceTo(atNs);
    send(world, atNs * 100);
  }
  expect(world.simulation.pending).toBe(1);
  world.driver.end(1);
  world.settle(2 * TIMEOUT_NS);
  expect(world.submitter.ended.map(({ atNs }) => atNs)).toEqual([
    250,
    TIMEOUT_NS,
    TIMEOUT_NS + 250,
  ]);
});

test('a driver that does nothing is asked again a limit later', () => {
  const world = new BlockWorld();
  send(world, 0);
  world.simulation.advanceTo(3 * TIMEOUT_NS + 1);
  expect(world.driver.timedOut).toHaveLength(3);
});

test('what has ended is not late, and nothing is due once nothing is out', () => {
  const world = new BlockWorld();
  send(world, 0);
  world.driver.end(0);
  world.settle(2 * TIMEOUT_NS);
  expect([world.driver.timedOut.length, world.simulation.pending]).toEqual([0, 0]);
  send(world, 0);
  expect(world.simulation.nextDueNs()).toBe(3 * TIMEOUT_NS);
});

test('what ends with another that was late is not late itself', () => {
  const world = new BlockWorld();
  // A reset takes all that is out along.
  world.driver.onTimeout = () => {
    world.driver.sent.forEach((_, index) => world.driver.end(index));
  };
  send(world, 0);
  send(world, 100);
  world.settle(2 * TIMEOUT_NS);
  expect(world.driver.timedOut).toHaveLength(1);
  expect(world.submitter.ended).toHaveLength(2);
});

test('what waits for a tag is not late', () => {
  const world = new BlockWorld({ depth: 1 });
  endLate(world);
  send(world, 0);
  send(world, 100);
  world.settle(TIMEOUT_NS);
  expect(world.submitter.ended).toHaveLength(1);
  world.settle(TIMEOUT_NS);
  expect(world.submitter.ended).toHaveLength(2);
});

test('parts of a nanosecond that rounding takes do not make it ask for ever', () => {
  const world = new BlockWorld();
  endLate(world);
  // A time whose sum with the limit is rounded down: their difference is less than the limit.
  const sentNs = 40 * SECOND_NS + 5 * 2 ** -17;
  expect(sentNs + TIMEOUT_NS - sentNs).toBeLessThan(TIMEOUT_NS);
  world.simulation.advanceTo(sentNs);
  send(world, 0);
  world.settle(2 * TIMEOUT_NS);
  expect(world.submitter.statuses).toEqual([Status.TIMEOUT]);
});
