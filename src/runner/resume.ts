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
import { wasLeftOut } from './start-order.ts';

export type Kept =
  | {
      readonly ok: true;
      /** Rows of each run that is kept, by its index in the plan. */
      readonly rows: ReadonlyMap<number, readonly Row[]>;
      /** The file they come from; null: there was none. */
      readonly source: string | null;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

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

export function keptRows(csvPath: string, runs: readonly RunPlan[]): Kept {
  const partial = fs.existsSync(partialPath(csvPath));
  const source = partial ? partialPath(csvPath) : csvPath;
  if (!fs.existsSync(source)) return { ok: true, rows: new Map(), source: null };
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
  for (const [index, ofRun] of rows) {
    if (!ofRun.every(isAnswer)) rows.delete(index);
  }
  return { ok: true, rows, source };
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
