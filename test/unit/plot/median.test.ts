import { expect, test } from 'vitest';
import { medianInterval } from '../../../src/plot/median.ts';

/** Ranks and coverage of the binomial, as in tables of the sign test's interval. */
test.each([
  [1, 1, 0],
  [2, 1, 0.5],
  [5, 1, 0.9375],
  [6, 1, 0.96875],
  [8, 1, 0.9921875],
  [9, 2, 0.9609375],
  [10, 2, 0.978515625],
  [20, 6, 0.9586105346679688],
])('of %i values the interval begins at rank %i', (count, rank, coverage) => {
  const values = Array.from({ length: count }, (_, place) => place + 1);
  const interval = medianInterval(values.toReversed());
  expect(interval).toMatchObject({ low: rank, high: count + 1 - rank });
  expect(interval.coverage).toBeCloseTo(coverage, 12);
});

test('of thousands of values it is narrow, and around the median', () => {
  const values = Array.from({ length: 10_001 }, (_, place) => place);
  const { low, median: middle, high } = medianInterval(values);
  expect(middle).toBe(5000);
  expect(middle - low).toBeGreaterThan(90);
  expect(middle - low).toBeLessThan(110);
  expect(high - middle).toBe(middle - low);
});
