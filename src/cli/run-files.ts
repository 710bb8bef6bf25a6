/** `coffer run FILES…`: from the files to the record, the table and the exit code. */

import { estimate, type LaidOutBefore, writtenTargets } from '../job/estimate.ts';
import type { Plan, RunPlan } from '../job/plan.ts';
import { pointsOf, takeShard } from '../job/shard.ts';
import type { Row } from '../record/columns.ts';
import { partialPath } from '../record/file-names.ts';
import { renderTable } from '../record/table.ts';
import { type Ending, invoke, type Progress, type Timeout } from '../runner/invocation.ts';
import type { LookLive } from '../runner/live.ts';
import { logFilesOf, type LogPlace } from '../runner/log-files.ts';
import type { RunPool } from '../runner/run-pool.ts';
import { logPlace } from '../runner/probe-logs.ts';
import { traceFileName } from '../runner/trace-files.ts';
import { formatBytes } from '../units/bytes.ts';
import { formatShard, parseShard, type Shard } from '../units/shard.ts';
import { parseTime } from '../units/time.ts';
import { formatElapsed } from './elapsed.ts';
import { EXIT } from './exit-code.ts';
import { exitCodeOfSignal, watchSignals } from './interruption.ts';
import { type LoadedFiles, loadFiles } from './load-files.ts';
import { keepApart, type OtherFiles, outputOf } from './outputs.ts';
import { ProgressDisplay } from './progress.ts';
import { progressMode } from './progress-mode.ts';
import type { RunFlags } from './run.ts';
import { wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

type Loaded = Extract<LoadedFiles, { ok: true }>;

interface Flags extends RunFlags {
  readonly workers: number;
}

export async function runFiles(
  files: readonly string[],
  flags: Flags,
  pool: Promise<RunPool>,
): Promise<number> {
  const mode = progressMode(flags, process.stderr, process.env);
  const timeout = flags.timeout === undefined ? null : timeoutOf(flags.timeout);
  const shard = flags.shard === undefined ? null : shardOf(flags.shard);
  const loaded = loadFiles(files, flags);
  if (!loaded.ok) {
    for (const problem of loaded.problems) complain(problem);
    return EXIT.usage;
  }
  const outputPath = outputOf(files, flags.output, shard);
  const logs = placeLogs(files, outputPath, loaded, flags.trace);
  const say = flags.quiet === true ? () => {} : complain;
  for (const warning of loaded.warnings) say(warning);
  const plans = shard === null ? loaded.plans : takeShard(loaded.plans, shard);
  const runs = plans.flatMap((plan) => plan.runs);
  if (shard !== null) say(shareText(shard, plans, loaded.plans));
  say(intention(plans, outputPath));
  const display = new ProgressDisplay(process.stderr, {
    mode,
    live: flags.live === true,
    runs,
    look: lookInto(pool),
    nowMs: () => performance.now(),
  });
  const interrupt = watchSignals((signal) => {
    display.end();
    say(`${signal}: stopping; what is done is kept (once more: stop at once)`);
  });
  const invocation = {
    plans: loaded.plans,
    shard,
    outputPath,
    resume: flags.resume === true,
    workers: flags.workers,
    pool,
    timeout,
    tracePath: flags.trace ?? null,
    logs,
    toolVersion: toolVersion(),
    argv: process.argv.slice(2),
    interrupt,
    onNote: flags.quiet === true ? say : (sentence: string) => display.say(sentence),
    onProgress: (progress: Progress) => display.update(progress),
  };
  const ending = await invoke(invocation).finally(() => display.end());
  if (ending.kind === 'ended') {
    say(summary(runs.length, ending.rows, display.elapsedMs, outputPath));
    showTable(ending.rows, outputPath, flags);
  } else {
    const problems = ending.kind === 'refused' ? ending.problems : [ending.problem];
    for (const problem of problems) complain(problem);
    if (ending.kind === 'unwritable' && ending.rows.length > 0) {
      showTable(ending.rows, partialPath(outputPath), flags);
    }
  }
  return exitCodeOf(ending, interrupt);
}

/** Throws UsageError. */
function shardOf(text: string): Shard {
  const parsed = parseShard(text);
  if (parsed.ok) return parsed.shard;
  throw new UsageError(`--shard ${text}: ${parsed.what}`);
}

/** What falls to it; that nothing does is no mistake: who splits over machines counts those. */
function shareText(shard: Shard, share: readonly Plan[], plans: readonly Plan[]): string {
  const points = pointsOf(share);
  const all = counted(pointsOf(plans), 'point');
  const has = points === 0 ? `none of ${all}, so its record has no row` : `${points} of ${all}`;
  return `shard ${formatShard(shard)}: ${has}`;
}

/** Before the pool is there, nothing is under way. */
export function lookInto(pool: Promise<RunPool>): LookLive {
  let look: LookLive = () => [];
  void pool.then((opened) => {
    look = opened.look ?? look;
  });
  return (latencies) => look(latencies);
}

function tracesOf(plans: readonly Plan[], trace: string | undefined): readonly string[] {
  const runs = plans.flatMap((plan) => plan.runs);
  if (trace === undefined) return [];
  if (runs.every(({ devices }) => devices.length === 0)) {
    const what = 'no run has simulated devices, and real ones are traced by blktrace or perf';
    throw new UsageError(`--trace ${trace}: ${what}; leave it out`);
  }
  return runs.map(({ index }) => traceFileName(trace, index, runs.length));
}

/** Where logs go, when it is sure that no file of the invocation replaces another. */
function placeLogs(
  files: readonly string[],
  outputPath: string,
  { plans, reads }: Loaded,
  trace: string | undefined,
): LogPlace {
  const traces = tracesOf(plans, trace);
  const runs = plans.flatMap((plan) => plan.runs);
  const place = logPlace(outputPath, runs.length);
  const logs = runs.flatMap((run) => logFilesOf(run, place)).map(({ path }) => path);
  keepApart(files, outputPath, { ...workFiles(runs), reads, traces, logs });
  return place;
}

/** The files that the runs work on, real ones and those behind simulated devices. */
export function workFiles(runs: readonly RunPlan[]): Pick<OtherFiles, 'backing' | 'targets'> {
  const devices = runs.flatMap((run) => run.devices);
  const files = devices.map(({ attributes }) => attributes['backing_file']);
  return {
    backing: [...new Set(files.filter((file) => typeof file === 'string'))],
    targets: [...new Set(runs.flatMap(({ targets }) => targets.map(({ path }) => path)))],
  };
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** A table that fills a screen many times over is read by nobody. */
const ROWS_SHOWN = 200;

function showTable(rows: readonly Row[], path: string, { width, color }: Flags): void {
  const widthColumns = width ?? widthOf(process.stdout);
  const colour = wantsColour(process.stdout, process.env, color);
  const limit = { rows: ROWS_SHOWN, whole: `coffer show ${path}` };
  process.stdout.write(renderTable(rows, { widthColumns, colour, limit }));
}

function exitCodeOf(ending: Ending, interrupt: AbortSignal): number {
  if (ending.kind === 'refused') return EXIT.usage;
  if (ending.kind === 'unwritable') return EXIT.failed;
  if (ending.interrupted) return exitCodeOfSignal(interrupt);
  return ending.rows.every(({ state }) => state === 'done') ? EXIT.good : EXIT.failed;
}

/** setTimeout counts ms in 31 bits, and fires at once beyond. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export function timeoutOf(text: string): Timeout {
  const parsed = parseTime(text, 's');
  if (!parsed.ok) throw new UsageError(`--timeout ${text}: ${parsed.what}`);
  const milliseconds = Math.ceil(parsed.value / 1e6);
  if (milliseconds < 1)
    throw new UsageError(`--timeout ${text}: no run ends in no time; give more`);
  if (milliseconds > LONGEST_TIMEOUT_MS) {
    throw new UsageError(`--timeout ${text}: 24 days are the most; leave it out to wait for ever`);
  }
  return { milliseconds, text };
}

/** What will be written, and where: said before anything is. */
export function intention(plans: readonly Plan[], outputPath: string): string {
  const runs = plans.flatMap((plan) => plan.runs);
  const real = runs.filter(({ targets }) => targets.length > 0);
  const simulated = runs.filter(({ devices }) => devices.length > 0);
  const paths = [...new Set(plans.flatMap(writtenTargets))];
  const told = [
    ...(simulated.length > 0 ? [`${writes(simulated)} to simulated devices`] : []),
    ...(paths.length > 0 ? [`${writes(real)} to ${namesOf(paths)}`] : []),
  ];
  const what = told.length === 0 ? 'nothing' : told.join(' and ');
  return `${counted(runs.length, 'run')}, writing ${what}; ${outputPath}`;
}

function writes(runs: readonly RunPlan[]): string {
  let bytes = 0;
  let timed = false;
  const before: LaidOutBefore = new Map();
  for (const run of runs) {
    const { writtenBytes, layoutBytes } = estimate(run, before);
    bytes += (writtenBytes ?? 0) + layoutBytes;
    timed ||= writtenBytes === null;
  }
  return `${formatBytes(bytes)}${timed ? ' and what timed jobs reach' : ''}`;
}

const NAMES_MAX = 4;

function namesOf(paths: readonly string[]): string {
  const more = paths.length - NAMES_MAX;
  const names = paths.slice(0, NAMES_MAX).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}

/** What was done, and how rows ended that are not done. */
export function summary(
  runs: number,
  rows: readonly Row[],
  elapsedMs: number,
  outputPath: string,
): string {
  const others = otherStates(rows);
  return `${counted(runs, 'run')} in ${formatElapsed(elapsedMs)}${others}; ${outputPath}`;
}

/** `, 2 rows failed, 1 row short`; empty: all are done. */
export function otherStates(rows: readonly Row[]): string {
  const states = new Map<string, number>();
  for (const { state } of rows) states.set(String(state), (states.get(String(state)) ?? 0) + 1);
  states.delete('done');
  return [...states].map(([state, count]) => `, ${counted(count, 'row')} ${state}`).join('');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
