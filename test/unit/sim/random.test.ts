import { expect, test } from 'vitest';
import { Random } from '../../../src/sim/random.ts';
import { mix } from '../../../src/units/hash.ts';

const MASK = 0xffffffffn;

/** xoshiro128** as its authors wrote it, in 64-bit integers. */
function* reference(...words: readonly bigint[]): Generator<number> {
  let [s0 = 0n, s1 = 0n, s2 = 0n, s3 = 0n] = words;
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & MASK;
  for (;;) {
    yield Number((rotate((s1 * 5n) & MASK, 7n) * 9n) & MASK);
    const t = (s1 << 9n) & MASK;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotate(s3, 11n);
  }
}

function take(source: Iterable<number>, count: number): number[] {
  const taken: number[] = [];
  for (const value of source) {
    taken.push(value);
    if (taken.length === count) break;
  }
  return taken;
}

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

test('the reference itself gives the published numbers', () => {
  expect(take(reference(1n, 2n, 3n, 4n), 4)).toEqual([11520, 0, 5927040, 70819200]);
});

test('draws the numbers of xoshiro128**', () => {
  let word = 0x9e3779b9;
  word = mix(mix(word ^ 42) ^ 0);
  const state = Array.from({ length: 4 }, () => {
    word = (word + 0x9e3779b9) | 0;
    return BigInt(mix(word));
  });
  expect(draw(new Random(42), 1000)).toEqual(take(reference(...state), 1000));
});

test.each<[readonly number[], readonly number[]]>([
  [[1], [2]],
  [
    [1, 2],
    [2, 1],
  ],
  [[1], [1, 0]],
  [[5], [5 + 2 ** 32]],
  [
    [0, 0, 1],
    [0, 1, 0],
  ],
])('seeds %j and %j give streams of their own', (a, b) => {
  expect(draw(new Random(...a), 8)).not.toEqual(draw(new Random(...b), 8));
});

test('the same seeds give the same stream', () => {
  expect(draw(new Random(7, 8, 9), 100)).toEqual(draw(new Random(7, 8, 9), 100));
});

test('unit stays in 0 … 1, 1 left out, about the middle', () => {
  const random = new Random(3);
  let sum = 0;
  for (let i = 0; i < 10_000; i += 1) {
    const value = random.unit();
    expect(value >= 0 && value < 1).toBe(true);
    sum += value;
  }
  expect(sum / 10_000).toBeCloseTo(0.5, 1);
});

test('below draws each number about as often', () => {
  const random = new Random(4);
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 7000; i += 1) {
    const value = random.below(7);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  expect(counts).toHaveLength(7);
  // 1000 ± 5 standard deviations.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(147);
});

test('below 1 is 0', () => {
  expect(new Random(1).below(1)).toBe(0);
});
