/** One job at one point of the sweep, from its settings to its plan. */

import { present } from '../units/assert.ts';
import { warnCopyOptionsUnused } from './check-copy.ts';
import { checkFiles } from './check-real.ts';
import { choice } from './choice.ts';
import { resolveCpus } from './cpu-list.ts';
import { resolveDepth } from './depth.ts';
import { resolveEnds } from './ends.ts';
import { filesPlan } from './files-plan.ts';
import { type Ground, resolveReal, resolveSimulated } from './ground.ts';
import { resolveReports } from './log.ts';
import { resolveJobControl } from './job-control.ts';
import { checkWritten, type Replayed, resolveIolog } from './iolog.ts';
import type { Iologs } from './iolog-cache.ts';
import { iologRegions } from './iolog-region.ts';
import type { Neighbours } from './neighbours.ts';
import { resolveOrder } from './order.ts';
import { resolvePace, resolveRampSize } from './pace.ts';
import type { JobPlan, OrderPlan, RealJobPlan, TargetPlan } from './plan.ts';
import { realJobPlan, targetPlans } from './real-plan.ts';
import { checkTrims } from './check-trim.ts';
import type { Shape } from './region.ts';
import { firstMistake, type Regions, resolveRegions } from './regions.ts';
import { type Access, readRw, rwMeaning } from './rw.ts';
import { checkEnds, resolveWaitFor, warnOtherKind } from './schedule.ts';
import { jobSeed } from './seed.ts';
import type { Settings } from './settings.ts';
import { resolveSizes } from './sizes.ts';
import type { Target } from './side.ts';
import type { Surroundings } from './surroundings.ts';
import { accessOf, resolveVerification } from './verification.ts';
import type { World } from './world.ts';

/** What a job is resolved in. */
export interface Scene {
  readonly world: World;
  readonly iologs: Iologs;
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
  scene: Scene,
  neighbours: Neighbours,
  group: number,
): ResolvedJob | null {
  const replayed = resolveIolog(settings, scene.iologs);
  if (replayed === undefined) return null;
  return resolveTold(replayed?.settings ?? settings, scene, neighbours, group, replayed);
}

/** `replayed`: the log that says what the job does; null: its options say it. */
function resolveTold(
  settings: Settings,
  { world, surroundings }: Scene,
  neighbours: Neighbours,
  group: number,
  replayed: Replayed | null,
): ResolvedJob | null {
  const { rw } = readRw(settings.text('rw'));
  const { access } = rwMeaning(rw);
  const copies = access === 'copy';
  // Of a job that only verifies nothing is written.
  const does = accessOf(settings);
  const shape = replayed?.shape ?? shapeOf(settings, rw);
  const alone = resolveAlone(settings, shape, neighbours, group);
  if (!copies) warnCopyOptionsUnused(settings, rw, access);
  if (surroundings.readonly && does !== 'read') {
    const what = `--readonly lets jobs read alone, and rw=${rw} writes; run without it`;
    settings.refuse(['rw'], what);
  }
  const path = choice(settings.text('path'), ['offload', 'emulation', 'read-write']);
  const ground =
    settings.kind === 'real'
      ? resolveReal(settings, surroundings, shape, path, does)
      : resolveSimulated(settings, world, shape, path);
  if (ground === null) return null;
  const cpusAllowed = resolveCpus(settings, ground.cpus);
  const depth = resolveDepth(settings, ground, does);
  const { targets: places } = ground;
  if (replayed === null) checkTrims(settings, shape, access);
  checkWritten(settings, places);
  const regions =
    replayed === null
      ? resolveRegions(settings, places, shape)
      : iologRegions(settings, replayed, places);
  if (regions === null) return null;
  const order = orderOf(settings, places, shape, regions);
  const verification = resolveVerification(settings, {
    shape,
    order,
    regions: regions.each,
    noData: ground.noData,
    readonly: surroundings.readonly,
    shared: ground.real?.targets.some(({ files }) => files.length === 1) ?? true,
  });
  const { real, targets } = resolveFiles(settings, surroundings, ground, shape, regions, does);
  const plan: JobPlan = {
    host: ground.host,
    ioengine: ground.ioengine,
    iodepth: ground.iodepth,
    rw,
    order,
    path,
    copyApi: ground.copyApi,
    verify: ground.verify,
    verification,
    cpusAllowed,
    depth,
    iolog: replayed?.plan ?? null,
    real,
    // Last: what a literal has after a spread is defined one by one, at ten thousands of points.
    ...alone,
    ...filesPlan(settings, places, regions.each),
    ...regions.whole,
  };
  return { plan, targets };
}

/** What of a plan asks neither for the target nor for the engine. */
function resolveAlone(settings: Settings, shape: Shape, neighbours: Neighbours, group: number) {
  checkEnds(settings);
  warnOtherKind(settings);
  const { numjobs, bsBytes, sizes, numRange } = shape;
  return {
    numjobs,
    bsBytes,
    sizes,
    numRange,
    waitFor: resolveWaitFor(settings, neighbours),
    ends: resolveEnds(settings, shape.directions),
    pace: resolvePace(settings, shape),
    rwmixread: settings.int('rwmixread'),
    fallback: choice(settings.text('fallback'), ['never', 'unsupported', 'error']),
    layout: settings.flag('layout'),
    ...identity(settings, group),
    ...resolveJobControl(settings),
    ...amount(settings),
    ...resolveReports(settings),
  };
}

function shapeOf(settings: Settings, rw: JobPlan['rw']): Shape {
  const { access, directions } = rwMeaning(rw);
  const numRange = access === 'copy' || access === 'trim' ? settings.int('num_range') : 1;
  return {
    directions,
    ...resolveSizes(settings, numRange),
    numRange,
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
  const loopIos = settings.optionalInt('number_ios');
  return {
    // As in fio (measured) each loop has so many.
    numberIos: loopIos === null ? null : loopIos * settings.int('loops'),
    loops: settings.int('loops'),
    runtimeNs: settings.optionalInt('runtime'),
    timeBased: settings.flag('time_based'),
    rampNs: settings.int('ramp_time'),
    rampBytes: resolveRampSize(settings),
    randseed: settings.int('randseed'),
    seed: jobSeed(settings.int('randseed'), settings.job),
    norandommap: settings.flag('norandommap'),
  };
}

/** It is one for all files, and has to fit each of them. */
function orderOf(
  settings: Settings,
  targets: readonly Target[],
  shape: Shape,
  { each }: Regions,
): OrderPlan {
  const orders: OrderPlan[] = [];
  firstMistake(settings, targets, (target, file) => {
    const region = present(each[file], 'a region of each file');
    orders.push(resolveOrder(settings, target, shape, region));
  });
  return present(orders[0], 'an order for the files of a job');
}

function resolveFiles(
  settings: Settings,
  surroundings: Surroundings,
  { real }: Ground,
  shape: Shape,
  { each }: Regions,
  access: Access,
): { readonly real: RealJobPlan | null; readonly targets: readonly TargetPlan[] } {
  if (real === null) return { real: null, targets: [] };
  const plan = realJobPlan(settings, real.targets, shape, real.engine, access);
  if (real.engine === 'null') return { real: plan, targets: [] };
  // What --readonly refuses has no use for files.
  const used = real.targets.map((target, file) => {
    return { target, region: present(each[file], 'a region of each file') };
  });
  if (!surroundings.readonly || access === 'read') {
    firstMistake(settings, used, ({ target, region }) =>
      checkFiles(settings, surroundings, target, shape, region, access),
    );
  }
  const targets = used.flatMap(({ target, region }) =>
    targetPlans(settings, surroundings, target, shape, region, access),
  );
  return { real: plan, targets };
}
