/**
 * The logs of a run, from what its clones collected to the files: when no job runs any more, for it
 * takes CPU and disk that others would be measured on.
 */

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { destDevicesOf, devicesOf } from '../job/files-plan.ts';
import { DIRECTIONS, type JobPlan, type RunPlan } from '../job/plan.ts';
import type { IoLogData } from '../measure/io-log.ts';
import type { Row } from '../record/columns.ts';
import { type IologFile, iologText } from '../record/iolog-text.ts';
import { hasRowsOf, LogLines } from '../record/log-lines.ts';
import { logText } from '../record/log-text.ts';
import { assert, present } from '../units/assert.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import { pathsOfClone } from './clone-files.ts';
import {
  type LogFile,
  logFilesOf,
  loggingClones,
  type LogPart,
  type LogPlace,
  spoolPath,
  STREAMS_MAX,
  unfinishedPath,
} from './log-files.ts';
import { spooledChunks } from './log-spool.ts';
import { Unwritable } from './unwritable.ts';
import { fill } from './write-whole.ts';

/** What a clone has collected. */
export interface CloneLog {
  readonly data: IoLogData;
  /** As `LineStyle.epochMs`. */
  readonly epochMs: number;
}

/** By job and clone; null: it never began, or its thread died. */
export type CloneLogs = readonly (readonly (CloneLog | null)[])[];

/** Why not all of them are there, in a sentence; null: they are. */
export function writeLogs(run: RunPlan, place: LogPlace, clones: CloneLogs): string | null {
  try {
    for (const file of logFilesOf(run, place)) writeLog(run, place, file, clones);
    return null;
  } catch (error) {
    if (error instanceof Unwritable) return error.message;
    throw error;
  } finally {
    clearUnfinished(run, place);
  }
}

/** What earlier runs left at these names would be taken for this run's. */
export function clearLogs(run: RunPlan, place: LogPlace): void {
  for (const { path } of logFilesOf(run, place)) fs.rmSync(path, { force: true });
  clearUnfinished(run, place);
}

/** What a thread leaves that was ended, or whose log is written. */
export function clearUnfinished(run: RunPlan, place: LogPlace): void {
  for (const { path } of logFilesOf(run, place)) fs.rmSync(unfinishedPath(path), { force: true });
  for (const clone of loggingClones(run)) {
    for (let stream = 0; stream < STREAMS_MAX; stream += 1) {
      fs.rmSync(spoolPath(run, place, clone, stream), { force: true });
    }
  }
}

/** The figures are good, and what was asked for beside them is not there: that is no `done`. */
export function withLogProblem(rows: readonly Row[], problem: string | null): readonly Row[] {
  if (problem === null) return rows;
  return rows.map((row) =>
    row.state === 'done' ? { ...row, state: 'failed', error: `its logs: ${problem}` } : row,
  );
}

/** Throws Unwritable. */
function writeLog(
  run: RunPlan,
  place: LogPlace,
  { path, parts }: LogFile,
  clones: CloneLogs,
): void {
  const kept = parts.flatMap((part) => {
    const collected = clones[part.job]?.[part.clone] ?? null;
    return collected === null ? [] : [{ part, collected }];
  });
  const [first] = kept;
  if (first === undefined) return;
  const unfinished = unfinishedPath(path);
  try {
    fill(unfinished, textOf(run, place, first, kept));
    fs.renameSync(unfinished, path);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw new Unwritable(path, dirname(path), error);
  }
}

interface Kept {
  readonly part: LogPart;
  readonly collected: CloneLog;
}

/** Of one clone, or of several that share the file. */
function textOf(
  run: RunPlan,
  place: LogPlace,
  { part, collected }: Kept,
  kept: readonly Kept[],
): Iterable<string> {
  if (part.log.kind !== 'iolog') {
    return logText(kept.map((each) => linesOf(run, place, each.part, each.collected)));
  }
  assert(kept.length === 1, 'a log to be replayed is of one clone');
  const files = filesOf(present(run.jobs[part.job], 'a job for each log'), part.clone);
  return iologText(files, chunksOf(run, place, part, collected));
}

function filesOf(job: JobPlan, clone: number): readonly IologFile[] {
  if (job.real !== null) return pathsOfClone(job.real, clone);
  const destinations = destDevicesOf(job);
  return devicesOf(job).map((source, file) => {
    return { source, destination: present(destinations[file], 'a destination of each file') };
  });
}

function chunksOf(
  run: RunPlan,
  place: LogPlace,
  part: LogPart,
  { data: { streams } }: CloneLog,
): Generator<Float64Array> {
  const stream = streams.findIndex((candidate) => hasRowsOf(part.log, candidate));
  const { spilled, rest } = present(streams[stream], `rows of the log ${part.log.kind}`);
  return spooledChunks(spoolPath(run, place, part, stream), spilled, rest);
}

function linesOf(
  run: RunPlan,
  place: LogPlace,
  part: LogPart,
  { data, epochMs }: CloneLog,
): LogLines {
  const { log, plan } = part;
  const { submission } = data;
  const style = { log, plan, submission, epochMs, directions: LOG_DIRECTIONS };
  return new LogLines(style, chunksOf(run, place, part, { data, epochMs }));
}

/** fio's numbers of the directions, and 3 for a copy, as the fork has it that knows copies. */
const LOG_DIRECTIONS = SLOT_DIRECTIONS.map((direction) => DIRECTIONS.indexOf(direction));
