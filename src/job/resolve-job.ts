/** One job at one point of the sweep, from its settings to its plan. */

import { warnCopyOptionsUnused } from './check-copy.ts';
import { checkFiles } from './check-real.ts';
import { checkBlockSizes, checkRegion } from './check-region.ts';
import { choice } from './choice.ts';
import { resolveCpus } from './cpu-list.ts';
import { type Ground, resolveReal, resolveSimulated } from './ground.ts';
import type { Neighbours } from './neighbours.ts';
import { resolveOrder } from './order.ts';
import type { JobPlan, RealJobPlan, TargetPlan } from './plan.ts';
import { realJobPlan, targetPlans } from './real-plan.ts';
import { type Region, resolveRegion, type Shape } from './region.ts';
import { type Access, readRw, rwMeaning } from './rw.ts';
import { checkEnds, resolveContinue, resolveWaitFor, warnOtherKind } from './schedule.ts';
import { jobSeed } from './seed.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import type { World } from './world.ts';

/** What a job is resolved in. */
export interface Scene {
  readonly world: World;
  readonly surroundings: Surroundings;
}

export interface ResolvedJob {
  readonly plan: JobPlan;
  /** The real files of its clones, each once. */
  readonly targets: readonly TargetPlan[];
}

/** null: the job has mistakes, all of which have been reported. */
export function resolveJob(
  settings: Settings,
  { world, surroundings }: Scene,
  neighbours: Neighbours,
  group: number,
): ResolvedJob | null {
  const { rw } = readRw(settings.text('rw'));
  const { access } = rwMeaning(rw);
  const copies = access === 'copy';
  const shape = shapeOf(settings, rw);
  const waitFor = resolveWaitFor(settings, neighbours);
  const continueOnError = resolveContinue(settings, shape.directions);
  checkEnds(settings);
  warnOtherKind(settings);
  if (!copies) warnCopyOptionsUnused(settings, rw);
  if (surroundings.readonly && access !== 'read') {
    const what = `--readonly lets jobs read alone, and rw=${rw} writes; run without it`;
    settings.refuse(['rw'], what);
  }
  const path = choice(settings.text('path'), ['offload', 'emulation', 'read-write']);
  const ground =
    settings.kind === 'real'
      ? resolveReal(settings, surroundings, shape, path, access)
      : resolveSimulated(settings, world, shape, path);
  if (ground === null) return null;
  const cpusAllowed = resolveCpus(settings, ground.cpus);
  const { target } = ground;
  checkBlockSizes(settings, target, shape);
  const region = resolveRegion(settings, target, shape);
  if (region === null) return null;
  checkRegion(settings, target, shape, region);
  const order = resolveOrder(settings, target, shape, region);
  const { real, targets } = resolveFiles(settings, surroundings, ground, shape, region, access);
  const plan: JobPlan = {
    ...identity(settings, group),
    waitFor,
    numjobs: shape.numjobs,
    host: target.host,
    ioengine: ground.ioengine,
    iodepth: ground.iodepth,
    device: target.source.name,
    destDevice: copies ? target.destination.name : target.source.name,
    rw,
    rwmixread: settings.int('rwmixread'),
    bsBytes: shape.bsBytes,
    ...region,
    numRange: shape.numRange,
    ...amount(settings),
    order,
    path,
    copyApi: ground.copyApi,
    fallback: choice(settings.text('fallback'), ['never', 'unsupported', 'error']),
    layout: settings.flag('layout'),
    verify: ground.verify,
    cpusAllowed,
    continueOnError,
    real,
  };
  return { plan, targets };
}

function shapeOf(settings: Settings, rw: JobPlan['rw']): Shape {
  const { access, directions } = rwMeaning(rw);
  return {
    directions,
    bsBytes: settings.perDirection('bs'),
    numRange: access === 'copy' ? settings.int('num_range') : 1,
    numjobs: settings.int('numjobs'),
  };
}

/** Who it is, and whom its rows are summed with. */
function identity(settings: Settings, group: number) {
  return {
    name: settings.job,
    where: `${settings.place.file}:${settings.place.line}`,
    group,
    groupReporting: settings.flag('group_reporting'),
    stonewall: settings.flag('stonewall'),
  };
}

/** How much it does, for how long, and by which chance. */
function amount(settings: Settings) {
  return {
    numberIos: settings.optionalInt('number_ios'),
    loops: settings.int('loops'),
    runtimeNs: settings.optionalInt('runtime'),
    timeBased: settings.flag('time_based'),
    rampNs: settings.int('ramp_time'),
    randseed: settings.int('randseed'),
    seed: jobSeed(settings.int('randseed'), settings.job),
    norandommap: settings.flag('norandommap'),
  };
}

function resolveFiles(
  settings: Settings,
  surroundings: Surroundings,
  { real, iodepth }: Ground,
  shape: Shape,
  region: Region,
  access: Access,
): { readonly real: RealJobPlan | null; readonly targets: readonly TargetPlan[] } {
  if (real === null) return { real: null, targets: [] };
  const plan = realJobPlan(settings, real.target, shape, real.engine, iodepth);
  if (real.engine === 'null') return { real: plan, targets: [] };
  // What --readonly refuses has no use for files.
  if (!surroundings.readonly || access === 'read') {
    checkFiles(settings, surroundings, real.target, shape, region, access);
  }
  return {
    real: plan,
    targets: targetPlans(settings, surroundings, real.target, shape, region, access),
  };
}
