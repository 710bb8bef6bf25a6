/**
 * What an earlier invocation left that need not run again. FILE.partial counts for more than
 * FILE.csv: it is the younger, and a resumed invocation begins it with all that it keeps.
 */

import * as fs from 'node:fs';
import type { RunPlan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import { partialPath } from '../record/file-names.ts';
import { runKey } from '../record/key.ts';
import { readRecord } from '../record/read.ts';
import { logFilesOf, type LogPart, type LogPlace } from './log-files.ts';
import { wasLeftOut } from './start-order.ts';

export interface KeptRuns {
  readonly ok: true;
  /** Rows of each run that is kept, by its index in the plan. */
  readonly rows: ReadonlyMap<number, readonly Row[]>;
  /** The file they come from; null: there was none. */
  readonly source: string | null;
  /** Runs that would be kept, were their logs there. */
  readonly unlogged: number;
}

export type Kept = KeptRuns | { readonly ok: false; readonly problems: readonly string[] };

/** Rows in these states say what the run came to; those in the other states are no answer. */
const ANSWERS: readonly unknown[] = ['done', 'failed', 'short', 'overloaded'];

/**
 * A failure with nothing measured is of the surroundings (a full disk, --timeout) or a defect that
 * another version may have mended: the same plan may do better. One with figures comes out the same
 * again under the virtual clock, and in wall time nobody knows. Jobs that exitall left out are as
 * their file asks.
 */
function isAnswer({ clock, error, state, ios }: Row): boolean {
  if (state === 'not_run') return wasLeftOut(`${error}`);
  return ANSWERS.includes(state) && (state !== 'failed' || (ios !== null && clock === 'virtual'));
}

/** `logs`: where those of the runs go; absent: none are written. */
export function keptRows(csvPath: string, runs: readonly RunPlan[], logs?: LogPlace): Kept {
  const partial = fs.existsSync(partialPath(csvPath));
  const source = partial ? partialPath(csvPath) : csvPath;
  if (!fs.existsSync(source)) return { ok: true, rows: new Map(), source: null, unlogged: 0 };
  const record = readRecord(fs.readFileSync(source, 'utf8'), source, { partial });
  if (!record.ok) return record;
  const runsByKey = new Map(runs.map((run) => [keyOf(run), run]));
  const problems = new Set<string>();
  const rows = new Map<number, Row[]>();
  for (const row of record.rows) {
    const run = runsByKey.get(runKey(row));
    if (run === undefined || run.planSha256 !== row.plan_sha256) {
      problems.add(`${source}: ${foreign(row, run)}`);
      continue;
    }
    const before = rows.get(run.index);
    if (before === undefined) rows.set(run.index, [row]);
    else before.push(row);
  }
  if (problems.size > 0) return { ok: false, problems: [...problems] };
  // Nothing says that all rows of the last run got there before the kill.
  const last = [...rows.keys()].at(-1);
  if (partial && last !== undefined) rows.delete(last);
  let unlogged = 0;
  for (const run of runs) {
    const ofRun = rows.get(run.index);
    if (ofRun === undefined) continue;
    const answered = ofRun.every(isAnswer);
    if (answered && (logs === undefined || hasLogs(run, logs, ofRun))) continue;
    if (answered) unlogged += 1;
    rows.delete(run.index);
  }
  return { ok: true, rows, source, unlogged };
}

/** Logs are no part of a plan's digest: they may be asked for since. */
function hasLogs(run: RunPlan, place: LogPlace, rows: readonly Row[]): boolean {
  const leftOut = rows.filter(({ state }) => state === 'not_run');
  const began = ({ job, clone }: LogPart): boolean =>
    !leftOut.some((row) => row.job === run.jobs[job]?.name && (row.clone ?? clone) === clone);
  return logFilesOf(run, place).every(
    ({ path, parts }) => fs.existsSync(path) || !parts.some(began),
  );
}

function keyOf(run: RunPlan): string {
  return runKey({ job_file: run.jobFile, point: run.point, repetition: run.repetition });
}

function foreign(row: Row, run: RunPlan | undefined): string {
  const place = `${row.job_file}${row.point === null ? '' : ` at ${row.point}`}`;
  const what =
    run === undefined
      ? `has rows of ${place}, repetition ${row.repetition}, which is none of these runs`
      : `was made by another plan of ${place} (${row.plan_sha256}, now ${run.planSha256})`;
  return `${what}; run without --resume, or give another --output`;
}
