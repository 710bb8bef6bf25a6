import { expect, test } from 'vitest';
import { Series } from '../../../src/measure/series.ts';

const SLICE_NS = 65_536;

/** `bytes(i)` in the middle of each of `slices` slices. */
function series(slices: number, bytes: (slice: number) => number, sliceNs = SLICE_NS): Series {
  const made = new Series();
  made.begin(1000);
  for (let i = 0; i < slices; i += 1) made.add(1000 + (i + 0.5) * sliceNs, bytes(i));
  return made;
}

test.each<[string, (slice: number) => number, boolean | null]>([
  ['even', () => 4096, true],
  ['up and down', (i) => (i % 2 === 0 ? 4000 : 4200), true],
  ['rising by half', (i) => 4096 * (1 + i / 64), false],
  ['falling by half', (i) => 4096 * (1 - i / 64), false],
  ['one burst at the start', (i) => (i === 0 ? 1e6 : 0), false],
  ['nothing at all', () => 0, null],
])('tells whether throughput was steady: %s', (_, bytes, expected) => {
  expect(series(32, bytes).steady(1000 + 32 * SLICE_NS, 10)).toBe(expected);
});

test('a line that rises by the drift allowed is steady, by more is not', () => {
  // 31 steps of 1 about a mean of 100: a rise of 31 %.
  const rising = series(32, (i) => 84.5 + i);
  const endNs = 1000 + 32 * SLICE_NS;
  expect([rising.steady(endNs, 31.01), rising.steady(endNs, 30.99)]).toEqual([true, false]);
});

test('fewer than 16 whole slices tell nothing', () => {
  const even = series(16, () => 1);
  expect(even.steady(1000 + 16 * SLICE_NS, 10)).toBe(true);
  expect(even.steady(999 + 16 * SLICE_NS, 10)).toBe(null);
});

test('slices grow with the run, and lose nothing', () => {
  const long = series(6400, () => 10);
  expect(long.steady(1000 + 6400 * SLICE_NS, 3)).toBe(true);
  const burst = series(6400, (i) => (i < 3200 ? 10 : 30));
  expect(burst.steady(1000 + 6400 * SLICE_NS, 3)).toBe(false);
});

test('clones that balance each other are steady together', () => {
  const endNs = 1000 + 48 * SLICE_NS;
  const rising = series(48, (i) => i);
  const falling = series(48, (i) => 47 - i);
  expect([rising.steady(endNs, 10), falling.steady(endNs, 10)]).toEqual([false, false]);
  rising.merge(falling);
  expect(rising.steady(endNs, 10)).toBe(true);
});

test('begins anew', () => {
  const old = series(6400, (i) => i);
  old.begin(0);
  for (let i = 0; i < 20; i += 1) old.add((i + 0.5) * SLICE_NS, 1);
  expect(old.steady(20 * SLICE_NS, 10)).toBe(true);
});
