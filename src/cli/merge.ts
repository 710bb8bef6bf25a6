/** `coffer merge --output FILE.csv SHARDS…`: the records of `coffer run --shard` as one. */

import { shardOf } from '../record/environment.ts';
import { readEnvironment } from '../record/environment-read.ts';
import { environmentPath } from '../record/file-names.ts';
import { mergeShards, type ShardRecord } from '../record/merge.ts';
import {
  differingFacts,
  formatDifferingFact,
  mergeEnvironments,
} from '../record/merge-environments.ts';
import type { Row } from '../record/columns.ts';
import { readRecord } from '../record/read.ts';
import { RecordFile } from '../runner/record-file.ts';
import { Unwritable } from '../runner/unwritable.ts';
import { EXIT } from './exit-code.ts';
import { realFile, recordFiles } from './outputs.ts';
import { counted, otherStates } from './run-files.ts';
import { readText } from './show.ts';
import { UsageError } from './usage-error.ts';

export interface MergeFlags {
  readonly output: string;
}

/** Throws UsageError with all that is wrong. */
export function merge(paths: readonly string[], { output }: MergeFlags): number {
  refuseInputs(paths, output);
  const problems: string[] = [];
  const wrong = (problem: string): void => {
    problems.push(problem);
  };
  const shards = paths.flatMap((path) => readShard(path, wrong) ?? []);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  shards.sort((left, right) => left.shard.index - right.shard.index);
  const merged = mergeShards(shards);
  if (!merged.ok) throw new UsageError(merged.problems.join('\n'));
  for (const warning of warnings(shards, merged.rows)) process.stderr.write(`${warning}\n`);
  const rows = counted(merged.rows.length, 'row') + otherStates(merged.rows);
  const written = write(output, merged.rows, shards);
  if (written === null) {
    process.stdout.write(`${output}: ${counted(shards.length, 'shard')}, ${rows}\n`);
    return EXIT.good;
  }
  process.stderr.write(`${written}\n`);
  return EXIT.failed;
}

function refuseInputs(paths: readonly string[], output: string): void {
  const record = recordFiles(output);
  const taken = paths.find((path) =>
    [path, environmentPath(path)].some((input) => record.has(realFile(input))),
  );
  if (taken === undefined) return;
  throw new UsageError(`--output ${output}: would replace a file of ${taken}; name another file`);
}

/** Problems told of one file: who has named a wrong one needs no thousand lines. */
const PROBLEMS_MAX = 10;

/** null after saying what is wrong. */
function readShard(path: string, wrong: (problem: string) => void): ShardRecord | null {
  if (path.endsWith('.partial')) {
    wrong(`${path}: the run is unfinished; finish it with coffer run --resume, and name the .csv`);
    return null;
  }
  const text = textOf(path, wrong);
  if (text === null) return null;
  const record = readRecord(text, path);
  if (!record.ok) {
    record.problems.slice(0, PROBLEMS_MAX).forEach(wrong);
    const more = record.problems.length - PROBLEMS_MAX;
    if (more > 0) wrong(`${path}: and ${more} more mistakes`);
    return null;
  }
  const json = textOf(environmentPath(path), wrong);
  if (json === null) return null;
  const environment = readEnvironment(json);
  const shard = environment === null ? null : shardOf(environment);
  if (environment === null || shard === null) {
    wrong(`${path}: is no shard, for ${environmentPath(path)} names none; coffer run --shard does`);
    return null;
  }
  return { path, rows: record.rows, shard, environment };
}

function textOf(file: string, wrong: (problem: string) => void): string | null {
  try {
    return readText(file);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    wrong(error.message);
    return null;
  }
}

/** Virtual figures are the same on every machine; those of another coffer may not be. */
function warnings(shards: readonly ShardRecord[], rows: readonly Row[]): readonly string[] {
  const samples = rows.some(({ clock }) => clock === 'wall');
  return differingFacts(shards)
    .filter(({ name }) => samples || name === 'tool_version')
    .map((fact) => `warning: the shards ran on what differs: ${formatDifferingFact(fact)}`);
}

/** null: it is there, with its JSON; else why it is not. */
function write(
  output: string,
  rows: readonly Row[],
  shards: readonly ShardRecord[],
): string | null {
  try {
    const file = new RecordFile(output, []);
    file.append(rows);
    file.finish(rows, mergeEnvironments(shards, process.argv.slice(2)));
    return null;
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    return error.message;
  }
}
