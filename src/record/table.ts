/**
 * The table that `coffer run` and `coffer show` print: what varied, then what was measured, in
 * engineering units. It is for an eye; the CSV is for everything else.
 */

import { styleText } from 'node:util';
import type { Row } from './columns.ts';
import { axesOf, captionOf, changesOf, INDISPENSABLE, type TableColumn } from './table-axes.ts';
import { isMeasured, measuresOf } from './table-measures.ts';
import { padColumn, wrapWords } from './table-text.ts';

export interface TableOptions {
  readonly widthColumns: number;
  readonly colour: boolean;
  /** The rows `background:DEVICE` too. */
  readonly all?: boolean;
}

type Style = 'bold' | 'dim' | 'red';

const GAP = '  ';

export function renderTable(records: readonly Row[], options: TableOptions): string {
  const rows = options.all === true ? records : records.filter((row) => !isBackground(row));
  if (rows.length === 0) return 'no row to show\n';
  const paint = (style: Style, text: string): string =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const table = layOut(rows, options.widthColumns);
  const caption = wrapWords(captionOf(rows), options.widthColumns);
  const lines = [
    ...caption.map((line) => paint('dim', line)),
    '',
    paint('bold', table.header),
    ...table.body.map(({ text, style }) => (style === null ? text : paint(style, text))),
  ];
  if (table.leftOut.length > 0) {
    const note = `to fit ${options.widthColumns} columns, left out: ${table.leftOut.join(', ')}`;
    lines.push('', ...wrapWords(note, options.widthColumns).map((line) => paint('dim', line)));
  }
  return `${lines.join('\n')}\n`;
}

interface Line {
  readonly text: string;
  readonly style: Style | null;
}

interface Layout {
  readonly header: string;
  readonly body: readonly Line[];
  /** Headers of the columns there was no room for. */
  readonly leftOut: readonly string[];
}

/** A column with its header and all its cells brought to one width. */
interface PaddedColumn {
  readonly column: TableColumn;
  readonly cells: readonly string[];
}

function layOut(rows: readonly Row[], widthColumns: number): Layout {
  const axes = axesOf(rows);
  const columns = [...axes, ...measuresOf(rows)].map((column) => padded(column, rows));
  const shown = fit(columns, widthColumns);
  const leading = shown.filter(({ column }) => axes.includes(column));
  const indent = leading.length === 0 ? 0 : widthOf(leading) + GAP.length;
  const separated = groupStarts(axes[0], rows);
  const body: Line[] = [];
  for (const [place, row] of rows.entries()) {
    if (separated.has(place)) body.push({ text: '', style: null });
    body.push(...renderRow(row, place + 1, { shown, leading, indent, widthColumns }));
  }
  return {
    header: lineOf(shown, 0),
    body,
    leftOut: columns.filter((column) => !shown.includes(column)).map(({ column }) => column.header),
  };
}

interface RowPlace {
  readonly shown: readonly PaddedColumn[];
  readonly leading: readonly PaddedColumn[];
  /** Where the first measure stands. */
  readonly indent: number;
  readonly widthColumns: number;
}

/** A row that is not done says so: beside its axes when nothing was measured, else below. */
function renderRow(row: Row, line: number, place: RowPlace): readonly Line[] {
  const { shown, leading, indent, widthColumns } = place;
  if (row.state === 'done') return [{ text: lineOf(shown, line), style: null }];
  const trouble = row.error === null ? String(row.state) : `${row.state}: ${row.error}`;
  // Long axes leave no room beside them.
  const beside = indent <= widthColumns / 2;
  const margin = ' '.repeat(beside ? indent : GAP.length);
  const reason = wrapWords(trouble, widthColumns - margin.length).map((words) => margin + words);
  const [first = '', ...more] = reason;
  const inPlace = beside && !isMeasured(row);
  const texts = inPlace
    ? [lineOf(leading, line).padEnd(indent) + first.trimStart(), ...more]
    : [lineOf(isMeasured(row) ? shown : leading, line), ...reason];
  return texts.map((text) => ({ text, style: 'red' }));
}

function padded(column: TableColumn, rows: readonly Row[]): PaddedColumn {
  return { column, cells: padColumn(column.header, rows.map(column.text)) };
}

/** Leaves out the least important columns, of equals the rightmost, until the rest fits. */
function fit(columns: readonly PaddedColumn[], widthColumns: number): readonly PaddedColumn[] {
  const shown = [...columns];
  const expendable = [...columns]
    .reverse()
    .filter(({ column }) => column.importance < INDISPENSABLE)
    .sort((a, b) => a.column.importance - b.column.importance);
  for (const column of expendable) {
    if (widthOf(shown) <= widthColumns) break;
    shown.splice(shown.indexOf(column), 1);
  }
  return shown;
}

function widthOf(columns: readonly PaddedColumn[]): number {
  return columns.map(({ cells }) => cells[0]).join(GAP).length;
}

function lineOf(columns: readonly PaddedColumn[], line: number): string {
  return columns
    .map(({ cells }) => cells[line])
    .join(GAP)
    .trimEnd();
}

/** Where a new value of the slowest axis begins, if its groups are worth a blank line. */
function groupStarts(slowest: TableColumn | undefined, rows: readonly Row[]): ReadonlySet<number> {
  if (slowest === undefined || changesOf(slowest, rows) + 1 > rows.length / 2) return new Set();
  const starts = new Set<number>();
  for (const [place, row] of rows.entries()) {
    const before = rows[place - 1];
    if (before !== undefined && slowest.text(before) !== slowest.text(row)) starts.add(place);
  }
  return starts;
}

function isBackground(row: Row): boolean {
  return String(row.job).startsWith('background:');
}
