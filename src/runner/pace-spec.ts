/** The pace of a clone's workload, from the plan of its job. */

import type { MinimumRatePlan, RatesPlan } from '../job/pace-plan.ts';
import type { JobPlan } from '../job/plan.ts';
import type { MinimumRateSpec } from '../workload/minimum-rate.ts';
import type { PaceSpec } from '../workload/pace.ts';
import type { SlotDirection } from '../workload/slots.ts';

/** null: as fast as its depth lets it. */
export function paceSpec({ pace }: JobPlan): PaceSpec | null {
  if (pace === null) return null;
  const { rates, process, ignoresThinkTime, think } = pace;
  const countsIos = rates?.countsIos ?? false;
  return { rates: byDirection(rates), countsIos, process, ignoresThinkTime, think };
}

export function minimumRates(
  plan: MinimumRatePlan | null,
): Readonly<Record<SlotDirection, MinimumRateSpec | null>> {
  const { read, write, trim, copy } = byDirection(plan);
  const of = (perSecond: number | null): MinimumRateSpec | null => {
    if (plan === null || perSecond === null) return null;
    return { perSecond, countsIos: plan.countsIos, cycleNs: plan.cycleNs };
  };
  return { read: of(read), write: of(write), trim: of(trim), copy: of(copy) };
}

function byDirection(plan: RatesPlan | null): Readonly<Record<SlotDirection, number | null>> {
  const at = (perSecond: number | undefined): number | null => {
    return perSecond === undefined || perSecond === 0 ? null : perSecond;
  };
  const rates = plan?.perSecond;
  return {
    read: at(rates?.read),
    write: at(rates?.write),
    trim: at(rates?.trim),
    copy: at(rates?.copy),
  };
}
