/** How fast a job goes, and how fast it must. Plain data; 0 a second is no rate. */

import type { Nanoseconds } from '../units/quantity.ts';
import type { PerDirection } from './plan.ts';

export interface RatesPlan {
  readonly perSecond: PerDirection<number>;
  /** I/Os a second; else bytes. */
  readonly countsIos: boolean;
}

export interface ThinkTimePlan {
  readonly pauseNs: Nanoseconds;
  readonly spinNs: Nanoseconds;
  /** null: a pause comes by time alone. */
  readonly blocks: number | null;
  readonly counts: 'complete' | 'issue';
  /** null: by I/Os alone. */
  readonly ioTimeNs: Nanoseconds | null;
}

export interface PacePlan {
  /** null: as fast as it goes. */
  readonly rates: RatesPlan | null;
  readonly process: 'linear' | 'poisson';
  readonly ignoresThinkTime: boolean;
  /** null: no pauses. */
  readonly think: ThinkTimePlan | null;
}

export interface MinimumRatePlan extends RatesPlan {
  readonly cycleNs: Nanoseconds;
}
