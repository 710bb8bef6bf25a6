import { expect, test } from 'vitest';
import { median } from '../../../src/measure/median.ts';

test.each([
  [[], null],
  [[7], 7],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('of %j it is %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});
