/** Rows to CSV: RFC 4180 with LF; cells are formatted here, csv-stringify has nothing to guess. */

import { stringify } from 'csv-stringify/sync';
import { formatCell } from './cell.ts';
import { COLUMN_NAMES, COLUMNS, type Row } from './columns.ts';

const OPTIONS = {
  header: false,
  delimiter: ',',
  record_delimiter: '\n',
  // A lone CR would end a record for many readers.
  quoted_match: /\r/,
};

export function formatHeader(): string {
  return stringify([[...COLUMN_NAMES]], OPTIONS);
}

export function formatRows(rows: readonly Row[]): string {
  const records = rows.map((row) => COLUMNS.map((column) => formatCell(column, row[column.name])));
  return stringify(records, OPTIONS);
}
