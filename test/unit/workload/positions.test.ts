import { expect, test } from 'vitest';
import { PlainPositions, type Positions } from '../../../src/workload/positions.ts';

function positions(blocks: number, random: boolean, repeats = false): Positions {
  return new PlainPositions({ blocks, blockBytes: 4096, random, repeats, seeds: [1, 2, 3] });
}

function take(from: Positions, count: number): number[] {
  return Array.from({ length: count }, () => from.next());
}

test('goes in order, and from the beginning when the region is through', () => {
  const sequential = positions(3, false);
  expect(take(sequential, 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  expect([sequential.passes, sequential.left]).toEqual([2, 2]);
});

test('at random visits each block once a pass, each pass in another order', () => {
  const random = positions(64, true);
  const first = take(random, 64);
  expect([random.passes, random.left]).toEqual([0, 0]);
  const second = take(random, 64);
  expect(random.passes).toBe(1);
  expect(new Set(first).size).toBe(64);
  expect(new Set(second).size).toBe(64);
  expect(second).not.toEqual(first);
});

test('with norandommap blocks repeat', () => {
  const drawn = take(positions(64, true, true), 64);
  expect(new Set(drawn).size).toBeLessThan(64);
  expect(Math.max(...drawn)).toBeLessThan(64);
});

test('the same seeds go the same way', () => {
  expect(take(positions(100, true), 150)).toEqual(take(positions(100, true), 150));
});
