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

/**
 * An output that is one of the inputs, or two outputs that are one file, would destroy it.
 * `traces`: the files that --trace will make; `backing`: those that devices are given. Throws
 * UsageError.
 */
export function keepApart(
  files: readonly string[],
  output: string,
  traces: readonly string[],
  backing: readonly string[],
): void {
  const inputs = new Set(files.map(realFile));
  const record = realFile(output);
  const outputs = new Map([
    [record, 'the --output'],
    [partialPath(record), 'where the rows of the --output go until the end'],
    [environmentPath(record), 'the environment beside the --output'],
  ]);
  for (const [path, what] of outputs) {
    if (!inputs.has(path)) continue;
    const which = path === record ? 'is' : `${what} would be`;
    throw new UsageError(`--output ${output}: ${which} a job file; name another file`);
  }
  for (const trace of traces) {
    const real = realFile(trace);
    if (inputs.has(real)) {
      throw new UsageError(`--trace ${trace}: is a job file; name another file`);
    }
    const taken = outputs.get(real);
    if (taken !== undefined) {
      throw new UsageError(`--trace ${trace}: is ${taken} too; name another file`);
    }
    outputs.set(real, 'a trace');
  }
  for (const file of backing) {
    const real = realFile(file);
    const taken = inputs.has(real) ? 'a job file' : outputs.get(real);
    if (taken === undefined) continue;
    throw new UsageError(`backing_file=${file}: is ${taken} too; name another file`);
  }
}

/** What a name stands for, behind links; it need not exist. */
function realFile(path: string): string {
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
