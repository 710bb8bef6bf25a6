/** How long the pace of a job alone makes it, from its plan. */

import { type Nanoseconds, SECOND_NS } from '../units/quantity.ts';
import type { RatesPlan, ThinkTimePlan } from './pace-plan.ts';
import type { JobPlan } from './plan.ts';
import { rwMeaning } from './rw.ts';

/** A clone that does so many I/Os, at least; of pauses by time nothing is known. */
export function pacedNs(job: JobPlan, ios: number): Nanoseconds {
  if (job.pace === null) return 0;
  const { rates, think, ignoresThinkTime } = job.pace;
  const ratedNs = rates === null ? 0 : atRatesNs(job, rates, ios);
  const pausedNs = think === null ? 0 : pausesNs(think, ios);
  const neededNs = ignoresThinkTime ? ratedNs + pausedNs : Math.max(ratedNs, pausedNs);
  return Math.min(neededNs, job.runtimeNs ?? Infinity);
}

/** In a mix the rates say what share each direction has; one without takes all that is left. */
function atRatesNs({ bsBytes, rw }: JobPlan, rates: RatesPlan, ios: number): Nanoseconds {
  let iosPerSecond = 0;
  for (const direction of rwMeaning(rw).directions) {
    const rate = rates.perSecond[direction];
    if (rate === 0) return 0;
    iosPerSecond += rates.countsIos ? rate : rate / bsBytes[direction];
  }
  return (ios * SECOND_NS) / iosPerSecond;
}

function pausesNs({ blocks, pauseNs }: ThinkTimePlan, ios: number): Nanoseconds {
  return blocks === null ? 0 : Math.floor(ios / blocks) * pauseNs;
}
