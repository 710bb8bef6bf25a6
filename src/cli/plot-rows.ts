/** The rows of the CSVs on the command line; all that is wrong with them is told at once. */

import { basename } from 'node:path';
import type { PlotRow } from '../plot/plot-row.ts';
import { readRecord } from '../record/read.ts';
import { readText } from './show.ts';
import { UsageError } from './usage-error.ts';

/** Throws UsageError. */
export function readPlotRows(files: readonly string[]): readonly PlotRow[] {
  const problems: string[] = [];
  const rows: PlotRow[] = [];
  const names = files.map((file) => basename(file));
  for (const [place, path] of files.entries()) {
    // Of two files of one name the folders tell them apart.
    const name = names[place] ?? path;
    const file = names.indexOf(name) === names.lastIndexOf(name) ? name : path;
    if (files.indexOf(path) < place) {
      problems.push(`${path}: is named twice; name it once`);
      continue;
    }
    const text = textOf(path, problems);
    if (text === null) continue;
    const record = readRecord(text, path, { partial: path.endsWith('.partial') });
    if (!record.ok) problems.push(...record.problems);
    else if (record.rows.length === 0) problems.push(`${path}: the record has no row yet`);
    else for (const row of record.rows) rows.push({ row, file });
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return rows;
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
