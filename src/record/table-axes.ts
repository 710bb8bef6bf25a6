/** What tells the rows of a table apart, and what they have in common. */

import { canonicalBytes, formatBytes } from '../units/bytes.ts';
import type { Cell, ColumnName, Row } from './columns.ts';
import { pointOptions } from './point.ts';
import { ABSENT } from './table-format.ts';
import { NO_BREAK_SPACE } from './table-text.ts';

/** A column of the table: what varied, or what was measured. */
export interface TableColumn {
  readonly header: string;
  /** When the width is short the least important go first. */
  readonly importance: number;
  readonly text: (row: Row) => string;
}

/** Columns of this importance are shown whatever the width. */
export const INDISPENSABLE = 100;

/** Without an axis rows could not be told apart: it is never left out. */
const AXIS = INDISPENSABLE;
/** Jobs that differ have names; what they were asked is good to see, not needed. */
const HINT = 65;
/** What kind of I/O a job does says most. */
const KIND = 82;

/** Columns that may be an axis, under the names of their options. */
const CANDIDATES: readonly (readonly [header: string, column: ColumnName, importance: number])[] = [
  ['job_file', 'job_file', AXIS],
  ['job', 'job', AXIS],
  ['device', 'device', HINT],
  ['driver', 'driver', HINT - 3],
  ['rw', 'rw', KIND],
  ['path', 'path', HINT],
  ['copy_api', 'copy_api', HINT - 2],
  ['bs', 'bs_bytes', HINT],
  ['block_sizes', 'block_sizes', HINT],
  ['num_range', 'num_range', HINT - 1],
  ['ioengine', 'ioengine', HINT],
  ['direct', 'direct', HINT],
  ['iodepth', 'iodepth', HINT],
  ['numjobs', 'numjobs', HINT - 1],
  ['clock', 'clock', HINT],
  ['clone', 'clone', AXIS],
  ['repetition', 'repetition', AXIS],
];

const ONLY_IN_CAPTION: readonly (readonly [header: string, column: ColumnName])[] = [
  ['bytes', 'bytes'],
];

/** Not worth a word when they are 1 in every row. */
const QUIET: ReadonlySet<string> = new Set(['num_range', 'numjobs', 'clone', 'repetition']);

/** The axes of these rows, slowest first. */
export function axesOf(rows: readonly Row[]): readonly TableColumn[] {
  const options = sweptOptions(rows);
  const same = CANDIDATES.filter((candidate) => saysTheSame(candidate, options, rows));
  const swept = options.filter((option) => !same.some(([header]) => isOption(option, header)));
  const varying = [
    ...CANDIDATES.filter(([header, column]) => {
      if (swept.includes(header) || valuesOf(rows, column).size <= 1) return false;
      return !swept.some((option) => echoes(header, column, option, rows));
    }).map((candidate) => parameterColumn(candidate, same.includes(candidate))),
    ...swept.map(pointColumn).filter((axis) => changesOf(axis, rows) > 0),
  ];
  if (needsDirection(rows)) varying.push(directionColumn);
  return varying
    .map((axis) => ({ axis, changes: changesOf(axis, rows) }))
    .sort((a, b) => a.changes - b.changes || b.axis.importance - a.axis.importance)
    .map(({ axis }) => axis);
}

/** What all rows share, as `three-paths.fio: job=copies rw=copy …`. */
export function captionOf(rows: readonly Row[]): string {
  const swept = sweptOptions(rows);
  const words: string[] = [];
  for (const [header, column] of [...CANDIDATES, ...ONLY_IN_CAPTION]) {
    const [value, ...more] = valuesOf(rows, column);
    if (value === undefined || more.length > 0) continue;
    if (swept.includes(header) || header === 'job_file') continue;
    if (QUIET.has(header) && Number(value) <= 1) continue;
    const shown =
      column === 'bytes'
        ? formatBytes(Number(value)).replace(' ', NO_BREAK_SPACE)
        : formatParameter(column, value);
    words.push(`${header}=${shown}`);
  }
  for (const column of swept.map(pointColumn)) {
    const [first] = rows;
    if (first !== undefined && changesOf(column, rows) === 0) {
      words.push(`${column.header}=${column.text(first)}`);
    }
  }
  const jobFiles = valuesOf(rows, 'job_file');
  return [...(jobFiles.size === 1 ? [`${[...jobFiles].join()}:`] : []), ...words].join(' ');
}

/** How often the value differs from the row before: the slowest axis changes least. */
export function changesOf({ text }: TableColumn, rows: readonly Row[]): number {
  return rows.filter((row, place) => {
    const before = rows[place - 1];
    return before !== undefined && text(before) !== text(row);
  }).length;
}

function sweptOptions(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => [...pointOptions(String(row.point ?? '')).keys()]))];
}

/** Whether a swept option is this parameter, of all jobs or of one: `bs`, `copies.bs`. */
function isOption(option: string, header: string): boolean {
  return option === header || option.endsWith(`.${header}`);
}

/**
 * Whether the column of a parameter says all that the sweeps of it say, in jobs or files that each
 * sweep their own: one column for `a.bs` and `bs` is enough.
 */
function saysTheSame(
  [header, column]: (typeof CANDIDATES)[number],
  options: readonly string[],
  rows: readonly Row[],
): boolean {
  const swept = options.filter((option) => isOption(option, header));
  if (swept.every((option) => option === header)) return false;
  return rows.every((row) => {
    const point = pointOptions(String(row.point ?? ''));
    const values = swept.flatMap((option) => point.get(option) ?? []);
    return values.every((value) => value === formatParameter(column, row[column]));
  });
}

/** Whether a parameter, where it applies, only says again what the sweep of one job says. */
function echoes(header: string, column: ColumnName, option: string, rows: readonly Row[]): boolean {
  if (!isOption(option, header)) return false;
  return rows.every((row) => {
    const text = formatParameter(column, row[column]);
    return text === ABSENT || text === pointOptions(String(row.point ?? '')).get(option);
  });
}

function pointColumn(option: string): TableColumn {
  return {
    header: option,
    importance: AXIS,
    text: (row) => pointOptions(String(row.point ?? '')).get(option) ?? ABSENT,
  };
}

function parameterColumn(
  [header, column, importance]: (typeof CANDIDATES)[number],
  swept: boolean,
): TableColumn {
  const text = (row: Row): string => formatParameter(column, row[column]);
  return { header, importance: swept ? AXIS : importance, text };
}

const directionColumn: TableColumn = {
  header: 'direction',
  importance: AXIS,
  text: (row) => String(row.direction ?? ABSENT),
};

/** A mix has a row for each direction; elsewhere rw says it already. */
function needsDirection(rows: readonly Row[]): boolean {
  const jobs = rows.map((row) =>
    JSON.stringify([row.job_file, row.group, row.job, row.clone, row.point, row.repetition]),
  );
  return new Set(jobs).size < jobs.length;
}

/** The values of a column; rows to which it does not apply have no say. */
function valuesOf(rows: readonly Row[], column: ColumnName): ReadonlySet<Cell> {
  return new Set(rows.map((row) => row[column]).filter((cell) => cell !== null));
}

/** As a job file would say it. */
function formatParameter(column: ColumnName, cell: Cell): string {
  if (cell === null || cell === '') return ABSENT;
  const isSize = column === 'bs_bytes' && typeof cell === 'number';
  return isSize ? canonicalBytes(cell) : String(cell);
}
