/** `--where COLUMN=VALUE`: some of the rows. Several values of a column widen, columns narrow. */

import { columnOf, type ColumnName, isColumnName } from '../record/columns.ts';
import { candidateDimensions, type Dimension, findDimension } from './dimension.ts';
import type { PlotRow } from './plot-row.ts';
import { quantityOf } from './quantity.ts';

interface Condition {
  readonly dimension: Dimension;
  readonly value: string;
}

export type Selected =
  | { readonly ok: true; readonly rows: readonly PlotRow[] }
  | { readonly ok: false; readonly problems: readonly string[] };

export function selectRows(rows: readonly PlotRow[], where: readonly string[]): Selected {
  if (where.length === 0) return { ok: true, rows };
  const candidates = candidateDimensions(rows);
  const problems: string[] = [];
  const conditions: Condition[] = [];
  for (const text of where) {
    const equals = text.indexOf('=');
    const name = text.slice(0, Math.max(0, equals));
    const dimension = findDimension(candidates, name) ?? columnDimension(rows, name);
    const value = text.slice(equals + 1);
    if (equals <= 0) problems.push(`--where ${text}: write COLUMN=VALUE, as bs=64k`);
    else if (dimension === null) problems.push(unknownColumn('--where', name, candidates));
    else if (!dimension.values.some((known) => isValue(dimension, known, value))) {
      const known = dimension.values.length === 0 ? 'it is empty' : listed(dimension.values);
      problems.push(`--where ${text}: no row has that value; ${dimension.name} is ${known}`);
    } else conditions.push({ dimension, value });
  }
  if (problems.length > 0) return { ok: false, problems };
  const names = [...new Set(conditions.map(({ dimension }) => dimension))];
  const kept = rows.filter((row) =>
    names.every((dimension) => {
      const text = dimension.text(row);
      return conditions.some(
        (each) =>
          each.dimension === dimension && text !== null && isValue(dimension, text, each.value),
      );
    }),
  );
  if (kept.length > 0) return { ok: true, rows: kept };
  const what = `--where ${where.join(' --where ')}: no row has all of it; leave one out`;
  return { ok: false, problems: [what] };
}

/** `--x, --where` and the like with a name that nothing has. */
export function unknownColumn(
  option: string,
  name: string,
  candidates: readonly Dimension[],
): string {
  const known = candidates.filter(({ values }) => values.length > 0).map((each) => each.name);
  return `${option} ${name}: no such column or swept option here; there are ${known.join(', ')}`;
}

const VALUES_TOLD = 12;

function listed(values: readonly string[]): string {
  const more = values.length - VALUES_TOLD;
  const told = values.slice(0, VALUES_TOLD).join(', ');
  return more > 0 ? `${told} and ${more} more` : told;
}

/** `4k` is 4096, if the column counts bytes. */
function isValue({ quantity }: Dimension, text: string, wanted: string): boolean {
  if (text === wanted) return true;
  const number = quantity?.numbers.get(text);
  if (quantity === null || number === undefined) return false;
  return quantityOf([wanted], quantity.unit)?.numbers.get(wanted) === number;
}

/** Any other word of the record, as state or path_proof. */
function columnDimension(rows: readonly PlotRow[], name: string): Dimension | null {
  if (!isColumnName(name)) return null;
  const column: ColumnName = name;
  const text = ({ row }: PlotRow): string | null => {
    const cell = row[column];
    return cell === null || cell === '' ? null : String(cell);
  };
  const values = [...new Set(rows.map(text).filter((value) => value !== null))];
  const quantity = columnOf(column).type === 'string' ? null : quantityOf(values, null);
  return { name, column, text, values, quantity };
}
