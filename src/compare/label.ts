/** What tells a row from the others of its comparison, in words of the job file. */

import type { ColumnName, Row } from '../record/columns.ts';
import type { ComparedRow } from './judgement.ts';

const NAMED = [
  'job_file',
  'group',
  'job',
  'clone',
  'rw',
  'direction',
] as const satisfies readonly ColumnName[];

export type Labelled = (row: Row) => string;

/** `copies bs=4k path=offload`: the columns of the key that vary among these rows. */
export function labelsOf(rows: readonly Pick<ComparedRow, 'row'>[]): Labelled {
  const varying = NAMED.filter((name) => varies(rows, name));
  const repeated = varies(rows, 'repetition');
  return (row) => {
    const words = varying
      .filter((name) => row[name] !== null)
      .map((name) => (name === 'job' || name === 'job_file' ? row[name] : `${name}=${row[name]}`));
    if (row.point !== null) words.push(row.point);
    if (repeated && row.clock !== 'wall') words.push(`repetition=${row.repetition}`);
    return words.length === 0 ? String(row.job) : words.join(' ');
  };
}

/** What does not apply to a row, as the clone of a background row, tells nothing apart. */
function varies(rows: readonly Pick<ComparedRow, 'row'>[], name: ColumnName): boolean {
  const first = rows.find(({ row }) => row[name] !== null)?.row[name];
  return rows.some(({ row }) => row[name] !== null && row[name] !== first);
}
