/** What the threads of a real run are asked, and what they answer: plain data. */

import type { RunPlan } from '../job/plan.ts';
import type { Moment } from '../linux/clock.ts';
import type { ControlMemory } from '../linux/control.ts';
import type { UsageSince } from '../linux/thread-usage.ts';
import type { PathVerdict } from '../linux/path-proof.ts';
import type { MeasurementData } from '../measure/measurement.ts';
import type { SteadyMemory } from '../workload/steady-state.ts';
import type { Span } from '../workload/verify-phase.ts';
import type { FlowPlace } from './flows.ts';
import type { LogPlace } from './log-files.ts';
import type { CopiesMade } from './real-copies.ts';
import type { CloneLog, CloneLogs } from './write-logs.ts';

/** Makes the targets what the jobs need; before measured time. */
export interface PrepareTask {
  readonly kind: 'prepare';
  readonly run: RunPlan;
  readonly control: ControlMemory;
}

export interface PrepareReport {
  readonly kind: 'prepared';
  /** Why the jobs cannot run, in a sentence. */
  readonly problem: string | null;
  /** What was done, in sentences. */
  readonly notes: readonly string[];
}

/** Removes what coffer made and nobody wants any more. */
export interface FinishTask {
  readonly kind: 'finish';
  readonly run: RunPlan;
}

export interface FinishReport {
  readonly kind: 'finished';
  readonly notes: readonly string[];
}

/** One clone of a job, from opening its files to closing them. */
export interface CloneTask {
  readonly kind: 'clone';
  readonly run: RunPlan;
  /** Index into the run's jobs. */
  readonly job: number;
  readonly clone: number;
  readonly control: ControlMemory;
  /** Which of the clones of the control block it is. */
  readonly place: number;
  readonly origin: Moment;
  /** By path, descriptors of the process that hold block devices for the run. */
  readonly claims: Readonly<Record<string, number>>;
  /** Whom it shares its I/Os with; null: nobody. */
  readonly flow: FlowPlace | null;
  /** The channel that takes in what it logs; null: nothing. */
  readonly log: string | null;
  /** With the other clones of the job: what steadystate is judged by; null: each by itself. */
  readonly steady: SteadyMemory | null;
}

export interface CloneReport {
  readonly kind: 'ran';
  /** The first failure; null: all went well. */
  readonly failure: string | null;
  /** By direction: from when to when it was measured. */
  readonly spans: readonly Span[];
  /** Blocks that do not hold what they should; null: none were looked at. */
  readonly verifyErrors: number | null;
  /** What latency_target has found; null: nothing, or nobody asked. */
  readonly latencyDepth: number | null;
  /** null: nobody asked. */
  readonly steadyStateAttained: boolean | null;
  /** By direction; their latencies are in the control block. Empty: it never began. */
  readonly measurements: readonly (MeasurementData | null)[];
  /** null: nothing tells, or it never began. */
  readonly usage: UsageSince | null;
  /** By file; null: it made no copies. */
  readonly copies: readonly CopiesMade[] | null;
  /** null: it has no logs, or never began. */
  readonly log: CloneLog | null;
}

/** The check of a clone's copies, when no job runs. */
export interface CheckTask {
  readonly kind: 'check';
  readonly run: RunPlan;
  readonly job: number;
  readonly clone: number;
  readonly control: ControlMemory;
  /** By file. */
  readonly made: readonly CopiesMade[];
  readonly copied: Pick<MeasurementData, 'offloadBytes' | 'emulationBytes' | 'readWriteBytes'>;
  /** Somebody else has written, or may have, to sources or destinations. */
  readonly touched: boolean;
}

export interface CheckReport {
  readonly kind: 'checked';
  /** Of the bytes that went by offload; null: nobody could look. */
  readonly proof: PathVerdict | null;
  /** null: nobody checked. */
  readonly verifyErrors: number | null;
  /** What went wrong in looking. */
  readonly problem: string | null;
}

/** Writes the logs of a run, when no job runs. */
export interface LogTask {
  readonly kind: 'log';
  readonly run: RunPlan;
  readonly place: LogPlace;
  readonly clones: CloneLogs;
}

export interface LogReport {
  readonly kind: 'logged';
  /** Why not all of them are there, in a sentence; null: they are. */
  readonly problem: string | null;
}

export type RealTask = PrepareTask | CloneTask | CheckTask | FinishTask | LogTask;
export type RealReport = PrepareReport | CloneReport | CheckReport | FinishReport | LogReport;
