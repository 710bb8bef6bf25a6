import { expect, test } from 'vitest';
import { commonDivisor } from '../../../src/units/common-divisor.ts';

test.each([
  [12, 18, 6],
  [4096, 512, 512],
  [7, 5, 1],
  [0, 4096, 4096],
  [4096, 0, 4096],
  [2 ** 44 * 3, 2 ** 40 * 9, 2 ** 40 * 3],
])('of %d and %d', (a, b, divisor) => {
  expect(commonDivisor(a, b)).toBe(divisor);
});
