import { expect, test } from 'vitest';
import { attainableChangeP, changePoint } from '../../../../src/compare/statistics/change-point.ts';
import { shareOfRelabellings } from '../../../../src/compare/statistics/relabel.ts';

test('a step of eight values: all orders are counted', () => {
  // Low before high, high before low, and either in the middle: 4 of the C(8, 4) ways.
  const found = changePoint([1, 2, 3, 4, 11, 12, 13, 14]);
  expect(found?.splits).toEqual([4]);
  expect(found?.p).toBeCloseTo(4 / 70, 12);
});

test('a level that comes and goes is two changes', () => {
  const low = [1, 1.1, 0.9, 1.2, 0.8, 1.05];
  const found = changePoint([...low, ...low.map((value) => value + 5), ...low]);
  expect(found?.splits).toEqual([6, 12]);
  expect(found?.p).toBeLessThan(0.005);
});

test('equal values change nowhere, and too few have no level', () => {
  expect(changePoint([7, 7, 7, 7, 7, 7])?.p).toBe(1);
  expect(changePoint([1, 2, 3])).toBeNull();
  expect(attainableChangeP(3)).toBe(1);
});

test('the scale and its direction say nothing', () => {
  const values = [3, 1, 4, 1.5, 9, 2.6, 15, 13, 15.8, 19, 17.9, 13.2];
  const plain = changePoint(values);
  expect(changePoint(values.map((value) => 1e9 * value))).toEqual(plain);
  expect(changePoint(values.map((value) => -value))).toEqual(plain);
});

test('more values can say more', () => {
  const ps = [4, 8, 10, 12, 14].map(attainableChangeP);
  expect(ps).toEqual([...ps].sort((a, b) => b - a));
  expect(ps[2]).toBeLessThan(0.05);
});

test('relabellings beyond twelve blocks are drawn, the same for the same seed', () => {
  const share = (seed: number) => shareOfRelabellings(14, seed, (signs) => (signs[0] ?? 0) > 0);
  expect(share(1)).toMatchObject({ relabellings: 4096, exact: false });
  expect(share(1)).toEqual(share(1));
  expect(Math.abs(share(1).share - 0.5)).toBeLessThan(0.05);
  expect(shareOfRelabellings(3, 1, (signs) => signs.every((sign) => sign > 0))).toEqual({
    share: 1 / 8,
    relabellings: 8,
    exact: true,
  });
});
