/**
 * Times computed by hand from the formulae of src/device/README.md and the figures of
 * nvme-world.ts.
 */

import { expect, test } from 'vitest';
import { Operation } from '../../../../src/block/operation.ts';
import { config, NvmeWorld, timing } from '../../../support/nvme-world.ts';

/** Entry over the link (64 ns), latency, processor. */
const EXECUTED = 64 + 500 + 1000;
/** Completion entry over the link, latency; interrupt and one completion. */
const ENDED = 16 + 500 + 1000 + 100;
const KIB = 1024;

function timed(world: NvmeWorld, operation: Operation, bytes: number, fua = false): number {
  const fromNs = world.simulation.nowNs;
  const carries = operation === Operation.READ || operation === Operation.WRITE;
  const address = carries ? world.buffer(bytes).address : 0;
  const io = world.io(operation, 0, bytes, address, fua);
  world.submit([io]);
  return world.run([io], fromNs);
}

test('read 4k: firmware, array, channel, link', () => {
  const world = new NvmeWorld();
  const expected = EXECUTED + 3000 + 50_000 + 2048 + 4096 + ENDED;
  expect(timed(world, Operation.READ, 4096)).toBeCloseTo(expected, 6);
});

test('read 64k: four dies at once, two channels, pages cross the link as they come', () => {
  const world = new NvmeWorld();
  // Channels give a page each after 8192 ns and another one after 16384; the link takes 16384 a
  // page.
  const firstPages = EXECUTED + 3000 + 50_000 + 8192;
  expect(timed(world, Operation.READ, 64 * KIB)).toBeCloseTo(firstPages + 4 * 16_384 + ENDED, 6);
});

test('read 128k: one page per die in flight', () => {
  const world = new NvmeWorld();
  // The second page of die 0 is asked for when its first has left the channel, and never starves
  // the link.
  const firstPages = EXECUTED + 3000 + 50_000 + 8192;
  const secondPages = firstPages + 50_000 + 8192;
  const firstDone = firstPages + 4 * 16_384;
  expect(firstDone).toBeGreaterThan(secondPages);
  expect(timed(world, Operation.READ, 128 * KIB)).toBeCloseTo(firstDone + 4 * 16_384 + ENDED, 6);
});

test('write 4k: into the cache', () => {
  const world = new NvmeWorld();
  const expected = EXECUTED + 4096 + 500 + 2000 + ENDED;
  expect(timed(world, Operation.WRITE, 4096)).toBeCloseTo(expected, 6);
});

test('write 4k with FUA: padded to a unit and programmed', () => {
  const world = new NvmeWorld();
  const expected = EXECUTED + 4096 + 500 + 2000 + 16_384 + 400_000 + ENDED;
  expect(timed(world, Operation.WRITE, 4096, true)).toBeCloseTo(expected, 6);
  expect(world.device.background.mediaWriteBytes).toBe(32_768 - 4096);
});

test('write 4k without a cache: programmed, no cache latency', () => {
  const world = new NvmeWorld({ config: { ...config, timing: { ...timing, writeCacheBytes: 0 } } });
  const expected = EXECUTED + 4096 + 500 + 16_384 + 400_000 + ENDED;
  expect(timed(world, Operation.WRITE, 4096)).toBeCloseTo(expected, 6);
});

test('a write that finds the cache full waits until a unit is programmed', () => {
  const full = { ...timing, writeCacheBytes: 32_768 };
  const world = new NvmeWorld({ config: { ...config, timing: full } });
  const fromNs = world.simulation.nowNs;
  const bytes = 32 * KIB;
  const ios = [0, 1].map((index) => {
    const address = world.buffer(bytes).address;
    return world.io(Operation.WRITE, index * 10 * bytes, bytes, address);
  });
  world.submit(ios);
  world.run(ios);
  const list = 7 * 8;
  const admitted = EXECUTED + bytes + list + 500 + 2000;
  expect((ios[0]?.atNs ?? 0) - fromNs).toBeCloseTo(admitted + ENDED, 6);
  const programmed = admitted + 16_384 + 400_000;
  expect((ios[1]?.atNs ?? 0) - fromNs).toBeCloseTo(programmed + ENDED, 6);
});

test('copy 64k: list, set-up, four pages through the engine, cache', () => {
  const world = new NvmeWorld();
  const fromNs = world.simulation.nowNs;
  const ios = world.copy(0, 1024 * KIB, 64 * KIB);
  // Pages leave the channels two by two, 8192 ns apart; the engine takes 4096 ns for each.
  const read = EXECUTED + 32 + 500 + 7000 + 50_000 + 8192;
  const moved = read + 8192 + 2 * 4096;
  expect(world.run(ios, fromNs)).toBeCloseTo(moved + 2000 + ENDED, 6);
});

test('clone: list, set-up, one mapping update', () => {
  const world = new NvmeWorld({ config: { ...config, copyEngine: 'clone' } });
  const fromNs = world.simulation.nowNs;
  const ios = world.copy(0, 1024 * KIB, 512 * KIB);
  const expected = EXECUTED + 32 + 500 + 7000 + 900 + ENDED;
  expect(world.run(ios, fromNs)).toBeCloseTo(expected, 6);
});

test('flush of an empty cache is a command alone; of a filled one, its programming', () => {
  const world = new NvmeWorld();
  expect(timed(world, Operation.FLUSH, 0)).toBeCloseTo(EXECUTED + ENDED, 6);
  timed(world, Operation.WRITE, 4096);
  const expected = EXECUTED + 16_384 + 400_000 + ENDED;
  expect(timed(world, Operation.FLUSH, 0)).toBeCloseTo(expected, 6);
});

test('discard: a range list and the mapping update; write zeroes: the update alone', () => {
  const world = new NvmeWorld();
  const discard = EXECUTED + 16 + 500 + 6000 + ENDED;
  expect(timed(world, Operation.DISCARD, 4096)).toBeCloseTo(discard, 6);
  expect(timed(world, Operation.WRITE_ZEROES, 4096)).toBeCloseTo(EXECUTED + 6000 + ENDED, 6);
});

test('what ends while the handler runs costs no second interrupt', () => {
  const world = new NvmeWorld();
  const before = world.account.hostCpuNs;
  const ios = [0, 1].map(() => world.io(Operation.FLUSH, 0, 0));
  world.submit(ios);
  world.run(ios);
  // Completion entries come 1000 ns apart, and the handler runs for 1100.
  expect(world.account.hostCpuNs - before).toBe(1000 + 2 * 100);
});
