import { expect, test } from 'vitest';
import { sideOf } from '../../../src/compare/side.ts';
import type { Row } from '../../../src/record/columns.ts';
import { aRow } from '../../support/a-row.ts';
import { unitsOf } from '../../support/compared.ts';
import { wallRows } from '../../support/wall-rows.ts';

function problems(...files: readonly (readonly Row[])[]): readonly string[] {
  const side = sideOf(files.map((rows, place) => ({ path: `${'ab'[place]}.csv`, rows })));
  return side.ok ? [] : side.problems;
}

test('wall-clock rows of one key are repetitions, whichever file they are from', () => {
  const units = [...unitsOf(wallRows([1, 2, 3]), wallRows([4, 5])).values()];
  expect(units.map(({ rows }) => rows.length)).toEqual([5]);
});

test('exact rows stand for themselves; the same row twice is told, in one file or two', () => {
  const rows = [aRow(), aRow({ repetition: 2 })];
  expect([...unitsOf(rows).values()].map((unit) => unit.rows.length)).toEqual([1, 1]);
  const twice = 'has the key of a.csv: row 1 and the same figures; give one side one of them';
  expect(problems([aRow(), aRow()])).toEqual([`a.csv: row 2: ${twice}`]);
  expect(problems([aRow()], [aRow()])).toEqual([`b.csv: row 1: ${twice}`]);
});

test('one key with two figures, plans or places is told with both', () => {
  expect(problems([aRow(), aRow({ point: 'bs=8k' })], [aRow({ ios: 7 })])).toEqual([
    'b.csv: row 1: has the key of a.csv: row 1 and other figures; give one side one of them',
  ]);
  expect(problems(wallRows([1, 2]), wallRows([3], { plan_sha256: 'another' }))).toEqual([
    'b.csv: row 1: has the key of a.csv: row 1 and another plan; give one side one job',
  ]);
  expect(problems([...wallRows([1]), ...wallRows([2])])).toEqual([
    'a.csv: row 2: has the key of a.csv: row 1; a file holds each repetition once',
  ]);
});

test('a file given twice is no second repetition', () => {
  expect(problems(wallRows([1, 2]), wallRows([1]))).toEqual([
    'b.csv: row 1: is a.csv: row 1 once more, and no second repetition; give each file once',
  ]);
});
