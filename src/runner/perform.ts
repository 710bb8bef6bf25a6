/**
 * Runs on their way through the pool. Whatever happens to one, it has its rows: a thread that dies,
 * a timeout and Ctrl-C give rows too.
 */

import type { RunPlan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import type { LogPlace } from './log-files.ts';
import type { RunOutcome, RunPool } from './run-pool.ts';
import { unfinishedRows } from './rows.ts';
import { schedule } from './schedule.ts';
import { traceFileName, writeTrace } from './trace-files.ts';
import { clearLogs, clearUnfinished } from './write-logs.ts';

export interface Performing {
  /** Virtual runs side by side. */
  readonly workers: number;
  /** Has a thread for each of the workers; the caller closes it. */
  readonly pool: Promise<RunPool>;
  /** Of each run; null: none. */
  readonly timeout: Timeout | null;
  /** null: no trace. */
  readonly tracePath: string | null;
  /** Where the logs of the jobs go; absent: none are written. */
  readonly logs?: LogPlace;
  /** Its reason names the signal, as `SIGINT`. */
  readonly interrupt: AbortSignal;
  /** A sentence for the user. */
  onNote(sentence: string): void;
}

export interface Timeout {
  readonly milliseconds: number;
  /** As the user wrote it. */
  readonly text: string;
}

/**
 * Starts the runs in their order; `enter` gets the rows of each as it ends. `total`: runs of the
 * invocation, by which traces are numbered. Throws Unwritable, and what `enter` throws.
 */
export async function perform(
  how: Performing,
  runs: readonly RunPlan[],
  total: number,
  enter: (run: RunPlan, rows: readonly Row[]) => void,
): Promise<void> {
  const { interrupt, tracePath } = how;
  if (runs.length === 0) return;
  if (how.logs === undefined && runs.some(writesLogs)) how.onNote(NO_LOGS);
  const pool = await how.pool;
  const told = new Set<string>();
  const broken = new AbortController();
  const stop = AbortSignal.any([interrupt, broken.signal]);
  try {
    await schedule(runs, how.workers, async (run) => {
      if (broken.signal.aborted) return;
      const outcome = stop.aborted ? null : await attempt(pool, run, stop, how);
      if (broken.signal.aborted) return;
      if (tracePath !== null && outcome?.kind === 'ended' && outcome.result.trace !== null) {
        writeTrace(traceFileName(tracePath, run.index, total), outcome.result.trace);
      }
      for (const note of notesOf(outcome)) {
        // Points of a sweep lay out the same files again and again.
        if (!told.has(note)) how.onNote(note);
        told.add(note);
      }
      enter(run, rowsOf(run, outcome, how));
    });
  } finally {
    // After a row that could not be written, the other runs have no reader any more.
    broken.abort();
  }
}

const NO_LOGS = 'write_bw_log and its like: no logs are written here; coffer run writes them';

function writesLogs({ jobs }: RunPlan): boolean {
  return jobs.some(({ log }) => log !== null);
}

function notesOf(outcome: RunOutcome | null): readonly string[] {
  const ended = outcome?.kind === 'ended' || outcome?.kind === 'aborted' ? outcome.result : null;
  return ended?.notes ?? [];
}

async function attempt(
  pool: RunPool,
  plan: RunPlan,
  stop: AbortSignal,
  { timeout, tracePath, logs }: Performing,
): Promise<RunOutcome> {
  const signals = timeout === null ? [stop] : [stop, AbortSignal.timeout(timeout.milliseconds)];
  const options = { trace: tracePath !== null, ...(logs === undefined ? {} : { logs }) };
  if (logs !== undefined) clearLogs(plan, logs);
  const outcome = await pool.run({ plan, options }, AbortSignal.any(signals));
  if (logs !== undefined && outcome.kind !== 'ended') clearUnfinished(plan, logs);
  return outcome;
}

/** `outcome` null: the run never began. */
function rowsOf(
  run: RunPlan,
  outcome: RunOutcome | null,
  { interrupt, timeout }: Performing,
): readonly Row[] {
  if (outcome === null) return unfinishedRows(run, 'not_run', `${interrupt.reason} came before`);
  switch (outcome.kind) {
    case 'ended':
      return outcome.result.rows;
    case 'failed':
      return unfinishedRows(run, 'failed', describeFailure(run, outcome.error));
    case 'crashed':
      return unfinishedRows(run, 'crashed', outcome.error);
    case 'aborted': {
      const [state, error] = interrupt.aborted
        ? (['interrupted', `${interrupt.reason} came`] as const)
        : (['failed', `timeout after ${timeout?.text}`] as const);
      const rows = outcome.result?.rows ?? unfinishedRows(run, state, error);
      // What had ended before, well or not, stays so; what ran has what it measured until then.
      const cut = interrupt.aborted ? ['interrupted'] : ['interrupted', 'not_run'];
      return rows.map((row) => (cut.includes(`${row.state}`) ? { ...row, state, error } : row));
    }
  }
}

function describeFailure(run: RunPlan, error: { name: string; message: string }): string {
  const seeds = run.jobs.map((job) => job.randseed).join(' ');
  const what = `${error.name}: ${error.message} (randseed ${seeds})`;
  return `a defect of coffer, please report it: ${what}`;
}
