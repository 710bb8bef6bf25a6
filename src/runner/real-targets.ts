/** The files of a run before its jobs and after them: there, as long as needed, cached or not. */

import { closeSync, constants, openSync } from 'node:fs';
import type { TargetPlan } from '../job/plan.ts';
import { Control } from '../linux/control.ts';
import { layOut } from '../linux/layout.ts';
import { removeMade } from '../linux/made-by-coffer.ts';
import { dropFromPageCache, prewarm } from '../linux/page-cache.ts';
import { asTargetFailure, TargetFailure } from '../linux/target-failure.ts';
import { formatBytes } from '../units/bytes.ts';
import type { FinishReport, FinishTask, PrepareReport, PrepareTask } from './real-task.ts';

export function prepare({ run, control }: PrepareTask): PrepareReport {
  const notes: string[] = [];
  const shared = new Control(control);
  const stopped = (): boolean => shared.stopped;
  const made: TargetPlan[] = [];
  let problem: string | null = null;
  try {
    for (const target of run.targets) {
      if (!stopped() && makeReady(target, notes, stopped)) made.push(target);
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

/** All of them: they are the user's to look after. */
function list(targets: readonly TargetPlan[]): string {
  return targets.map(({ path }) => path).join(' ');
}

/** True: it was made, or made longer. */
function makeReady(target: TargetPlan, notes: string[], stopped: () => boolean): boolean {
  const laidOut = target.kind === 'file' ? layOut(target, undefined, stopped) : null;
  if (laidOut !== null && laidOut.said !== null) notes.push(laidOut.said);
  if (target.invalidate || target.prewarm) setCache(target, notes, stopped);
  return laidOut !== null && (laidOut.made || laidOut.filledBytes > 0);
}

function setCache(target: TargetPlan, notes: string[], stopped: () => boolean): void {
  const { path, neededBytes } = target;
  const fd = open(path);
  try {
    const problem = target.invalidate ? dropFromPageCache(fd, path) : null;
    if (problem !== null) notes.push(problem);
    if (target.prewarm) prewarm(fd, path, neededBytes, stopped);
  } finally {
    closeSync(fd);
  }
}

function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw asTargetFailure(error, path, 'opening it');
  }
}
