import { expect, test } from 'vitest';
import type { Sizes } from '../../../src/units/sizes.ts';
import { sizeDraw } from '../../../src/workload/sizes.ts';

const K = 1024;
const DRAWS = 100_000;

/** How often each size came up, in percent. */
function shares(sizes: Sizes, roomBytes: number): Map<number, number> {
  const draw = sizeDraw(sizes, [1, 2]);
  const counts = new Map<number, number>();
  for (let i = 0; i < DRAWS; i += 1) {
    const bytes = draw.next(roomBytes);
    counts.set(bytes, (counts.get(bytes) ?? 0) + 100 / DRAWS);
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
}

function expectShares(found: Map<number, number>, wanted: Readonly<Record<number, number>>): void {
  expect([...found.keys()]).toEqual(Object.keys(wanted).map(Number));
  for (const [bytes, percent] of found)
    expect(Math.abs(percent - (wanted[bytes] ?? 0))).toBeLessThan(0.5);
}

const RANGE = { kind: 'range', lowBytes: 4 * K, highBytes: 16 * K, unaligned: false } as const;

test('a range: its multiples, evenly', () => {
  expectShares(shares(RANGE, 64 * K), { 4096: 25, 8192: 25, 12288: 25, 16384: 25 });
});

test('a range whose end is no multiple: the end in proportion', () => {
  // fio 3.33, bsrange=4000-10000, 100,000 I/Os: 40.1, 39.8 and 20.1 %.
  const sizes = { ...RANGE, lowBytes: 4000, highBytes: 10_000 };
  expectShares(shares(sizes, 64 * K), { 4000: 40, 8000: 40, 10000: 20 });
});

test('a range where room is short: of what fits, evenly', () => {
  expectShares(shares(RANGE, 9 * K), { 4096: 50, 8192: 50 });
  expectShares(shares(RANGE, 4 * K), { 4096: 100 });
});

test('a range without alignment: any size, the largest for what lies past it', () => {
  const found = shares({ ...RANGE, unaligned: true }, 64 * K);
  expect(Math.abs((found.get(16 * K) ?? 0) - 25)).toBeLessThan(0.5);
  expect(Math.min(...found.keys())).toBeLessThan(4 * K + 10);
  expect([...found.keys()].some((bytes) => bytes % 2 === 1)).toBe(true);
  const short = shares({ ...RANGE, unaligned: true }, 5000);
  expect(Math.min(...short.keys())).toBe(4096);
  expect(Math.max(...short.keys())).toBe(5000);
});

const SPLIT: Sizes = {
  kind: 'shares',
  shares: [
    { bytes: 4 * K, percent: 50 },
    { bytes: 16 * K, percent: 30 },
    { bytes: 64 * K, percent: 20 },
  ],
};

test('shares', () => {
  expectShares(shares(SPLIT, 64 * K), { 4096: 50, 16384: 30, 65536: 20 });
});

test('shares where room is short: of what fits, as they stand to one another', () => {
  expectShares(shares(SPLIT, 63 * K), { 4096: 62.5, 16384: 37.5 });
  expectShares(shares(SPLIT, 4 * K), { 4096: 100 });
});

test('where only a size of no share fits, it is taken', () => {
  const sizes: Sizes = {
    kind: 'shares',
    shares: [
      { bytes: 4 * K, percent: 0 },
      { bytes: 8 * K, percent: 100 },
    ],
  };
  expectShares(shares(sizes, 64 * K), { 8192: 100 });
  expectShares(shares(sizes, 4 * K), { 4096: 100 });
});

test('one size', () => {
  expectShares(shares({ kind: 'fixed', bytes: 4 * K }, 64 * K), { 4096: 100 });
});
