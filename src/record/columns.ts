/**
 * The one table of columns. The CSV header and its order, the reader's checks, results/README.md,
 * the rule of compare and the axis labels of plot all come from here.
 */

import { assert, present } from '../units/assert.ts';
import type { Column } from './column.ts';
import { IDENTITY, OUTCOMES, PARAMETERS } from './columns/asked.ts';
import { COSTS, FAULTS, PATHS_TAKEN, TRUSTS } from './columns/cost.ts';
import { LATENCIES, THROUGHPUTS } from './columns/speed.ts';

/** Goes up whenever a column comes, goes, moves or changes its meaning. */
export const SCHEMA_VERSION = 3;

const TABLE = [
  ...IDENTITY,
  ...OUTCOMES,
  ...PARAMETERS,
  ...THROUGHPUTS,
  ...LATENCIES,
  ...PATHS_TAKEN,
  ...FAULTS,
  ...COSTS,
  ...TRUSTS,
] as const;

export type ColumnName = (typeof TABLE)[number]['name'];

export type NamedColumn = Column & { readonly name: ColumnName };

/** null is absent: no PCIe link, no value. Never 0; an empty string is the same empty cell. */
export type Cell = string | number | boolean | null;

export type Row = Readonly<Record<ColumnName, Cell>>;

export const COLUMNS: readonly NamedColumn[] = TABLE;

export const COLUMN_NAMES: readonly ColumnName[] = COLUMNS.map((column) => column.name);

const BY_NAME = new Map<string, NamedColumn>(COLUMNS.map((column) => [column.name, column]));

export function columnOf(name: ColumnName): NamedColumn {
  return present(BY_NAME.get(name), `column ${name}`);
}

export function isColumnName(name: string): name is ColumnName {
  return BY_NAME.has(name);
}

/** Rows are copies of one object: so V8 keeps all of them in one shape, and small. */
const NO_CELLS: Row = emptyRow();

/** A row made column by column: the one place where a record of all columns is put together. */
export function makeRow(cell: (column: NamedColumn, place: number) => Cell): Row {
  const row: Record<ColumnName, Cell> = { ...NO_CELLS };
  COLUMNS.forEach((column, place) => {
    row[column.name] = cell(column, place);
  });
  return row;
}

function emptyRow(): Row {
  const row = Object.fromEntries(COLUMNS.map((column) => [column.name, null]));
  assert(isRow(row), 'a row has every column');
  return row;
}

function isRow(candidate: Readonly<Record<string, Cell>>): candidate is Row {
  return COLUMN_NAMES.every((name) => name in candidate);
}
