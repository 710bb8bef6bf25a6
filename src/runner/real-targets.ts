/** The files of a run before its jobs and after them: there, as long as needed, cached or not. */

import { lstatSync, truncateSync } from 'node:fs';
import type { RunPlan, TargetPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { Control } from '../linux/control.ts';
import { layOut } from '../linux/layout.ts';
import { isMade, removeMade } from '../linux/made-by-coffer.ts';
import { dropFromPageCache, prewarm } from '../linux/page-cache.ts';
import { TargetFailure } from '../linux/target-failure.ts';
import { formatBytes } from '../units/bytes.ts';
import { missingProblem } from './real-engine.ts';
import { withFile } from './real-files.ts';
import type { FinishReport, FinishTask, PrepareReport, PrepareTask } from './real-task.ts';

export function prepare({ run, control }: PrepareTask): PrepareReport {
  const notes: string[] = [];
  const shared = new Control(control);
  const stopped = (): boolean => shared.stopped;
  const made: TargetPlan[] = [];
  let problem = missingProblem(run);
  if (problem !== null) return { kind: 'prepared', problem, notes };
  try {
    const copied = copiedTo(run);
    for (const target of run.targets) {
      if (stopped()) break;
      if (mayGrow(target)) made.push(target);
      renew(copied, target);
      if (!makeReady(target, notes, stopped) && made.at(-1) === target) made.pop();
    }
  } catch (error) {
    if (!(error instanceof TargetFailure)) throw error;
    problem = error.message;
  }
  if (made.length > 0) {
    const bytes = made.reduce((sum, { neededBytes }) => sum + neededBytes, 0);
    notes.unshift(`laid out ${list(made)} (${formatBytes(bytes)})`);
  }
  return { kind: 'prepared', problem, notes };
}

export function finish({ run }: FinishTask): FinishReport {
  const removed = run.targets.filter(({ unlink, path }) => unlink && removeMade(path));
  return { kind: 'finished', notes: removed.length === 0 ? [] : [`removed ${list(removed)}`] };
}

const MOST_LISTED = 64;

/** All of them, within reason: they are the user's to look after. */
function list(targets: readonly TargetPlan[]): string {
  const paths = targets.map(({ path }) => path);
  if (paths.length <= MOST_LISTED) return paths.join(' ');
  return `${paths[0]} … ${paths.at(-1)}, ${paths.length} files`;
}

/** What copies of some job go to. */
function copiedTo({ jobs }: RunPlan): ReadonlySet<string> {
  const copying = jobs.filter(({ rw }) => rwMeaning(rw).access === 'copy');
  return new Set(copying.flatMap(({ real }) => real?.destFiles.flat() ?? []));
}

/**
 * Destinations of copies begin empty in each run: what an earlier one has reflinked is shared
 * already, so that to copy it again costs nothing, and to write it an unsharing (measured: a tenth
 * of the time, and five times). Others' files that may be overwritten stay as they are, and so does
 * a file that is a source too.
 */
function renew(copied: ReadonlySet<string>, { path, kind, read }: TargetPlan): void {
  if (kind === 'file' && copied.has(path) && !read && isMade(path)) truncateSync(path, 0);
}

/** Whatever becomes of it, it is listed: a full disk leaves what fitted. */
function mayGrow({ kind, path, neededBytes }: TargetPlan): boolean {
  if (kind !== 'file') return false;
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined || found.size < neededBytes;
}

/** True: it was made, or made longer. */
function makeReady(target: TargetPlan, notes: string[], stopped: () => boolean): boolean {
  const laidOut = target.kind === 'file' ? layOut(target, undefined, stopped) : null;
  if (laidOut !== null && laidOut.said !== null) notes.push(laidOut.said);
  if (target.invalidate || target.prewarm) setCache(target, notes, stopped);
  if (laidOut === null) return false;
  return laidOut.made || laidOut.filledBytes > 0 || laidOut.room !== 'none';
}

function setCache(target: TargetPlan, notes: string[], stopped: () => boolean): void {
  const { path, neededBytes } = target;
  withFile(path, (fd) => {
    const problem = target.invalidate ? dropFromPageCache(fd, path) : null;
    if (problem !== null) notes.push(problem);
    if (target.prewarm) prewarm(fd, path, neededBytes, stopped);
  });
}
