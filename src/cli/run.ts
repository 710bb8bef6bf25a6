/** `coffer run FILES…` */

import { mkdirSync, realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { estimate } from '../job/estimate.ts';
import type { Plan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import { renderTable } from '../record/table.ts';
import { type Ending, invoke, type Timeout } from '../runner/invocation.ts';
import { formatBytes } from '../units/bytes.ts';
import { parseTime } from '../units/time.ts';
import { EXIT, EXIT_BY_SIGNAL, type Interruption } from './exit-code.ts';
import { watchSignals } from './interruption.ts';
import { loadFiles, type Selection } from './load-files.ts';
import { formatElapsed, ProgressLine } from './progress-line.ts';
import { wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

export interface RunFlags extends Selection {
  readonly output?: string;
  readonly workers?: number;
  readonly resume?: boolean;
  readonly trace?: string;
  readonly timeout?: string;
  readonly quiet?: boolean;
  readonly width?: number;
}

export async function runFiles(files: readonly string[], flags: RunFlags): Promise<number> {
  const say = (sentence: string): void => {
    if (flags.quiet !== true) process.stderr.write(`${sentence}\n`);
  };
  const complain = (sentence: string): void => {
    process.stderr.write(`${sentence}\n`);
  };
  const timeout = flags.timeout === undefined ? null : timeoutOf(flags.timeout);
  const outputPath = outputOf(files, flags.output);
  const loaded = loadFiles(files, flags);
  if (!loaded.ok) {
    for (const problem of loaded.problems) complain(problem);
    return EXIT.usage;
  }
  keepApart(files, outputPath, flags.trace);
  for (const warning of loaded.warnings) say(warning);
  say(intention(loaded.plans, outputPath));
  let signal: Interruption | null = null;
  const line = new ProgressLine(flags.quiet === true ? { write: () => {} } : process.stderr, () =>
    performance.now(),
  );
  const ending = await invoke({
    plans: loaded.plans,
    outputPath,
    resume: flags.resume === true,
    workers: flags.workers ?? availableParallelism(),
    timeout,
    tracePath: flags.trace ?? null,
    toolVersion: toolVersion(),
    argv: process.argv.slice(2),
    interrupt: watchSignals((name) => {
      signal = name;
      line.end();
      say(`${name}: stopping; what is done is kept (once more: stop at once)`);
    }),
    onNote: say,
    onProgress: (progress) => line.update(progress),
  });
  line.end();
  if (ending.kind === 'ended') {
    const { plans } = loaded;
    say(summary(plans, ending.rows, line.elapsedMs, outputPath));
    const colour = wantsColour(process.stdout, process.env);
    const widthColumns = flags.width ?? widthOf(process.stdout);
    process.stdout.write(renderTable(ending.rows, { widthColumns, colour }));
  } else {
    const problems = ending.kind === 'refused' ? ending.problems : [ending.problem];
    for (const problem of problems) complain(problem);
  }
  return exitCodeOf(ending, signal);
}

function exitCodeOf(ending: Ending, signal: Interruption | null): number {
  if (ending.kind === 'refused') return EXIT.usage;
  if (ending.kind === 'unwritable') return EXIT.failed;
  if (ending.interrupted && signal !== null) return EXIT_BY_SIGNAL[signal];
  return ending.rows.every(({ state }) => state === 'done') ? EXIT.good : EXIT.failed;
}

/** setTimeout counts ms in 31 bits, and fires at once beyond. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function timeoutOf(text: string): Timeout {
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

const DEFAULT_FOLDER = 'results';

function outputOf(files: readonly string[], output: string | undefined): string {
  if (output !== undefined) return output;
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new UsageError('several job files need --output FILE.csv for their one record');
  }
  try {
    mkdirSync(DEFAULT_FOLDER, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the folder ${DEFAULT_FOLDER} cannot be made here, give --output: ${why}`);
  }
  return join(DEFAULT_FOLDER, `${basename(file, extname(file))}.csv`);
}

/** An output that is one of the inputs, or two outputs that are one file, would destroy it. */
function keepApart(files: readonly string[], output: string, trace: string | undefined): void {
  const inputs = new Set(files.map((file) => realpathSync(file)));
  const outputs = [
    ['--output', output],
    ['--trace', trace],
  ] as const;
  for (const [flag, path] of outputs) {
    if (path === undefined) continue;
    if (inputs.has(resolve(realFolder(path), basename(path)))) {
      throw new UsageError(`${flag} ${path}: is a job file; name another file`);
    }
  }
  if (trace !== undefined && resolve(trace) === resolve(output)) {
    throw new UsageError(`--trace ${trace}: is the --output too; name another file`);
  }
}

function realFolder(path: string): string {
  try {
    return realpathSync(dirname(path));
  } catch {
    // A folder that does not exist holds no job file; that it does not is told later.
    return resolve(dirname(path));
  }
}

function intention(plans: readonly Plan[], outputPath: string): string {
  const runs = plans.flatMap((plan) => plan.runs);
  let bytes = 0;
  let timed = false;
  for (const run of runs) {
    const { writtenBytes, layoutBytes } = estimate(run);
    bytes += (writtenBytes ?? 0) + layoutBytes;
    timed ||= writtenBytes === null;
  }
  const written = `${formatBytes(bytes)}${timed ? ' and what timed jobs reach' : ''}`;
  return `${counted(runs.length, 'run')}, writing ${written} to simulated devices; ${outputPath}`;
}

function summary(
  plans: readonly Plan[],
  rows: readonly Row[],
  elapsedMs: number,
  outputPath: string,
): string {
  const runs = plans.reduce((sum, plan) => sum + plan.runs.length, 0);
  const states = new Map<string, number>();
  for (const { state } of rows) states.set(String(state), (states.get(String(state)) ?? 0) + 1);
  states.delete('done');
  const others = [...states]
    .map(([state, count]) => `, ${counted(count, 'row')} ${state}`)
    .join('');
  return `${counted(runs, 'run')} in ${formatElapsed(elapsedMs)}${others}; ${outputPath}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
