/**
 * One `coffer run`: plans in, FILE.csv out. Whatever happens to a run, each of them has its rows in
 * the file: a thread that dies, a timeout and Ctrl-C give rows too.
 */

import { existsSync } from 'node:fs';
import type { Plan, RunPlan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import { formatEnvironment } from '../record/environment.ts';
import { partialPath } from '../record/file-names.ts';
import { assert, present } from '../units/assert.ts';
import { environmentOf } from './machine.ts';
import type { RunOutcome, RunPool } from './run-pool.ts';
import { behindLink, RecordFile } from './record-file.ts';
import { unfinishedRows } from './rows.ts';
import type { Kept } from './resume.ts';
import { schedule } from './schedule.ts';
import { probeTrace, traceFileName, writeTrace } from './trace-files.ts';
import { Unwritable } from './unwritable.ts';

export interface Invocation {
  readonly plans: readonly Plan[];
  readonly outputPath: string;
  readonly resume: boolean;
  /** Virtual runs side by side. */
  readonly workers: number;
  /** Has a thread for each of the workers; the caller closes it. */
  readonly pool: Promise<RunPool>;
  /** Of each run; null: none. */
  readonly timeout: Timeout | null;
  /** null: no trace. */
  readonly tracePath: string | null;
  readonly toolVersion: string;
  readonly argv: readonly string[];
  /** Its reason names the signal, as `SIGINT`. */
  readonly interrupt: AbortSignal;
  /** A sentence for the user. */
  onNote(sentence: string): void;
  onProgress(progress: Progress): void;
}

export interface Timeout {
  readonly milliseconds: number;
  /** As the user wrote it. */
  readonly text: string;
}

export interface Progress {
  readonly done: number;
  /** Taken up from an earlier invocation; they are in `done`. */
  readonly kept: number;
  readonly runs: number;
}

export type Ending =
  /** Nothing ran. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] }
  /** The output ran full or broke: `rows` are what is known, FILE.partial has what fitted. */
  | { readonly kind: 'unwritable'; readonly problem: string; readonly rows: readonly Row[] }
  | { readonly kind: 'ended'; readonly rows: readonly Row[]; readonly interrupted: boolean };

export async function invoke(invocation: Invocation): Promise<Ending> {
  const { plans, resume, tracePath } = invocation;
  const outputPath = behindLink(invocation.outputPath);
  const startedAt = new Date().toISOString();
  const runs = plans.flatMap((plan) => plan.runs);
  assert(
    runs.every((run, place) => run.index === place),
    'runs are numbered over the invocation',
  );
  const kept = resume ? await takeUp(outputPath, runs) : null;
  if (kept?.ok === false) return { kind: 'refused', problems: kept.problems };
  if (kept !== null) invocation.onNote(describeKept(kept.source, kept.rows.size, runs.length));
  else if (existsSync(partialPath(outputPath))) invocation.onNote(describeLost(outputPath));
  const rows = kept?.rows ?? new Map<number, readonly Row[]>();
  let ledger: Ledger | null = null;
  try {
    const first = runs.find(({ index }) => !rows.has(index));
    if (tracePath !== null && first !== undefined) {
      probeTrace(traceFileName(tracePath, first.index, runs.length));
    }
    ledger = new Ledger(
      new RecordFile(invocation.outputPath, [...rows.values()].flat()),
      runs,
      rows,
    );
    await perform(invocation, runs, ledger);
    const { toolVersion, argv } = invocation;
    const endedAt = new Date().toISOString();
    const environment = environmentOf(plans, { toolVersion, argv, startedAt, endedAt });
    const all = ledger.finish(formatEnvironment(environment));
    return { kind: 'ended', rows: all, interrupted: invocation.interrupt.aborted };
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    if (ledger !== null) {
      const problem = `${error.message}; --resume will keep what is done`;
      return { kind: 'unwritable', problem, rows: ledger.known };
    }
    if (error.full) return { kind: 'unwritable', problem: error.message, rows: [] };
    return { kind: 'refused', problems: [error.message] };
  }
}

/** Loaded when it is asked for: a reader of CSV is a tenth of the start-up. */
async function takeUp(outputPath: string, runs: readonly RunPlan[]): Promise<Kept> {
  const { keptRows } = await import('./resume.ts');
  return keptRows(outputPath, runs);
}

function describeKept(source: string | null, kept: number, runs: number): string {
  if (source === null) return 'nothing to resume: no earlier output is there; every run is done';
  return `resuming from ${source}: ${kept} of ${runs} runs are kept`;
}

function describeLost(outputPath: string): string {
  const partial = partialPath(outputPath);
  const what = 'of an invocation that was killed is replaced; --resume would have kept its rows';
  return `${partial} ${what}`;
}

/**
 * Rows of every run, and their way into the file in plan order, each as soon as all before it are
 * there.
 */
class Ledger {
  private readonly file: RecordFile;
  private readonly runs: readonly RunPlan[];
  private readonly rows: Map<number, readonly Row[]>;
  /** They stand in the file already. */
  private readonly kept: ReadonlySet<number>;
  private flushed = 0;

  constructor(
    file: RecordFile,
    runs: readonly RunPlan[],
    kept: ReadonlyMap<number, readonly Row[]>,
  ) {
    this.file = file;
    this.runs = runs;
    this.rows = new Map(kept);
    this.kept = new Set(kept.keys());
  }

  get missing(): readonly RunPlan[] {
    return this.runs.filter(({ index }) => !this.rows.has(index));
  }

  get progress(): Progress {
    return { done: this.rows.size, kept: this.kept.size, runs: this.runs.length };
  }

  /** In plan order. */
  get known(): readonly Row[] {
    return this.runs.flatMap(({ index }) => this.rows.get(index) ?? []);
  }

  enter(run: RunPlan, rows: readonly Row[]): void {
    this.rows.set(run.index, rows);
    for (;;) {
      const next = this.rows.get(this.flushed);
      if (next === undefined) return;
      if (!this.kept.has(this.flushed)) this.file.append(next);
      this.flushed += 1;
    }
  }

  finish(environment: string): readonly Row[] {
    const rows = this.runs.flatMap(({ index }) =>
      present(this.rows.get(index), `rows of run ${index}`),
    );
    this.file.finish(rows, environment);
    return rows;
  }
}

async function perform(
  invocation: Invocation,
  runs: readonly RunPlan[],
  ledger: Ledger,
): Promise<void> {
  const { interrupt, tracePath, onProgress } = invocation;
  const missing = ledger.missing;
  onProgress(ledger.progress);
  if (missing.length === 0) return;
  const pool = await invocation.pool;
  const told = new Set<string>();
  const broken = new AbortController();
  const stop = AbortSignal.any([interrupt, broken.signal]);
  try {
    await schedule(missing, invocation.workers, async (run) => {
      if (broken.signal.aborted) return;
      const outcome = stop.aborted ? null : await attempt(pool, run, stop, invocation);
      if (broken.signal.aborted) return;
      if (tracePath !== null && outcome?.kind === 'ended' && outcome.result.trace !== null) {
        writeTrace(traceFileName(tracePath, run.index, runs.length), outcome.result.trace);
      }
      for (const note of notesOf(outcome)) {
        // Points of a sweep lay out the same files again and again.
        if (!told.has(note)) invocation.onNote(note);
        told.add(note);
      }
      ledger.enter(run, rowsOf(run, outcome, invocation));
      onProgress(ledger.progress);
    });
  } finally {
    // After a row that could not be written, the other runs have no reader any more.
    broken.abort();
  }
}

function notesOf(outcome: RunOutcome | null): readonly string[] {
  const ended = outcome?.kind === 'ended' || outcome?.kind === 'aborted' ? outcome.result : null;
  return ended?.notes ?? [];
}

function attempt(
  pool: RunPool,
  plan: RunPlan,
  stop: AbortSignal,
  { timeout, tracePath }: Invocation,
): Promise<RunOutcome> {
  const signals = timeout === null ? [stop] : [stop, AbortSignal.timeout(timeout.milliseconds)];
  return pool.run({ plan, options: { trace: tracePath !== null } }, AbortSignal.any(signals));
}

/** `outcome` null: the run never began. */
function rowsOf(
  run: RunPlan,
  outcome: RunOutcome | null,
  { interrupt, timeout }: Invocation,
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
