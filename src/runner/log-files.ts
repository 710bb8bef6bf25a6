/**
 * Which files the logs of a run are: NAME_bw.1.log as fio names them, the number counting the
 * clones of the run from 1. NAME without a folder lies beside the record; where the invocation has
 * several runs, the run's number stands behind NAME, before fio's part, so that fio's tools know
 * the file. What is unfinished has a name that says so, and whose: an invocation removes what is
 * its own alone.
 */

import { basename, dirname, join, resolve } from 'node:path';
import type { Log, LogPlan } from '../job/log-plan.ts';
import type { RunPlan } from '../job/plan.ts';
import { present } from '../units/assert.ts';

/** Where the logs of an invocation go. */
export interface LogPlace {
  /** Of those whose names say none. */
  readonly folder: string;
  /** Of the invocation. */
  readonly runs: number;
}

/** A clone that logs. */
export interface LoggingClone {
  /** Index into the run's jobs. */
  readonly job: number;
  readonly clone: number;
  /** Counted over the clones of the run, from 1, as fio counts its threads. */
  readonly number: number;
  readonly plan: LogPlan;
}

/** What one clone puts into a file. */
export interface LogPart extends LoggingClone {
  readonly log: Log;
}

export interface LogFile {
  readonly path: string;
  /** Several where clones share it. */
  readonly parts: readonly LogPart[];
}

export function loggingClones({ jobs }: RunPlan): readonly LoggingClone[] {
  const found: LoggingClone[] = [];
  let number = 0;
  for (const [job, { log: plan, numjobs }] of jobs.entries()) {
    for (let clone = 0; clone < numjobs; clone += 1) {
      number += 1;
      if (plan !== null) found.push({ job, clone, number, plan });
    }
  }
  return found;
}

/** In the order of the jobs. */
export function logFilesOf(run: RunPlan, place: LogPlace): readonly LogFile[] {
  const files = new Map<string, { readonly path: string; readonly parts: LogPart[] }>();
  for (const clone of loggingClones(run)) {
    for (const log of clone.plan.logs) {
      const path = pathOf(run, place, clone, log);
      const part = { ...clone, log };
      // Two names of one file are one file.
      const file = files.get(resolve(path));
      if (file === undefined) files.set(resolve(path), { path, parts: [part] });
      else file.parts.push(part);
    }
  }
  return [...files.values()];
}

/** A log to be replayed is called as it is asked for, where one clone alone writes it. */
function pathOf(run: RunPlan, place: LogPlace, { number, plan }: LoggingClone, log: Log): string {
  const stem = stemOf(run, place, log.name);
  if (log.kind === 'iolog') return writersOf(run, place, stem) === 1 ? stem : `${stem}.${number}`;
  return `${stem}_${log.kind}${plan.perJob ? `.${number}.log` : '.log'}`;
}

/** By whichever name they call it. */
function writersOf(run: RunPlan, place: LogPlace, iolog: string): number {
  const writes = ({ log }: RunPlan['jobs'][number]) =>
    log?.logs.some(
      ({ kind, name }) => kind === 'iolog' && resolve(stemOf(run, place, name)) === resolve(iolog),
    ) === true;
  return run.jobs.filter(writes).reduce((sum, { numjobs }) => sum + numjobs, 0);
}

/** Streams of a clone at most: each I/O, three windows, histograms, what was issued. */
export const STREAMS_MAX = 6;

/** Where a log is until it is whole. */
export function unfinishedPath(path: string): string {
  return ownPath(path, 'new');
}

/** Where the rows of a stream wait that do not fit a clone's memory. */
export function spoolPath(
  run: RunPlan,
  place: LogPlace,
  { number, plan }: LoggingClone,
  stream: number,
): string {
  const [first] = plan.logs;
  const { name } = present(first, 'a plan of logs has one');
  return ownPath(stemOf(run, place, name), `${number}.${stream}.partial`);
}

/** Beside `path`, and no user's nor another invocation's; the threads of one agree on it. */
function ownPath(path: string, what: string): string {
  return join(dirname(path), `.${basename(path)}.coffer-${process.pid}.${what}`);
}

function stemOf({ index }: RunPlan, { folder, runs }: LogPlace, name: string): string {
  const numbered = runs === 1 ? name : `${name}.${index + 1}`;
  return name.includes('/') ? numbered : join(folder, numbered);
}
