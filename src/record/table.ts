/**
 * The table that `coffer run` and `coffer show` print: what varied, then what was measured, in
 * engineering units. It is for an eye; the CSV is for everything else.
 */

import { styleText } from 'node:util';
import { isBackground } from './background.ts';
import type { Row } from './columns.ts';
import { axesOf, captionOf, changesOf, type TableColumn } from './table-axes.ts';
import { fit, GAP, type PaddedColumn, widthOf } from './table-fit.ts';
import { ABSENT } from './table-format.ts';
import { hasFigures, measuresOf } from './table-measures.ts';
import { NO_BREAK_SPACE, wrapWords } from './table-text.ts';

export interface TableOptions {
  readonly widthColumns: number;
  readonly colour: boolean;
  /** The rows `background:DEVICE` too. */
  readonly all?: boolean;
  readonly limit?: RowLimit;
}

export interface RowLimit {
  readonly rows: number;
  /** Where all of them are, for the line that says that some are not here. */
  readonly whole: string;
}

type Style = 'bold' | 'dim' | 'red';

export function renderTable(records: readonly Row[], options: TableOptions): string {
  const rows = options.all === true ? records : records.filter((row) => !isBackground(row));
  if (rows.length === 0) return 'no row to show\n';
  const paint = (style: Style, text: string): string =>
    options.colour ? styleText(style, text, { validateStream: false }) : text;
  const shown = shownOf(rows, options.limit);
  const table = layOut(rows, shown, options.widthColumns);
  const caption = wrapWords(captionOf(rows), options.widthColumns);
  const lines = [
    ...caption.map((line) => paint('dim', line)),
    '',
    ...table.header.map((line) => paint('bold', line)),
    ...table.body.map(({ text, style }) => (style === null ? text : paint(style, text))),
  ];
  if (table.leftOut.length > 0) {
    const note = leftOutNote(table.leftOut, options.widthColumns);
    lines.push('', ...note.map((line) => paint('dim', line)));
  }
  if (options.limit !== undefined && shown.length < rows.length) {
    const note = cutNote(rows, shown, options.limit);
    lines.push('', ...wrapWords(note, options.widthColumns));
  }
  return `${lines.join('\n')}\n`;
}

/** In their order. What went wrong is shown first of all, what never ran only if there is room. */
function shownOf(rows: readonly Row[], limit: RowLimit | undefined): readonly Row[] {
  if (limit === undefined || rows.length <= limit.rows) return rows;
  const rankOf = ({ state }: Row): number => (state === 'done' ? 1 : state === 'not_run' ? 2 : 0);
  const ranked = [0, 1, 2].flatMap((rank) => rows.filter((row) => rankOf(row) === rank));
  const shown = new Set(ranked.slice(0, limit.rows));
  return rows.filter((row) => shown.has(row));
}

function cutNote(rows: readonly Row[], shown: readonly Row[], { whole }: RowLimit): string {
  const notDone = (of: readonly Row[]): number => of.filter(({ state }) => state !== 'done').length;
  const left = notDone(rows) - notDone(shown);
  const rest = left === 0 ? '' : `, and ${left} of the others are not done`;
  return `${shown.length} of ${rows.length} rows${rest}; ${whole} has all`;
}

/** Not broken inside a header: `p99.9 µs` stays on one line. */
function leftOutNote(headers: readonly string[], widthColumns: number): readonly string[] {
  const names = headers.map((header) => header.replaceAll(' ', NO_BREAK_SPACE));
  const note = `to fit ${widthColumns} columns, left out: ${names.join(', ')}`;
  return wrapWords(note, widthColumns);
}

interface Line {
  readonly text: string;
  readonly style: Style | null;
}

interface Layout {
  readonly header: readonly string[];
  readonly body: readonly Line[];
  /** Headers of the columns there was no room for. */
  readonly leftOut: readonly string[];
}

/** `all`: what varies among them, and was measured, has columns, whichever rows are shown. */
function layOut(all: readonly Row[], rows: readonly Row[], widthColumns: number): Layout {
  const axes = axesOf(all);
  const { above, shown, leftOut } = fit(axes, measuresOf(all), rows, widthColumns);
  const leading = shown.filter(({ column }) => axes.includes(column));
  const indent = leading.length === 0 ? 0 : widthOf(leading) + GAP.length;
  const separated = groupStarts(axes[0], rows);
  const body: Line[] = [];
  for (const [place, row] of rows.entries()) {
    const shared = sharedBy(above, rows, place);
    if (shared !== null || separated.has(place)) body.push({ text: '', style: null });
    for (const line of wrapWords(shared ?? '', widthColumns)) {
      body.push({ text: line, style: 'bold' });
    }
    body.push(...renderRow(row, place, { shown, leading, indent, widthColumns }));
  }
  const height = shown[0]?.header.length ?? 0;
  return {
    header: Array.from({ length: height }, (_, line) =>
      lineOf(shown.map((each) => each.header[line])),
    ),
    body,
    leftOut: leftOut.map(({ header }) => header),
  };
}

/** What stands above the row at this place, as `path=offload bs=4k`; null: it stands there. */
function sharedBy(
  above: readonly TableColumn[],
  rows: readonly Row[],
  place: number,
): string | null {
  const [row, before] = [rows[place], rows[place - 1]];
  if (above.length === 0 || row === undefined) return null;
  const same = before !== undefined && above.every(({ text }) => text(before) === text(row));
  if (same) return null;
  const present = above.filter(({ text }) => text(row) !== ABSENT);
  return present.map(({ header, text }) => `${header}=${text(row)}`).join(' ');
}

interface RowPlace {
  readonly shown: readonly PaddedColumn[];
  readonly leading: readonly PaddedColumn[];
  /** Where the first measure stands. */
  readonly indent: number;
  readonly widthColumns: number;
}

/** A row that is not done says so: beside its axes when nothing was measured, else below. */
function renderRow(row: Row, place: number, columns: RowPlace): readonly Line[] {
  const { shown, leading, indent, widthColumns } = columns;
  const textOf = (padded: readonly PaddedColumn[]): string =>
    lineOf(padded.map(({ cells }) => cells[place]));
  if (row.state === 'done') return [{ text: textOf(shown), style: null }];
  const trouble = row.error === null ? String(row.state) : `${row.state}: ${row.error}`;
  // Long axes leave no room beside them.
  const beside = indent <= widthColumns / 2;
  const margin = ' '.repeat(beside ? indent : GAP.length);
  const reason = wrapWords(trouble, widthColumns - margin.length).map((words) => margin + words);
  const [first = '', ...more] = reason;
  const inPlace = beside && !hasFigures(row);
  const texts = inPlace
    ? [textOf(leading).padEnd(indent) + first.trimStart(), ...more]
    : [textOf(hasFigures(row) ? shown : leading), ...reason];
  return texts.map((text) => ({ text, style: 'red' }));
}

function lineOf(cells: readonly (string | undefined)[]): string {
  return cells.join(GAP).trimEnd();
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
