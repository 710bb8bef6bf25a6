/** `coffer report FILE.csv… --output report.html`: the record as a page to send. */

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { PlotRow } from '../plot/plot-row.ts';
import { isBackground } from '../record/background.ts';
import { environmentPath } from '../record/file-names.ts';
import { type EnvironmentFacts, parseEnvironment } from '../report/environment.ts';
import { reportPage } from '../report/report.ts';
import { EXIT } from './exit-code.ts';
import { figureSuffix, writeFigure } from './figure-file.ts';
import { readPlotRows } from './plot-rows.ts';
import { readText } from './show.ts';
import { UsageError } from './usage-error.ts';

export interface ReportFlags {
  readonly output: string;
}

export async function report(files: readonly string[], { output }: ReportFlags): Promise<number> {
  figureSuffix(output, ['.html']);
  const rows = readPlotRows(files);
  refuseNothingDone(rows);
  const reported = files.map((path) => ({
    file: basename(path),
    environment: environmentBeside(path),
  }));
  writeFigure(output, await reportPage(rows, reported));
  process.stdout.write(`${output}\n`);
  return EXIT.good;
}

/** A page of sentences about nothing would look like one about something. */
function refuseNothingDone(rows: readonly PlotRow[]): void {
  const own = rows.filter(({ row }) => !isBackground(row));
  if (own.length === 0) throw new UsageError('nothing to report: the record has no row of a job');
  if (own.some(({ row }) => row.state === 'done')) return;
  const states = [...new Set(own.map(({ row }) => String(row.state)))].join(', ');
  const of = own.length === 1 ? 'the one row is not' : `none of ${own.length} rows is`;
  throw new UsageError(`nothing to report: ${of} done (state ${states}); run the job again`);
}

function environmentBeside(csvPath: string): EnvironmentFacts | null {
  const path = environmentPath(csvPath.replace(/\.partial$/, ''));
  if (!existsSync(path)) return null;
  const environment = parseEnvironment(readText(path));
  if (environment === null) {
    process.stderr.write(`${path}: is no JSON of coffer; the report goes without it\n`);
  }
  return environment;
}
