import { expect, test } from 'vitest';
import {
  pooledSpread,
  repetitionsForDistance,
  repetitionsForP,
} from '../../../../src/compare/statistics/repetitions.ts';

test.each([
  ['independent', 0.05, 4],
  ['independent', 0.01, 5],
  ['independent', 0.05 / 100, 8],
  ['paired', 0.05, 6],
  ['paired', 0.002, 10],
] as const)('%s: p = %d takes %i repetitions', (design, p, wanted) => {
  expect(repetitionsForP(design, p)).toBe(wanted);
});

test('twice as near to the margin takes four times as many, and pairs half, but for one or two', () => {
  const far = repetitionsForDistance('independent', 0.03, 0.05, 'outside', 0.05);
  const near = repetitionsForDistance('independent', 0.03, 0.025, 'outside', 0.05);
  expect([far, near]).toEqual([7, 25]);
  expect(repetitionsForDistance('paired', 0.03, 0.025, 'outside', 0.05)).toBe(14);
});

test('inside the margin both ends must hold', () => {
  expect(repetitionsForDistance('independent', 0.03, 0.05, 'inside', 0.05)).toBe(9);
});

test('what lies at the margin is settled by no number', () => {
  expect(repetitionsForDistance('independent', 0.03, 0, 'inside', 0.05)).toBeNull();
  expect(repetitionsForDistance('independent', 0.03, 0.001, 'outside', 0.05)).toBeNull();
});

test('without spread the fewest do, wherever the estimate lies', () => {
  for (const distance of [0, 0.1]) {
    expect(repetitionsForDistance('independent', 0, distance, 'inside', 0.05)).toBe(1);
    expect(repetitionsForDistance('paired', 0, distance, 'outside', 0.05)).toBe(2);
  }
});

test('the spread is common to the samples, whatever lies between them', () => {
  expect(
    pooledSpread([
      [1, 3],
      [101, 103],
    ]),
  ).toBeCloseTo(Math.SQRT2, 12);
  expect(pooledSpread([[1], [2]])).toBeNull();
  expect(pooledSpread([[1, Number.NEGATIVE_INFINITY]])).toBeNull();
});
