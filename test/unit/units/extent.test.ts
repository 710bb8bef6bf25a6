import { expect, test } from 'vitest';
import { extentOf } from '../../../src/units/extent.ts';

test('the least and the most, of more values than a call has arguments', () => {
  expect(extentOf([3, -1, 2])).toEqual({ low: -1, high: 3 });
  const many = Array.from({ length: 1_000_000 }, (_, place) => place);
  expect(extentOf(many)).toEqual({ low: 0, high: 999_999 });
});

test('of nothing there is none', () => {
  const { low, high } = extentOf([]);
  expect(low).toBeGreaterThan(high);
});
