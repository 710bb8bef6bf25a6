import { expect, test } from 'vitest';
import { repeatedKey, rowKey, runKey } from '../../../src/record/key.ts';
import { aRow } from '../../support/a-row.ts';

test('every key column makes another row, a parameter does not', () => {
  const variants = [
    aRow(),
    aRow({ job_file: 'other.fio' }),
    aRow({ group: 1 }),
    aRow({ job: 'other' }),
    aRow({ clone: 1 }),
    aRow({ point: 'bs=4k' }),
    aRow({ rw: 'randcopy' }),
    aRow({ direction: 'read' }),
    aRow({ repetition: 2 }),
  ];
  expect(new Set(variants.map(rowKey)).size).toBe(variants.length);
  expect(rowKey(aRow({ plan_sha256: 'f', ios: 3, state: 'failed' }))).toBe(rowKey(aRow()));
});

test('repetitions share a key, other rows do not', () => {
  expect(repeatedKey(aRow({ repetition: 2 }))).toBe(repeatedKey(aRow()));
  expect(repeatedKey(aRow({ clone: 1 }))).not.toBe(repeatedKey(aRow()));
});

test('an empty point is an absent one', () => {
  expect(rowKey(aRow({ point: '' }))).toBe(rowKey(aRow()));
});

test('no separator in a name makes two keys one', () => {
  expect(runKey(aRow({ job_file: 'a","b', point: 'c' }))).not.toBe(
    runKey(aRow({ job_file: 'a', point: 'b","c' })),
  );
});

test('the rows of a run share its key', () => {
  expect(runKey(aRow({ job: 'a' }))).toBe(runKey(aRow({ job: 'b', clone: 3 })));
  expect(runKey({ job_file: 'three-paths.fio', point: '', repetition: 1 })).toBe(runKey(aRow()));
  expect(runKey(aRow({ repetition: 2 }))).not.toBe(runKey(aRow()));
});
