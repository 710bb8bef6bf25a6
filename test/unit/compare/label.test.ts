import { expect, test } from 'vitest';
import { labelsOf } from '../../../src/compare/label.ts';
import type { Row } from '../../../src/record/columns.ts';
import { aRow } from '../../support/a-row.ts';

function labels(rows: readonly Row[]): readonly string[] {
  const compared = rows.map(
    (row) => ({ row, match: 'both', verdict: 'pass', judgements: [] }) as const,
  );
  return rows.map(labelsOf(compared));
}

test('a row is called by what tells it from the others', () => {
  expect(labels([aRow()])).toEqual(['copies']);
  expect(labels([aRow({ point: 'bs=4k' }), aRow({ point: 'bs=8k' })])).toEqual(['bs=4k', 'bs=8k']);
  expect(labels([aRow(), aRow({ repetition: 2 })])).toEqual(['repetition=1', 'repetition=2']);
  expect(labels([aRow(), aRow({ job_file: 'b.fio', clone: 1 })])).toEqual([
    'three-paths.fio clone=0',
    'b.fio clone=1',
  ]);
});

test('what does not apply to a background row tells nothing apart', () => {
  const background = aRow({ job: 'background:nvme0', group: null, clone: null, rw: null });
  expect(labels([aRow(), background])).toEqual(['copies', 'background:nvme0']);
});

test('repetitions of the wall clock are one row', () => {
  const rows = [aRow({ clock: 'wall' }), aRow({ clock: 'wall', repetition: 2, job: 'b' })];
  expect(labels(rows)).toEqual(['copies', 'b']);
});
