import { expect, test } from 'vitest';
import { Random } from '../../../src/sim/random.ts';
import { Rate } from '../../../src/workload/rate.ts';

function starts(rate: Rate, count: number, bytes = 4096): number[] {
  return Array.from({ length: count }, () => {
    const { dueNs } = rate;
    rate.issued(bytes);
    return dueNs;
  });
}

test('bytes a second: an I/O is meant to start when those before it have had their time', () => {
  const rate = new Rate(4096, false, null);
  rate.begin(100);
  rate.issued(4096);
  expect(rate.dueNs).toBe(1_000_000_100);
  rate.issued(2048);
  expect(rate.dueNs).toBe(1_500_000_100);
});

test('I/Os a second, whatever their sizes', () => {
  const rate = new Rate(1000, true, null);
  rate.begin(0);
  expect(starts(rate, 4, 123)).toEqual([0, 1e6, 2e6, 3e6]);
});

test('a rate that does not divide a second does not drift', () => {
  const rate = new Rate(3, true, null);
  rate.begin(0);
  for (let nth = 0; nth < 3_000_000; nth += 1) rate.issued(1);
  expect(rate.dueNs).toBe(1e15);
});

test('what is to come can be moved', () => {
  const rate = new Rate(1000, true, null);
  rate.begin(0);
  starts(rate, 2);
  rate.shift(500);
  expect(starts(rate, 2)).toEqual([2_000_500, 3_000_500]);
});

test('a Poisson process has its mean, and as much deviation', () => {
  const rate = new Rate(1000, true, new Random(1, 2, 3));
  rate.begin(0);
  const due = starts(rate, 100_001);
  const gaps = due.slice(1).map((dueNs, nth) => dueNs - (due[nth] ?? 0));
  const meanNs = (due.at(-1) ?? 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - meanNs) ** 2, 0) / gaps.length;
  expect(Math.abs(meanNs / 1e6 - 1)).toBeLessThan(0.02);
  expect(Math.abs(Math.sqrt(variance) / meanNs - 1)).toBeLessThan(0.02);
  // of an exponential distribution 1 - 1/e lie below the mean
  const below = gaps.filter((gap) => gap < meanNs).length / gaps.length;
  expect(Math.abs(below - 0.632)).toBeLessThan(0.01);
});

test('a block twice as long leaves twice the distance behind it in the mean', () => {
  const [short, long] = [4096, 8192].map((bytes) => {
    const rate = new Rate(4_096_000, false, new Random(7));
    rate.begin(0);
    return starts(rate, 1000, bytes).at(-1) ?? 0;
  });
  expect((long ?? 0) / (short ?? 1)).toBeCloseTo(2, 9);
});
