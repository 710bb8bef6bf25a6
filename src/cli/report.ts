/** `coffer report FILE.csv… --output report.html`: the record as a page to send. */

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { environmentPath } from '../record/file-names.ts';
import { type EnvironmentFacts, parseEnvironment } from '../report/environment.ts';
import { reportPage } from '../report/report.ts';
import { EXIT } from './exit-code.ts';
import { figureSuffix, writeWhole } from './figure-file.ts';
import { readPlotRows } from './plot-rows.ts';
import { readText } from './show.ts';

export interface ReportFlags {
  readonly output: string;
}

export async function report(files: readonly string[], { output }: ReportFlags): Promise<number> {
  figureSuffix(output, ['.html']);
  const rows = readPlotRows(files);
  const reported = files.map((path) => ({
    file: basename(path),
    environment: environmentBeside(path),
  }));
  writeWhole(output, await reportPage(rows, reported));
  process.stdout.write(`${output}\n`);
  return EXIT.good;
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
