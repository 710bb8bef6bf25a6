/** One `coffer run`: plans in, FILE.csv out, with rows of every run in it. */

import { existsSync } from 'node:fs';
import type { Plan, RunPlan } from '../job/plan.ts';
import { pointsOf, takeShard } from '../job/shard.ts';
import type { Row } from '../record/columns.ts';
import { formatEnvironment, type ShardEnvironment } from '../record/environment.ts';
import { partialPath } from '../record/file-names.ts';
import { runsDigest } from '../record/runs-digest.ts';
import { assert } from '../units/assert.ts';
import type { Shard } from '../units/shard.ts';
import { Ledger, type RunSet } from './ledger.ts';
import { environmentOf } from './machine.ts';
import type { LogPlace } from './log-files.ts';
import { perform, type Performing } from './perform.ts';
import { probeLogs } from './probe-logs.ts';
import { behindLink, RecordFile } from './record-file.ts';
import type { Kept, KeptRuns } from './resume.ts';
import { probeTrace, traceFileName } from './trace-files.ts';
import { Unwritable } from './unwritable.ts';

export type { Timeout } from './perform.ts';

export interface Invocation extends Performing {
  /** Whole, whatever share of them is run. */
  readonly plans: readonly Plan[];
  /** null: all runs. */
  readonly shard: Shard | null;
  readonly outputPath: string;
  readonly resume: boolean;
  readonly toolVersion: string;
  readonly argv: readonly string[];
  onProgress(progress: Progress): void;
}

export interface Progress {
  /** Their rows are there. */
  readonly done: RunSet;
  /** Taken up from an earlier invocation; they are in `done`. */
  readonly kept: RunSet;
}

export type Ending =
  /** Nothing ran. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] }
  /** The output ran full or broke: `rows` are what is known, FILE.partial has what fitted. */
  | { readonly kind: 'unwritable'; readonly problem: string; readonly rows: readonly Row[] }
  | { readonly kind: 'ended'; readonly rows: readonly Row[]; readonly interrupted: boolean };

export async function invoke(invocation: Invocation): Promise<Ending> {
  const { plans, resume, shard, tracePath } = invocation;
  const outputPath = behindLink(invocation.outputPath);
  const startedAt = new Date().toISOString();
  const whole = plans.flatMap((plan) => plan.runs);
  assert(
    whole.every((run, place) => run.index === place),
    'runs are numbered over the invocation',
  );
  const share = shard === null ? plans : takeShard(plans, shard);
  const runs = share.flatMap((plan) => plan.runs);
  const kept = resume ? await takeUp(outputPath, runs, invocation.logs) : null;
  if (kept?.ok === false) return { kind: 'refused', problems: kept.problems };
  if (kept !== null) invocation.onNote(describeKept(kept, runs.length));
  else if (existsSync(partialPath(outputPath))) invocation.onNote(describeLost(outputPath));
  const rows = kept?.rows ?? new Map<number, readonly Row[]>();
  if (invocation.logs !== undefined) {
    const missing = runs.filter(({ index }) => !rows.has(index));
    const problems = probeLogs(missing, invocation.logs, (note) => invocation.onNote(note));
    if (problems.length > 0) return { kind: 'refused', problems };
  }
  let ledger: Ledger | null = null;
  try {
    const first = runs.find(({ index }) => !rows.has(index));
    if (tracePath !== null && first !== undefined) {
      probeTrace(traceFileName(tracePath, first.index, whole.length));
    }
    ledger = new Ledger(
      new RecordFile(invocation.outputPath, [...rows.values()].flat()),
      runs,
      rows,
    );
    await fill(ledger, invocation, whole.length);
    const all = ledger.finish(environmentText(invocation, startedAt));
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

function environmentText(invocation: Invocation, startedAt: string): string {
  const { plans, toolVersion, argv } = invocation;
  const endedAt = new Date().toISOString();
  const shard = shardEnvironment(invocation);
  const occasion = { toolVersion, argv, startedAt, endedAt, shard };
  return formatEnvironment(environmentOf(plans, occasion));
}

function shardEnvironment({ plans, shard }: Invocation): ShardEnvironment | null {
  if (shard === null) return null;
  const runsSha256 = runsDigest(plans.flatMap((plan) => plan.runs));
  return { ...shard, points: pointsOf(plans), runsSha256 };
}

async function fill(ledger: Ledger, invocation: Invocation, total: number): Promise<void> {
  const tell = (): void => invocation.onProgress({ done: ledger.done, kept: ledger.kept });
  tell();
  await perform(invocation, ledger.missing, total, (run, rows) => {
    ledger.enter(run, rows);
    tell();
  });
}

/** Loaded when it is asked for: a reader of CSV is a tenth of the start-up. */
async function takeUp(
  outputPath: string,
  runs: readonly RunPlan[],
  logs: LogPlace | undefined,
): Promise<Kept> {
  const { keptRows } = await import('./resume.ts');
  return keptRows(outputPath, runs, logs);
}

function describeKept({ source, rows, unlogged }: KeptRuns, runs: number): string {
  if (source === null) return 'nothing to resume: no earlier output is there; every run is done';
  const again = unlogged === 0 ? '' : `; of ${unlogged} more a log is missing, so they run again`;
  return `resuming from ${source}: ${rows.size} of ${runs} runs are kept${again}`;
}

function describeLost(outputPath: string): string {
  const partial = partialPath(outputPath);
  const what = 'of an invocation that was killed is replaced; --resume would have kept its rows';
  return `${partial} ${what}`;
}
