/** How far the runs under way are, for whoever shows it: read in shared memory, no message sent. */

import type { RunPlan } from '../job/plan.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { JobState } from './start-order.ts';

/** A job, all its clones together. */
export interface JobLive {
  readonly state: JobState;
  /** Of what it is to do, 0 to 1. */
  readonly share: number;
  /** So far, ramp included. */
  readonly ios: number;
  readonly bytes: Bytes;
  /** When that was so, by the run's own clock: of a virtual run what the model says. */
  readonly atNs: Nanoseconds;
  /** Of the latencies measured so far; null: nobody wanted it, or there are none. */
  readonly p99Ns: Nanoseconds | null;
}

export interface RunLive {
  readonly plan: RunPlan;
  /** Real time since it was given to its threads. */
  readonly elapsedMs: number;
  /** In the order of the plan; empty: it has not told yet. */
  readonly jobs: readonly JobLive[];
}

/** `latencies`: p99 too, which costs those who tell a few microseconds. */
export type LookLive = (latencies: boolean) => readonly RunLive[];
