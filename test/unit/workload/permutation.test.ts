import { expect, test } from 'vitest';
import { Random } from '../../../src/sim/random.ts';
import { Permutation } from '../../../src/workload/permutation.ts';

function orderOf(size: number, seed: number): number[] {
  const permutation = new Permutation(size);
  permutation.shuffle(new Random(seed));
  return Array.from({ length: size }, (_, index) => permutation.at(index));
}

test('visits each number once, for every size from 1 to 200', () => {
  for (let size = 1; size <= 200; size += 1) {
    const order = orderOf(size, size);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
  }
});

test('the seed tells the order', () => {
  expect(orderOf(1000, 1)).toEqual(orderOf(1000, 1));
  expect(orderOf(1000, 1)).not.toEqual(orderOf(1000, 2));
});

test('shuffled again it is another order, of the same numbers', () => {
  const random = new Random(5);
  const permutation = new Permutation(500);
  permutation.shuffle(random);
  const first = Array.from({ length: 500 }, (_, i) => permutation.at(i));
  permutation.shuffle(random);
  const second = Array.from({ length: 500 }, (_, i) => permutation.at(i));
  expect(second).not.toEqual(first);
  expect(new Set(second)).toEqual(new Set(first));
});

test('does not look like counting', () => {
  const order = orderOf(4096, 9);
  const steps = order.filter((value, index) => value === (order[index - 1] ?? -2) + 1).length;
  // One in 4096 of a random order follows its predecessor.
  expect(steps).toBeLessThan(12);
  const half = order.slice(0, 2048).filter((value) => value < 2048).length;
  expect(Math.abs(half - 1024)).toBeLessThan(160);
});

test('goes as far as the largest device', () => {
  const size = 2 ** 45 + 12_345;
  const permutation = new Permutation(size);
  permutation.shuffle(new Random(1));
  const seen = new Set(Array.from({ length: 2000 }, (_, index) => permutation.at(index)));
  expect(seen.size).toBe(2000);
  for (const value of seen) expect(value >= 0 && value < size).toBe(true);
  expect(Math.max(...seen)).toBeGreaterThan(2 ** 44);
});
