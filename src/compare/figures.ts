/** The figures of a row that can be compared. */

import type { Cell, NamedColumn, Row } from '../record/columns.ts';

/** A number; of a boolean 1 or 0; null: absent, or a word. */
export function figure(cell: Cell): number | null {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  return typeof cell === 'number' ? cell : null;
}

/**
 * What a column is divided by so that rows compare: the bytes moved, if the column grows with the
 * work and the rows moved different amounts (a time-based job does more when it is faster); else 1.
 */
export function isPerByte(column: NamedColumn, rows: readonly Row[]): boolean {
  if (column.growsWithWork !== true) return false;
  const [first] = rows;
  if (first === undefined || rows.every(({ bytes }) => bytes === first.bytes)) return false;
  return rows.every(({ bytes }) => typeof bytes === 'number' && bytes > 0);
}

export function comparable(column: NamedColumn, row: Row, perByte: boolean): number | null {
  const value = figure(row[column.name]);
  if (value === null || !perByte) return value;
  return value / Number(row.bytes);
}

/** The logarithm of their ratio; 0 of two zeros, infinite of one. */
export function logRatio(baseline: number, candidate: number): number {
  return baseline === candidate ? 0 : Math.log(candidate) - Math.log(baseline);
}

/** `null` and the empty text are the same empty cell. */
export function isAbsent(cell: Cell): cell is null | '' {
  return cell === null || cell === '';
}
