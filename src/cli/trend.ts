/** `coffer trend FOLDER|FILES…`: where a history of records changes. */

import { existsSync, writeFileSync } from 'node:fs';
import { type HistoryFile, planChanges } from '../compare/history.ts';
import { labelsOf } from '../compare/label.ts';
import { otavaExport } from '../compare/report/otava.ts';
import { renderTrendJson } from '../compare/report/trend-json.ts';
import { renderTrend } from '../compare/report/trend-text.ts';
import { DEFAULT_RULES, type Rules } from '../compare/rules.ts';
import { runsNeeded, type Trend, trendOf } from '../compare/trend.ts';
import { readEnvironment, startedAtOf } from '../record/environment-read.ts';
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
  const changes = trendOf(files, rules, flags.allowDifferentPlan === true);
  if (changes.followedRows === 0) refuseStrangers(files, flags);
  if (flags.csvOtava !== undefined) writeOtava(files, rules, flags, flags.csvOtava);
  if (flags.allowDifferentPlan !== true) tellPlanChanges(files);
  tellEndings(changes, files);
  tellLone(changes);
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
  return { path, rows, environment, startedAt: startedAtOf(readEnvironment(environment ?? '')) };
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

/** Records that share no row have no changes, which is no news of theirs. */
function refuseStrangers(files: readonly HistoryFile[], { allowDifferentPlan }: TrendFlags): never {
  const planned = allowDifferentPlan !== true && planChanges(files).length > 0;
  const advice = planned
    ? 'the job has changed (plan_sha256), and --allow-different-plan follows rows through that'
    : 'give records of one job file';
  throw new UsageError(
    `nothing to follow: of ${counted(files.length, 'record')} no two tell of the same row; ${advice}`,
  );
}

const LABELS_MAX = 3;

/** What is no longer measured cannot change, and must not look as if it did not. */
function tellEndings({ endings, silentRows }: Trend, files: readonly HistoryFile[]): void {
  const label = labelsOf(endings.flatMap(({ rows }) => rows.map((row) => ({ row }))));
  for (const { last, rows } of endings) {
    const names = rows.slice(0, LABELS_MAX).map(label).join('; ');
    const more = rows.length > LABELS_MAX ? ` and ${rows.length - LABELS_MAX} more` : '';
    tell(
      `after ${files[last]?.path} nothing is told of ${counted(rows.length, 'row')}: ${names}${more}`,
    );
  }
  if (silentRows === 0) return;
  const what = 'interrupted, not run, overloaded or crashed: they tell nothing, and are left out';
  tell(`${counted(silentRows, 'row')} of the records, ${what}`);
}

/** A row of one record has no history yet. */
function tellLone({ loneRows }: Trend): void {
  if (loneRows.length === 0) return;
  const label = labelsOf(loneRows.map((row) => ({ row })));
  const names = loneRows.slice(0, LABELS_MAX).map(label).join('; ');
  const more = loneRows.length > LABELS_MAX ? ` and ${loneRows.length - LABELS_MAX} more` : '';
  const many = loneRows.length === 1 ? 'is' : 'are';
  tell(
    `${counted(loneRows.length, 'row')} ${many} in one record only, not followed: ${names}${more}`,
  );
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
