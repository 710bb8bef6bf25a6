/** Where logs go, and whether they can be written: found out before anything runs. */

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { RunPlan } from '../job/plan.ts';
import { isLogLine } from '../record/log-form.ts';
import { logFilesOf, type LogPlace } from './log-files.ts';
import { Unwritable } from './unwritable.ts';

/** Beside the record; where that is no file (/dev/stdout, a pipe), in the current folder. */
export function logPlace(outputPath: string, runs: number): LogPlace {
  return { folder: isSpecial(outputPath) ? '.' : dirname(outputPath), runs };
}

/** A path that leads nowhere is no business of logs. */
function isSpecial(path: string): boolean {
  if (!fs.existsSync(path)) return false;
  const found = fs.statSync(path);
  return !found.isFile() && !found.isDirectory();
}

/** A line of histograms, at its longest. */
const FIRST_BYTES = 1 << 16;

/** What is wrong, in sentences; changes nothing. `note`: takes which logs will be replaced. */
export function probeLogs(
  runs: readonly RunPlan[],
  place: LogPlace,
  note: (sentence: string) => void,
): readonly string[] {
  const problems: string[] = [];
  const replaced: string[] = [];
  const folders = new Map<string, boolean>();
  for (const { path } of runs.flatMap((run) => logFilesOf(run, place))) {
    const folder = dirname(path);
    if (!folders.has(folder)) folders.set(folder, isOpen(path, folder, problems));
    if (folders.get(folder) !== true || !fs.existsSync(path)) continue;
    if (isLog(path)) replaced.push(path);
    else problems.push(`${path}: exists, and is no log; give write_*_log another name`);
  }
  if (problems.length === 0 && replaced.length > 0) note(describeReplaced(replaced));
  return problems;
}

function describeReplaced([first, ...others]: readonly string[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first}${more}: logs of earlier are replaced`;
}

function isOpen(path: string, folder: string, problems: string[]): boolean {
  try {
    // Asked of a file in it, so that a file is no folder.
    fs.statSync(`${folder}/.`);
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch (error) {
    problems.push(new Unwritable(path, folder, error).message);
    return false;
  }
}

/** Ours, or fio's: nothing in it says which. */
function isLog(path: string): boolean {
  if (!fs.statSync(path).isFile()) return false;
  const descriptor = fs.openSync(path, 'r');
  try {
    const begin = Buffer.alloc(FIRST_BYTES);
    const length = fs.readSync(descriptor, begin);
    const [line = ''] = begin.toString('latin1', 0, length).split('\n', 1);
    return length === 0 || isLogLine(line);
  } finally {
    fs.closeSync(descriptor);
  }
}
