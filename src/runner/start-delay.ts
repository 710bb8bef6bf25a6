/**
 * When a clone may begin, by startdelay: counted from the start of the run, as fio does (measured),
 * so that behind a stonewall some of it, or all, is over already.
 */

import type { JobPlan } from '../job/plan.ts';
import { Random } from '../sim/random.ts';
import type { Nanoseconds } from '../units/quantity.ts';

/** A stream of its own, so that offsets are the same with a delay and without. */
const STREAM = 0x64656c;

/** After the start of the run; of a range drawn for each clone, whatever the point. */
export function startDelayNs(plan: JobPlan, clone: number, repetition: number): Nanoseconds {
  const { lowNs, highNs } = plan.startDelay;
  if (lowNs === highNs) return lowNs;
  return lowNs + new Random(plan.seed, clone, repetition, STREAM).below(highNs - lowNs + 1);
}
