/** What the workload of one clone is, from the plan of its job. */

import type { JobPlan, RealEngine } from '../job/plan.ts';
import { destDevicesOf, devicesOf } from '../job/files-plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { FilesSpec } from '../workload/files.ts';
import type { WorkloadSpec } from '../workload/spec.ts';
import { endsSpec } from './ends-spec.ts';
import { paceSpec } from './pace-spec.ts';

export interface CloneRegion {
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  readonly destOffsetBytes: Bytes;
}

/** By file. */
export function regionsOf(plan: JobPlan, clone: number): readonly CloneRegion[] {
  const each = plan.files?.each ?? [plan];
  return each.map((file) => {
    const shift = file.offsetIncrementBytes * clone;
    return {
      offsetBytes: file.offsetBytes + shift,
      sizeBytes: file.sizeBytes,
      destOffsetBytes: (file.destOffsetBytes ?? 0) + shift,
    };
  });
}

export function workloadSpec(plan: JobPlan, clone: number, repetition: number): WorkloadSpec {
  const { access, random } = rwMeaning(plan.rw);
  return {
    access,
    // Of several files each has its place among the devices.
    devices: plan.files !== null || plan.device === plan.destDevice ? 1 : 2,
    files: filesSpec(plan, clone),
    random,
    norandommap: plan.norandommap,
    order: plan.order,
    readPercent: plan.rwmixread,
    depth: plan.iodepth,
    iodepthLow: plan.depth.low,
    serializeOverlap: plan.depth.serializeOverlap ? apart(plan) : null,
    submission: plan.real === null || !endsAtOnce(plan.real.engine, plan.iodepth),
    blockBytes: plan.bsBytes,
    sizes: plan.sizes,
    ...present(regionsOf(plan, clone)[0], 'a region'),
    sizeBytes: plan.sizeBytes,
    numRange: plan.numRange,
    ioSizeBytes: plan.ioSizeBytes,
    loops: plan.loops,
    numberIos: plan.numberIos,
    runtimeNs: plan.runtimeNs,
    timeBased: plan.timeBased,
    rampNs: plan.rampNs,
    rampBytes: plan.rampBytes,
    pace: paceSpec(plan),
    iolog: plan.iolog,
    continueOnError: plan.ends.continueOnError,
    ends: endsSpec(plan),
    verification: plan.verification,
    // Never from the point: every path of a sweep meets the same offsets.
    seeds: [plan.seed, clone, repetition],
  };
}

/** By file, whether its copies go to another one. */
function apart(plan: JobPlan): readonly boolean[] {
  const each = plan.files?.each ?? [plan];
  return each.map(({ device, destDevice }) => device !== destDevice);
}

/** Of a simulated job: its devices, each once. The first one's costs come first. */
export function distinctDevices(plan: JobPlan): readonly string[] {
  return [...new Set([...devicesOf(plan), ...destDevicesOf(plan)])];
}

function filesSpec(plan: JobPlan, clone: number): FilesSpec | null {
  if (plan.files === null) return null;
  const { each, service, open } = plan.files;
  const names = plan.real === null ? distinctDevices(plan) : [];
  const place = new Map(names.map((name, index) => [name, index]));
  const regions = regionsOf(plan, clone);
  return {
    each: each.map(({ device, destDevice }, file) => ({
      ...present(regions[file], 'a region of each file'),
      device: place.get(device) ?? 0,
      destDevice: place.get(destDevice) ?? 0,
    })),
    service,
    open,
    devices: Math.max(1, names.length),
  };
}

/** Engines of real targets whose I/Os have ended when their call is over. */
export function endsAtOnce(engine: RealEngine, depth: number): boolean {
  return engine === 'psync' || engine === 'mmap' || (engine === 'null' && depth === 1);
}
