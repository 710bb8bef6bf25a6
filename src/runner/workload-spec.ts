/** What the workload of one clone is, from the plan of its job. */

import type { JobPlan, RealEngine } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import type { Bytes } from '../units/quantity.ts';
import type { WorkloadSpec } from '../workload/spec.ts';

export interface CloneRegion {
  readonly offsetBytes: Bytes;
  readonly destOffsetBytes: Bytes;
}

export function regionOf(plan: JobPlan, clone: number): CloneRegion {
  const shift = plan.offsetIncrementBytes * clone;
  return {
    offsetBytes: plan.offsetBytes + shift,
    destOffsetBytes: (plan.destOffsetBytes ?? 0) + shift,
  };
}

export function workloadSpec(plan: JobPlan, clone: number, repetition: number): WorkloadSpec {
  const { access, random } = rwMeaning(plan.rw);
  return {
    access,
    devices: plan.device === plan.destDevice ? 1 : 2,
    random,
    norandommap: plan.norandommap,
    order: plan.order,
    readPercent: plan.rwmixread,
    depth: plan.iodepth,
    submission: plan.real === null || !endsAtOnce(plan.real.engine, plan.iodepth),
    blockBytes: plan.bsBytes,
    ...regionOf(plan, clone),
    sizeBytes: plan.sizeBytes,
    numRange: plan.numRange,
    ioSizeBytes: plan.ioSizeBytes,
    loops: plan.loops,
    numberIos: plan.numberIos,
    runtimeNs: plan.runtimeNs,
    timeBased: plan.timeBased,
    rampNs: plan.rampNs,
    // Never from the point: every path of a sweep meets the same offsets.
    seeds: [plan.seed, clone, repetition],
  };
}

/** Engines of real targets whose I/Os have ended when their call is over. */
export function endsAtOnce(engine: RealEngine, depth: number): boolean {
  return engine === 'psync' || engine === 'mmap' || (engine === 'null' && depth === 1);
}
