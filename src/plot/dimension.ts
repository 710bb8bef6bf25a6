/**
 * What tells rows apart: the options that were swept, then the columns of what was asked. The roles
 * of a figure (x, series, panels) are filled from them, so that no two rows are mistaken for two
 * repetitions of one.
 */

import { type Cell, type ColumnName, columnOf, type Row } from '../record/columns.ts';
import { PATHS } from '../record/columns/asked.ts';
import { pointOptions } from '../record/point.ts';
import { canonicalBytes } from '../units/bytes.ts';
import type { PlotRow } from './plot-row.ts';
import { type Quantity, quantityOf } from './quantity.ts';

export interface Dimension {
  /** As in a job file: `bs`, `path`, `nvme0.copy_bandwidth`. */
  readonly name: string;
  /** Where it is a column too. */
  readonly column: ColumnName | null;
  /** null: it does not apply to the row. */
  readonly text: (row: PlotRow) => string | null;
  /** Numbers ascend, paths go from the device up, words as they come. */
  readonly values: readonly string[];
  readonly quantity: Quantity | null;
}

/** Columns that may tell rows apart, before the rest that a job's name says as well. */
const COLUMNS_ASKED: readonly ColumnName[] = [
  'path',
  'job_file',
  'job',
  'direction',
  'rw',
  'bs_bytes',
  'block_sizes',
  'iodepth',
  'num_range',
  'numjobs',
  'copy_api',
  'device',
  'driver',
  'ioengine',
  'direct',
  'stamps',
  'clock',
  'seed',
  'group',
];

/** The names of options that columns have under another. */
const OPTION_NAMES: ReadonlyMap<ColumnName, string> = new Map([['bs_bytes', 'bs']]);

/** The CSV itself: nobody knows a plan by its hash, where the name of the file says as much. */
const FILE = 'file';

/** Where nothing that has a name sets the rows apart. */
const LAST_RESORT: readonly ColumnName[] = ['plan_sha256', 'point'];

/** All that may be named as x, series or facet: what was swept first. */
export function candidateDimensions(rows: readonly PlotRow[]): readonly Dimension[] {
  const options = optionReader();
  const points = new Set(rows.map(({ row }) => textOf(row.point) ?? ''));
  const swept = new Set([...points].flatMap((point) => [...options(point).keys()]));
  const names = new Set([...swept, ...COLUMNS_ASKED.map(nameOf), FILE, ...LAST_RESORT]);
  return [...names].map((name) => {
    if (name === FILE) return dimension(name, null, ({ file }) => file, rows);
    const column = [...COLUMNS_ASKED, ...LAST_RESORT].find((known) => nameOf(known) === name);
    const option = ({ row }: PlotRow): string | null =>
      options(textOf(row.point) ?? '').get(name) ?? null;
    if (column === undefined) return dimension(name, null, option, rows);
    return dimension(name, column, (row) => cellText(column, row.row) ?? option(row), rows);
  });
}

/** Whether it says the path of copies: of all, or of one job that sweeps its own. */
export function isPath({ name }: Dimension): boolean {
  return name === 'path' || name.endsWith('.path');
}

/**
 * Of candidates in order of preference, those that split what the ones before them leave together.
 * `named` are kept whatever they split.
 */
export function neededDimensions(
  rows: readonly PlotRow[],
  candidates: readonly Dimension[],
  named: readonly Dimension[],
): readonly Dimension[] {
  const kept: Dimension[] = [];
  let classes = rows.map(() => 0);
  let count = 1;
  for (const candidate of [...named, ...candidates.filter((other) => !named.includes(other))]) {
    if (!named.includes(candidate) && (candidate.values.length < 2 || isSaid(candidate, kept))) {
      continue;
    }
    const numbers = new Map<string, number>();
    const split = rows.map((row, place) => {
      const key = `${classes[place]} ${candidate.text(row) ?? ''}`;
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    });
    if (numbers.size === count && !named.includes(candidate)) continue;
    kept.push(candidate);
    classes = split;
    count = numbers.size;
  }
  return kept;
}

/** Beside `copies.path`, which one job sweeps, the column `path` only sets the other jobs apart. */
function isSaid({ name }: Dimension, kept: readonly Dimension[]): boolean {
  return kept.some((other) => other.column === null && other.name.endsWith(`.${name}`));
}

/** By its name, or by that of its column: `bs` and `bs_bytes` are one. */
export function findDimension(
  candidates: readonly Dimension[],
  name: string,
): Dimension | undefined {
  return candidates.find((known) => known.name === name || known.column === name);
}

/** As a job file says it. A job without copies stands beside copies: the path is of its point. */
function cellText(column: ColumnName, row: Row): string | null {
  const cell = row[column];
  const isSize = columnOf(column).unit === 'bytes' && typeof cell === 'number';
  return isSize ? canonicalBytes(cell) : textOf(cell);
}

function dimension(
  name: string,
  column: ColumnName | null,
  text: (row: PlotRow) => string | null,
  rows: readonly PlotRow[],
): Dimension {
  const texts = [...new Set(rows.map(text).filter((value) => value !== null))];
  const unit = column === null ? null : columnOf(column).unit;
  const isWord = column !== null && columnOf(column).type === 'string';
  const quantity = isWord || name === FILE ? null : quantityOf(texts, unit);
  return { name, column, text, values: ordered(name, texts, quantity), quantity };
}

function ordered(
  name: string,
  texts: readonly string[],
  quantity: Quantity | null,
): readonly string[] {
  if (quantity !== null) {
    const { numbers } = quantity;
    return [...texts].sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
  }
  if (!/(?:^|\.)path$/.test(name)) return texts;
  const known = PATHS.filter((path) => texts.includes(path));
  return [...known, ...texts.filter((text) => !PATHS.some((path) => path === text))];
}

function nameOf(column: ColumnName): string {
  return OPTION_NAMES.get(column) ?? column;
}

function textOf(cell: Cell): string | null {
  return cell === null || cell === '' ? null : String(cell);
}

/** Points are few and rows many: each is taken apart once. */
function optionReader(): typeof pointOptions {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return (point) => {
    const options = known.get(point) ?? pointOptions(point);
    known.set(point, options);
    return options;
  };
}
