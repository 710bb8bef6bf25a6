/** The sides of a comparison from their files and folders. All that is wrong is told at once. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentFile } from '../compare/environments.ts';
import type { RecordFile } from '../compare/side.ts';
import { environmentPath } from '../record/file-names.ts';
import { readRecord } from '../record/read.ts';
import { readText } from './show.ts';
import { UsageError } from './usage-error.ts';

/** Of one file: who has named a wrong one needs no thousand lines. */
const PROBLEMS_MAX = 10;

type Wrong = (what: string) => void;

/** The CSVs of one side: files as they are, of a folder all that lie in it, by name. */
export function readSide(
  paths: readonly string[],
  wrong: Wrong,
  warn: (what: string) => void,
): readonly RecordFile[] {
  return paths
    .flatMap((path) => (isFolder(path) ? recordsIn(path, wrong, warn) : [path]))
    .map((path) => readFile(path, wrong))
    .filter((file) => file !== null);
}

function recordsIn(folder: string, wrong: Wrong, warn: (what: string) => void): readonly string[] {
  const names = readdirSync(folder).sort();
  for (const name of names.filter((each) => each.endsWith('.csv.partial'))) {
    warn(`${join(folder, name)}: unfinished, left out; coffer run --resume finishes it`);
  }
  const records = names.filter((name) => name.endsWith('.csv'));
  if (records.length === 0) wrong(`${folder}: no CSV lies in this folder; name one that has some`);
  return records.map((name) => join(folder, name));
}

function readFile(path: string, wrong: Wrong): RecordFile | null {
  if (path.endsWith('.partial')) {
    wrong(`${path}: the run is unfinished; finish it with coffer run --resume, and name the .csv`);
    return null;
  }
  const text = readOrTell(path, wrong);
  if (text === null) return null;
  const record = readRecord(text, path);
  if (!record.ok) {
    record.problems.slice(0, PROBLEMS_MAX).forEach(wrong);
    const more = record.problems.length - PROBLEMS_MAX;
    if (more > 0) wrong(`${path}: and ${more} more mistakes`);
    return null;
  }
  if (record.rows.length > 0) return { path, rows: record.rows };
  wrong(`${path}: has a header and no row; run the job again`);
  return null;
}

function readOrTell(path: string, wrong: Wrong): string | null {
  try {
    return readText(path);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    wrong(error.message);
    return null;
  }
}

/** Beside the files that hold rows of the wall clock. */
export function environmentsOf(files: readonly RecordFile[]): readonly EnvironmentFile[] {
  return files
    .filter(({ rows }) => rows.some(({ clock }) => clock === 'wall'))
    .map(({ path: csvPath, environment }) => {
      const path = environmentPath(csvPath);
      if (environment !== undefined) return { path, text: environment };
      return { path, text: existsSync(path) ? readText(path) : null };
    });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
