/** What tells rows and runs apart: the keys that resume, compare and plot match by. */

import { COLUMNS, type ColumnName, type Row } from './columns.ts';

const KEY_COLUMNS: readonly ColumnName[] = COLUMNS.filter(({ kind }) => kind === 'key').map(
  ({ name }) => name,
);

const REPEATED_COLUMNS = KEY_COLUMNS.filter((name) => name !== 'repetition');

/** One key per row of a record. */
export function rowKey(row: Row): string {
  return keyOf(row, KEY_COLUMNS);
}

/** One key for a row and its repetitions. */
export function repeatedKey(row: Row): string {
  return keyOf(row, REPEATED_COLUMNS);
}

/** One key per run: all rows of a run share it. */
export function runKey(row: Pick<Row, 'job_file' | 'point' | 'repetition'>): string {
  return keyOf(row, ['job_file', 'point', 'repetition']);
}

/** As JSON: no separator in a name can make two keys one. Empty and absent are the same. */
function keyOf<Name extends ColumnName>(row: Pick<Row, Name>, names: readonly Name[]): string {
  return JSON.stringify(names.map((name) => (row[name] === '' ? null : row[name])));
}
