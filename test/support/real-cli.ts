/** A job file on real files, run by the built CLI, and what is found where it has been. */

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../src/record/columns.ts';
import { readRecord } from '../../src/record/read.ts';
import { coffer, type Ended, shell } from './command-line.ts';

export interface JobEnded extends Ended {
  /** Of the record; none: nothing was run. */
  readonly rows: readonly Row[];
}

export interface How {
  /** Where job file and record are. */
  readonly cwd: string;
  /** Further words of the command line. */
  readonly words?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** `text`: the options of `[global]`, or a whole job file. */
export async function runJob(
  text: string,
  { cwd, words = [], variables = {} }: How,
): Promise<JobEnded> {
  writeFileSync(join(cwd, 'job.fio'), jobFile(text));
  const all = ['run', 'job.fio', '--output', 'a.csv', ...words];
  const ended = await coffer(all, { cwd, variables });
  return { ...ended, rows: rowsIn(join(cwd, 'a.csv')) };
}

/** By a shell, behind words such as `prlimit --fsize=1048576`. */
export async function runJobUnder(before: string, text: string, cwd: string): Promise<JobEnded> {
  writeFileSync(join(cwd, 'job.fio'), jobFile(text));
  const ended = await shell(`exec ${before} $COFFER run job.fio --output a.csv`, { cwd });
  return { ...ended, rows: rowsIn(join(cwd, 'a.csv')) };
}

export function jobFile(text: string): string {
  return text.includes('[') ? text : `[global]\n${text}\n[j]\n`;
}

export function rowsIn(path: string): readonly Row[] {
  if (!existsSync(path)) return [];
  const record = readRecord(readFileSync(path, 'utf8'), path);
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows;
}

/** Inode, length, time of the last change, and the content where there is any. */
export function traceOf(path: string): string {
  const stat = lstatSync(path);
  const content = stat.isFile() || stat.isBlockDevice() ? hashOf(readFileSync(path)) : '';
  return `${stat.ino} ${stat.size} ${stat.isBlockDevice() ? '' : stat.mtimeMs} ${content}`;
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The title of a suite that a machine may not have the means for. */
export function titled(title: string, missing: string | null): string {
  return missing === null ? title : `${title} (${missing})`;
}
