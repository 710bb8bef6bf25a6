/**
 * A history as apache otava (once hunter) reads it: a CSV with a line per run, a time column and a
 * column per figure, and the test of otava.yaml that goes with it (its docs/CSV.md and CsvImporter,
 * version 0.7). Otava turns every cell into a number and stops at an empty one, so a figure that
 * some run lacks is left out.
 */

import { stringify } from 'csv-stringify/sync';
import type { ColumnName } from '../../record/columns.ts';
import { coursesOf, type HistoryFile, type Series, seriesOf } from '../history.ts';
import { labelsOf } from '../label.ts';

export interface OtavaExport {
  readonly csv: string;
  readonly yaml: string;
  readonly metrics: number;
  /** Figures that some file lacks. */
  readonly leftOut: number;
}

/** `files` have each a time, in its order. `csvPath`: as the yaml is to name it. */
export function otavaExport(
  files: readonly HistoryFile[],
  gates: readonly ColumnName[] | null,
  acrossPlans: boolean,
  csvPath: string,
): OtavaExport {
  const all = coursesOf(files, acrossPlans).flatMap((course) => seriesOf(course, gates));
  const whole = all.filter(({ values }) => values.length === files.length);
  const label = labelsOf(all);
  const names = named(whole.map((series) => `${label(series.row)} ${series.column.name}`));
  const lines = files.map(({ path, startedAt }, place) => [
    startedAt,
    path,
    ...whole.map(({ values }) => values[place]?.value),
  ]);
  return {
    csv: stringify([['time', 'record', ...names], ...lines], { record_delimiter: '\n' }),
    yaml: yamlOf(whole, names, csvPath),
    metrics: whole.length,
    leftOut: all.length - whole.length,
  };
}

/** Rows of a job that has changed its plan have one label. */
function named(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}

/** Texts as JSON writes them, which YAML reads. */
function yamlOf(series: readonly Series[], names: readonly string[], csvPath: string): string {
  const metrics = series.flatMap(({ column }, place) => {
    const name = JSON.stringify(names[place]);
    const direction = column.better === 'lower' ? -1 : 1;
    return [
      `      ${name}:`,
      `        column: ${name}`,
      `        direction: ${direction}`,
      '        scale: 1',
    ];
  });
  return [
    'tests:',
    '  coffer:',
    '    type: csv',
    `    file: ${JSON.stringify(csvPath)}`,
    '    time_column: time',
    '    attributes: [record]',
    '    metrics:',
    ...metrics,
    '',
  ].join('\n');
}
