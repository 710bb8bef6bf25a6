/** What ends a job beside its bytes and its time: errors, and what it measures. Plain data. */

import type { SteadyCriterion } from '../units/steady-criterion.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import type { MinimumRatePlan } from './pace-plan.ts';
import type { PerDirection } from './plan.ts';

export interface EndsPlan {
  /** I/Os that do not end the job when they fail. */
  readonly continueOnError: PerDirection<boolean>;
  /** Nor does what is found wrong with what was read back. */
  readonly continueOnVerify: boolean;
  /** The first I/O that takes longer fails the job; null: no direction has a limit, 0: this one. */
  readonly maxLatencyNs: PerDirection<Nanoseconds> | null;
  /** Below it the job fails; null: there is none. */
  readonly minimumRate: MinimumRatePlan | null;
  /** null: no depth is searched. */
  readonly latencyTarget: LatencyTargetPlan | null;
  /** null: nobody looks. */
  readonly steadyState: SteadyStatePlan | null;
}

export interface LatencyTargetPlan {
  readonly targetNs: Nanoseconds;
  readonly windowNs: Nanoseconds;
  readonly percentile: number;
  /** Goes on until the job ends. */
  readonly run: boolean;
}

export interface SteadyStatePlan extends SteadyCriterion {
  readonly intervalNs: Nanoseconds;
  readonly intervals: number;
  readonly rampNs: Nanoseconds;
  /** The clones of the job are judged as one. */
  readonly together: boolean;
}
