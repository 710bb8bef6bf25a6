/**
 * Which columns of the table fit a width, and how. What matters least goes first; then headers are
 * broken into lines; then the slowest axes leave their columns and stand above their rows. No
 * value is ever cut. Lengths are counted in UTF-16 units: names in wide scripts stand out of line.
 */

import type { Row } from './columns.ts';
import { INDISPENSABLE, type TableColumn } from './table-axes.ts';
import { breakHeader, longest, padColumn } from './table-text.ts';

export const GAP = '  ';

/** A column with its header and all its cells brought to one width. */
export interface PaddedColumn {
  readonly column: TableColumn;
  /** Lines of its header, the last one nearest to the cells; as many as the table has. */
  readonly header: readonly string[];
  readonly cells: readonly string[];
}

export interface Fitted {
  /** Axes whose values stand above the rows that share them. */
  readonly above: readonly TableColumn[];
  readonly shown: readonly PaddedColumn[];
  /** Columns there was no room for. */
  readonly leftOut: readonly TableColumn[];
}

/** Throughput, latency, what it cost, and what went wrong: axes leave their columns for these. */
const CORE = 85;
/** And for these headers are broken into lines. */
const GOOD_TO_SEE = 80;

interface Attempt {
  readonly broken: boolean;
  readonly above: number;
  /** Columns of this importance and above stay. */
  readonly floor: number;
}

/** `axes` are the first of the columns, slowest first. */
export function fit(
  axes: readonly TableColumn[],
  measures: readonly TableColumn[],
  rows: readonly Row[],
  widthColumns: number,
): Fitted {
  let fitted: Fitted = { above: axes, shown: [], leftOut: measures };
  for (const { broken, above, floor } of attempts(axes.length)) {
    const columns = [...axes.slice(above), ...measures];
    const padded = columns.map((column) => padOut(column, rows, broken));
    const shown = withoutLeast(padded, widthColumns, floor);
    const leftOut = columns.filter((column) => !shown.some((each) => each.column === column));
    fitted = { above: axes.slice(0, above), shown: level(shown), leftOut };
    if (widthOf(shown) <= widthColumns) break;
  }
  return fitted;
}

/** From the plainest to the most crowded. */
function attempts(axes: number): readonly Attempt[] {
  const aboves = Array.from({ length: axes + 1 }, (_, above) => above);
  return [
    { broken: false, above: 0, floor: GOOD_TO_SEE },
    { broken: true, above: 0, floor: GOOD_TO_SEE },
    ...aboves.map((above) => ({ broken: true, above, floor: CORE })),
    ...aboves.map((above) => ({ broken: true, above, floor: INDISPENSABLE })),
  ];
}

function padOut(column: TableColumn, rows: readonly Row[], broken: boolean): PaddedColumn {
  const cells = rows.map(column.text);
  const width = longest(cells);
  const lines = broken ? breakHeader(column.header, width) : [column.header];
  const padded = padColumn(lines, cells);
  return { column, header: padded.slice(0, lines.length), cells: padded.slice(lines.length) };
}

/** Leaves out the least important columns, of equals the rightmost, until the rest fits. */
function withoutLeast(
  columns: readonly PaddedColumn[],
  widthColumns: number,
  floor: number,
): readonly PaddedColumn[] {
  const shown = [...columns];
  const expendable = [...columns]
    .reverse()
    .filter(({ column }) => column.importance < floor)
    .sort((a, b) => a.column.importance - b.column.importance);
  for (const column of expendable) {
    if (widthOf(shown) <= widthColumns) break;
    shown.splice(shown.indexOf(column), 1);
  }
  return shown;
}

/** Headers of fewer lines stand low. */
function level(columns: readonly PaddedColumn[]): readonly PaddedColumn[] {
  const height = Math.max(0, ...columns.map(({ header }) => header.length));
  return columns.map((each) => {
    const blank = ' '.repeat(each.header[0]?.length ?? 0);
    const missing = Array.from({ length: height - each.header.length }, () => blank);
    return { ...each, header: [...missing, ...each.header] };
  });
}

export function widthOf(columns: readonly PaddedColumn[]): number {
  return columns.map(({ header }) => header[0]).join(GAP).length;
}
