import { expect, test } from 'vitest';
import { bucketOf, Histogram, midpointOf } from '../../../src/measure/histogram.ts';

function of(...values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** fio's plat_val_to_idx (stat.c), as its comment tells it: the 6 bits below the highest one. */
test.each([
  [0, 0],
  [1, 1],
  [63, 63],
  [64, 64],
  [127, 127],
  [128, 128],
  [129, 128],
  [130, 129],
  [255, 191],
  [256, 192],
  [511, 255],
  [512, 256],
  [1000, 317],
  [2 ** 20, (20 - 6 + 1) * 64],
  [2 ** 31, (31 - 6 + 1) * 64],
  [2 ** 32 - 1, (31 - 6 + 1) * 64 + 63],
  [2 ** 32, (32 - 6 + 1) * 64],
  [2 ** 35 + 2 ** 34, (35 - 6 + 1) * 64 + 32],
  [2 ** 46 - 1, 41 * 64 - 1],
  [2 ** 50, 41 * 64 - 1],
])('%d ns falls into bucket %d', (valueNs, bucket) => {
  expect(bucketOf(valueNs)).toBe(bucket);
});

test.each([
  [0, 0],
  [127, 127],
  [128, 129],
  [191, 255],
  [192, 258],
  [317, 1004],
])('the middle of bucket %d is %d ns', (bucket, middleNs) => {
  expect(midpointOf(bucket)).toBe(middleNs);
});

test('buckets follow on one another, and hold their own middle', () => {
  for (let bucket = 0; bucket < 41 * 64; bucket += 1) {
    expect(bucketOf(midpointOf(bucket))).toBe(bucket);
  }
});

test('a middle is within 0.8 % of every value of its bucket', () => {
  for (let value = 1; value < 2 ** 45; value = Math.ceil(value * 1.01)) {
    expect(Math.abs(midpointOf(bucketOf(value)) - value) / value).toBeLessThan(1 / 128);
  }
});

test('of nothing has no values', () => {
  const empty = of();
  expect([empty.count, empty.meanNs, empty.stddevNs, empty.percentileNs(50)]).toEqual([
    0,
    NaN,
    NaN,
    NaN,
  ]);
});

test('of one value: that, for every percentile, and no deviation', () => {
  const one = of(123_456.75);
  expect([one.minNs, one.meanNs, one.maxNs, one.stddevNs]).toEqual([
    123_456.75,
    123_456.75,
    123_456.75,
    NaN,
  ]);
  for (const percent of [0, 50, 99.999, 100]) expect(one.percentileNs(percent)).toBe(123_456.75);
});

test('percentiles of exact buckets are the values of that rank', () => {
  const hundred = of(...Array.from({ length: 100 }, (_, i) => i + 1));
  const asked = [0, 1, 50, 90, 95, 99, 99.5, 100];
  expect(asked.map((percent) => hundred.percentileNs(percent))).toEqual([
    1, 1, 50, 90, 95, 99, 100, 100,
  ]);
});

test.each([
  [99.9, 1000],
  [99.99, 10_000],
  [99.999, 100_000],
])('the last of the values is beyond p%d of %d', (percent, count) => {
  const histogram = new Histogram();
  for (let i = 1; i < count; i += 1) histogram.record(10);
  histogram.record(100);
  expect([histogram.percentileNs(percent), histogram.percentileNs(100)]).toEqual([10, 100]);
});

test('a percentile never leaves min … max, where the middle of the bucket does', () => {
  const low = of(1000, 1000, 5000);
  const high = of(10, 1015);
  expect(midpointOf(bucketOf(1000))).toBeGreaterThan(1000);
  expect(midpointOf(bucketOf(1015))).toBeLessThan(1015);
  expect([low.percentileNs(100), low.percentileNs(1)]).toEqual([5000, 1004]);
  expect(of(1000, 1001).percentileNs(50)).toBe(1001);
  expect(of(1007, 1007).percentileNs(50)).toBe(1007);
  expect(high.percentileNs(100)).toBeLessThanOrEqual(1015);
});

test('deviation of near-equal large values is not lost in rounding', () => {
  const base = 30e9;
  expect(of(base, base + 1, base + 2).stddevNs).toBe(1);
  expect(of(base, base, base).stddevNs).toBe(0);
});

test('mean and deviation are those of the textbook', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const histogram = of(...values);
  expect(histogram.meanNs).toBeCloseTo(mean, 12);
  expect(histogram.stddevNs).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 12);
});

test('merging nothing changes nothing, and nothing merged is the other', () => {
  const some = of(5, 7);
  some.merge(of());
  expect([some.count, some.minNs, some.maxNs, some.meanNs]).toEqual([2, 5, 7, 6]);
  const none = of();
  none.merge(some);
  expect([none.count, none.minNs, none.maxNs, none.meanNs]).toEqual([2, 5, 7, 6]);
});

test('cleared is as new', () => {
  const histogram = of(5, 500, 5e9);
  histogram.clear();
  expect(histogram).toEqual(of());
  histogram.record(8);
  expect([histogram.meanNs, histogram.percentileNs(50), histogram.minNs]).toEqual([8, 8, 8]);
});
