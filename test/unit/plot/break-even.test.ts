import { expect, test } from 'vitest';
import { crossingsOf } from '../../../src/plot/break-even.ts';

function line(...points: readonly (readonly [x: number, ratio: number | null])[]) {
  return points.map(([x, ratio]) => ({ series: 'offload', facet: '', x, ratio }));
}

test('between a half and twice lies the middle of the logarithms', () => {
  expect(crossingsOf(line([4, 0.5], [64, 2]), true)).toEqual([
    { series: 'offload', facet: '', x: 16, rising: true },
  ]);
  expect(crossingsOf(line([4, 2], [64, 0.5]), false)).toMatchObject([{ x: 34, rising: false }]);
});

test('a point that is 1 is a crossing only where the line goes through', () => {
  expect(crossingsOf(line([1, 0.9], [2, 1], [4, 1.1]), true)).toMatchObject([{ x: 2 }]);
  expect(crossingsOf(line([1, 0.9], [2, 1], [4, 0.9]), true)).toEqual([]);
  expect(crossingsOf(line([1, 1], [2, 1.1]), true)).toEqual([]);
});

test('lines of different series and panels are not joined', () => {
  const ratios = [...line([1, 0.5]), { series: 'emulation', facet: '', x: 2, ratio: 2 }];
  expect(crossingsOf(ratios, true)).toEqual([]);
});

test('nothing crosses where a figure is missing, neither over it nor beside it', () => {
  expect(crossingsOf(line([1, 0.5], [2, null], [4, 2]), true)).toEqual([]);
  expect(crossingsOf(line([1, null], [2, 1], [4, 2]), true)).toEqual([]);
  expect(crossingsOf(line([1, 0.5], [2, 1], [4, null]), true)).toEqual([]);
});
