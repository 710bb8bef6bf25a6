/** The rows of the CSVs on the command line; all that is wrong with them is told at once. */

import { basename } from 'node:path';
import type { PlotRow } from '../plot/plot-row.ts';
import type { Row } from '../record/columns.ts';
import { rowKey } from '../record/key.ts';
import { readRecord } from '../record/read.ts';
import { readText } from './show.ts';
import { UsageError } from './usage-error.ts';

/** Throws UsageError. */
export function readPlotRows(files: readonly string[]): readonly PlotRow[] {
  const problems: string[] = [];
  const rows: PlotRow[] = [];
  const stems = files.map((file) => basename(file).replace(/\.csv$/, ''));
  for (const [place, path] of files.entries()) {
    // Of two files of one name the folders tell them apart.
    const stem = stems[place] ?? path;
    const file = stems.indexOf(stem) === stems.lastIndexOf(stem) ? stem : path;
    if (files.indexOf(path) < place) {
      problems.push(`${path}: is named twice; name it once`);
      continue;
    }
    const text = textOf(path, problems);
    if (text === null) continue;
    const record = readRecord(text, path, { partial: path.endsWith('.partial') });
    if (!record.ok) problems.push(...record.problems);
    else if (record.rows.length === 0) problems.push(`${path}: the record has no row yet`);
    else {
      problems.push(...repeated(record.rows, path));
      for (const row of record.rows) rows.push({ row, file });
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return rows;
}

/** One sentence a file: of rows written twice there are as many as there are rows. */
function repeated(rows: readonly Row[], path: string): readonly string[] {
  const places = new Map<string, number>();
  const pairs: (readonly [first: number, second: number])[] = [];
  for (const [place, row] of rows.entries()) {
    const key = rowKey(row);
    const first = places.get(key);
    if (first === undefined) places.set(key, place + 1);
    else pairs.push([first, place + 1]);
  }
  const [pair] = pairs;
  if (pair === undefined) return [];
  const [first, second] = pair;
  const more = pairs.length > 1 ? ` (and ${pairs.length - 1} more rows likewise)` : '';
  const both = `${path}: row ${first} and ${path}: row ${second}`;
  return [`${both} have the same key${more}: they would count twice; remove one`];
}

function textOf(path: string, problems: string[]): string | null {
  try {
    return readText(path);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(error.message);
    return null;
  }
}
