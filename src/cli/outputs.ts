/** Where a run's files go, and that they destroy nothing. */

import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { environmentPath, partialPath, shardPath } from '../record/file-names.ts';
import type { Shard } from '../units/shard.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_FOLDER = 'results';

/**
 * FILE of --output, or results/STEM.csv, or results/STEM.shard-2-of-4.csv; makes the folder. Throws
 * UsageError.
 */
export function outputOf(
  files: readonly string[],
  output: string | undefined,
  shard: Shard | null = null,
): string {
  if (output === '') throw new UsageError('--output names no file; give --output FILE.csv');
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
  const path = join(DEFAULT_FOLDER, `${basename(file, extname(file))}.csv`);
  return shard === null ? path : shardPath(path, shard);
}

/** What an invocation reads and writes beside its record, by path. */
export interface OtherFiles {
  /** Files that the job files include, logs that jobs replay. */
  readonly reads: readonly string[];
  /** Real files and devices that jobs work on. */
  readonly targets: readonly string[];
  /** Files that --trace will make. */
  readonly traces: readonly string[];
  /** Files that write_bw_log and its like will make. */
  readonly logs: readonly string[];
  /** Files that devices are given. */
  readonly backing: readonly string[];
}

/**
 * An output that is one of the inputs, or two outputs that are one file, would destroy it. Throws
 * UsageError.
 */
export function keepApart(files: readonly string[], output: string, others: OtherFiles): void {
  const taken = new Map<string, string>();
  for (const target of others.targets) taken.set(realFile(target), 'what a job works on');
  for (const read of others.reads) taken.set(realFile(read), 'a file that a job file reads');
  for (const file of files) taken.set(realFile(file), 'a job file');
  for (const [path, what] of recordFiles(output)) {
    const input = taken.get(path);
    if (input !== undefined) {
      const which = what === THE_OUTPUT ? 'is' : `${what} would be`;
      throw new UsageError(`--output ${output}: ${which} ${input}; name another file`);
    }
    taken.set(path, what);
  }
  const untaken = (path: string, named: string): string => {
    const real = realFile(path);
    const other = taken.get(real);
    if (other === undefined) return real;
    throw new UsageError(`${named}: is ${other} too; name another file`);
  };
  for (const trace of others.traces) taken.set(untaken(trace, `--trace ${trace}`), 'a trace');
  for (const log of others.logs) taken.set(untaken(log, `the log ${log}`), 'a log');
  for (const file of others.backing) untaken(file, `backing_file=${file}`);
}

const THE_OUTPUT = 'the --output';

/** The files of a record, behind links, and what each is. */
export function recordFiles(output: string): ReadonlyMap<string, string> {
  const record = realFile(output);
  return new Map([
    [record, THE_OUTPUT],
    [partialPath(record), 'where the rows of the --output go until the end'],
    [environmentPath(record), 'the environment beside the --output'],
  ]);
}

/** What a name stands for, behind links; it need not exist. */
export function realFile(path: string): string {
  return realPath(path) ?? join(realPath(dirname(path)) ?? resolve(dirname(path)), basename(path));
}

/** null: nothing is there, or what is there has no path, as a pipe. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
