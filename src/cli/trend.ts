/** `coffer trend FOLDER|FILES…`: where a history of records changes. */

import { existsSync, writeFileSync } from 'node:fs';
import { type HistoryFile, planChanges } from '../compare/history.ts';
import { otavaExport } from '../compare/report/otava.ts';
import { renderTrendJson } from '../compare/report/trend-json.ts';
import { renderTrend } from '../compare/report/trend-text.ts';
import { DEFAULT_RULES, type Rules } from '../compare/rules.ts';
import { runsNeeded, type Trend, trendOf } from '../compare/trend.ts';
import { environmentPath } from '../record/file-names.ts';
import { readSide } from './compare-files.ts';
import { rulesOf } from './compare-rules.ts';
import { EXIT } from './exit-code.ts';
import { whyUnreadable } from './load-files.ts';
import { counted } from './run-files.ts';
import { readText } from './show.ts';
import { type ColourChoice, wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface TrendFlags {
  readonly column?: readonly string[];
  readonly alpha?: string;
  readonly csvOtava?: string;
  readonly json?: boolean;
  readonly allowDifferentPlan?: boolean;
  readonly all?: boolean;
  readonly width?: number;
  readonly color?: ColourChoice;
}

/** Throws UsageError. */
export function trend(paths: readonly string[], flags: TrendFlags): number {
  const problems: string[] = [];
  const wrong = (what: string): void => {
    problems.push(what);
  };
  const rules = rulesFor(flags, wrong);
  const found = readSide(paths, wrong, tell);
  if (found.length === 1) wrong(`${found[0]?.path}: one record is no history; give two or more`);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const files = inOrder(found.map(withEnvironment));
  if (flags.csvOtava !== undefined) writeOtava(files, rules, flags, flags.csvOtava);
  const changes = trendOf(files, rules, flags.allowDifferentPlan === true);
  if (flags.allowDifferentPlan !== true) tellPlanChanges(files);
  const summary = summaryOf(changes, files, rules);
  if (flags.json === true) {
    process.stdout.write(renderTrendJson(changes, files));
    summary.forEach(tell);
  } else process.stdout.write(`${textOf(changes, files, flags)}${summary.join('\n')}\n`);
  return EXIT.good;
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** --column is to a history what --gate is to a comparison. */
function rulesFor({ column, alpha }: TrendFlags, wrong: (what: string) => void): Rules {
  const gates = column === undefined ? {} : { gate: column };
  const asked = alpha === undefined ? gates : { ...gates, alpha };
  const rules = rulesOf(asked, (what) => wrong(what.replace(/^--gate /, '--column ')));
  return { ...DEFAULT_RULES, gates: rules.gates, alpha: rules.alpha };
}

function withEnvironment({ path, rows }: { path: string; rows: HistoryFile['rows'] }): HistoryFile {
  const json = environmentPath(path);
  const environment = existsSync(json) ? readText(json) : null;
  return { path, rows, environment, startedAt: startOf(environment) };
}

function startOf(environment: string | null): string | null {
  const found = /^ {2}"started_at": "([^"]+)",$/m.exec(environment ?? '');
  return found?.[1] ?? null;
}

/** By when they were started; by their names, if that is not known of all. */
function inOrder(files: readonly HistoryFile[]): readonly HistoryFile[] {
  const unknown = files.find(({ startedAt }) => startedAt === null);
  if (unknown !== undefined) {
    tell(`ordered by file name: nothing says when ${unknown.path} was made (no JSON beside it)`);
    return [...files].sort((one, other) => compareTexts(one.path, other.path));
  }
  tell('ordered by started_at in the JSON beside each record');
  return [...files].sort((one, other) =>
    compareTexts(`${one.startedAt} ${one.path}`, `${other.startedAt} ${other.path}`),
  );
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** A job that has changed is no change of its figures. */
function tellPlanChanges(files: readonly HistoryFile[]): void {
  for (const { from, to, rows } of planChanges(files)) {
    const what = 'have another job (plan_sha256), and begin anew there; --allow-different-plan';
    const where = `${files[from]?.path} and ${files[to]?.path}`;
    tell(`between ${where} ${counted(rows, 'row')} ${what} follows them through`);
  }
}

function textOf(changes: Trend, files: readonly HistoryFile[], flags: TrendFlags): string {
  const widthColumns = flags.width ?? widthOf(process.stdout);
  const colour = wantsColour(process.stdout, process.env, flags.color);
  return renderTrend(changes, files, { widthColumns, colour, all: flags.all === true });
}

function summaryOf(
  { changes, exactRows, sampledSeries, tooShort }: Trend,
  files: readonly HistoryFile[],
  { alpha }: Rules,
): readonly string[] {
  const needed = runsNeeded(alpha);
  const runs = needed === null ? 'more than 50 runs' : `${needed} runs or more`;
  return [
    `${counted(files.length, 'record')}, ${counted(exactRows, 'exact row')} and ` +
      `${sampledSeries} sampled series: ${counted(changes.length, 'change')}`,
    ...(tooShort === 0
      ? []
      : [`${tooShort} sampled series are too short to call a change at alpha ${alpha}: ${runs}`]),
  ];
}

/** Throws UsageError. */
function writeOtava(
  files: readonly HistoryFile[],
  { gates }: Rules,
  { allowDifferentPlan }: TrendFlags,
  csvPath: string,
): void {
  if (!csvPath.endsWith('.csv')) {
    throw new UsageError(`--csv-otava ${csvPath}: name a file that ends in .csv`);
  }
  if (files.some(({ path }) => path === csvPath)) {
    throw new UsageError(`--csv-otava ${csvPath}: is one of the records; name another file`);
  }
  const unknown = files.find(({ startedAt }) => startedAt === null);
  if (unknown !== undefined) {
    throw new UsageError(
      `--csv-otava ${csvPath}: otava needs a time for each run, and nothing says when ` +
        `${unknown.path} was made; keep the JSON beside each CSV`,
    );
  }
  const { csv, yaml, metrics, leftOut } = otavaExport(
    files,
    gates,
    allowDifferentPlan === true,
    csvPath,
  );
  const yamlPath = `${csvPath.slice(0, -'.csv'.length)}.yaml`;
  write(csvPath, csv);
  write(yamlPath, yaml);
  const absent = leftOut === 0 ? '' : `; ${leftOut} that some record lacks are left out`;
  tell(`${csvPath}, ${yamlPath}: ${counted(metrics, 'metric')} for otava${absent}`);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${path}: cannot be written: ${whyUnreadable(error)}`);
  }
}
