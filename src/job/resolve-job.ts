/** One job at one point of the sweep, from its settings to its plan. */

import { assert } from '../units/assert.ts';
import { checkPath, resolveVerify, warnCopyOptionsUnused } from './check-copy.ts';
import { checkBlockSizes, checkRegion } from './check-region.ts';
import type { CopyApi, Fallback, JobPlan, Path } from './plan.ts';
import { resolveRegion, type Shape } from './region.ts';
import { isRw, rwMeaning } from './rw.ts';
import { checkEnds, resolveEngine, resolveWaitFor, warnWithoutEffect } from './schedule.ts';
import { jobSeed } from './seed.ts';
import type { Settings } from './settings.ts';
import { resolveTarget } from './target.ts';
import type { World } from './world.ts';

/** The other jobs of the file, as far as this one can name them. */
export interface Neighbours {
  readonly earlier: readonly string[];
  readonly selected: readonly string[];
  readonly all: readonly string[];
}

/** null: the job has mistakes, all of which have been reported. */
export function resolveJob(
  settings: Settings,
  world: World,
  neighbours: Neighbours,
  group: number,
): JobPlan | null {
  const rw = choice(settings.text('rw'), isRw);
  const { access, directions } = rwMeaning(rw);
  const copies = access === 'copy';
  const shape: Shape = {
    directions,
    bsBytes: settings.perDirection('bs'),
    numRange: copies ? settings.int('num_range') : 1,
    numjobs: settings.int('numjobs'),
  };
  const { earlier, selected, all } = neighbours;
  const waitFor = resolveWaitFor(settings, earlier, selected, all);
  const engine = resolveEngine(settings);
  checkEnds(settings);
  warnWithoutEffect(settings);
  if (!copies) warnCopyOptionsUnused(settings, rw);

  const target = resolveTarget(settings, world);
  if (target === null) return null;
  const path = choice(settings.text('path'), isPath);
  if (copies) checkPath(settings, target, shape, path);
  const verify = resolveVerify(settings, target, copies);
  checkBlockSizes(settings, target, shape);
  const region = resolveRegion(settings, target, shape);
  if (region === null) return null;
  checkRegion(settings, target, shape, region);
  return {
    name: settings.job,
    where: `${settings.place.file}:${settings.place.line}`,
    group,
    groupReporting: settings.flag('group_reporting'),
    stonewall: settings.flag('stonewall'),
    waitFor,
    numjobs: shape.numjobs,
    host: target.host,
    ...engine,
    device: target.device,
    destDevice: copies ? target.destDevice : target.device,
    rw,
    rwmixread: settings.int('rwmixread'),
    bsBytes: shape.bsBytes,
    ...region,
    numRange: shape.numRange,
    numberIos: settings.optionalInt('number_ios'),
    loops: settings.int('loops'),
    runtimeNs: settings.optionalInt('runtime'),
    timeBased: settings.flag('time_based'),
    rampNs: settings.int('ramp_time'),
    randseed: settings.int('randseed'),
    seed: jobSeed(settings.int('randseed'), settings.job),
    norandommap: settings.flag('norandommap'),
    path,
    copyApi: choice(settings.text('copy_api'), isCopyApi),
    fallback: choice(settings.text('fallback'), isFallback),
    layout: settings.flag('layout'),
    verify,
    real: null,
  };
}

/** The option's choices have let nothing else through. */
function choice<T extends string>(text: string, known: (text: string) => text is T): T {
  assert(known(text), `${text} is one of the option's choices`);
  return text;
}

function isPath(text: string): text is Path {
  return text === 'offload' || text === 'emulation' || text === 'read-write';
}

function isCopyApi(text: string): text is CopyApi {
  return text === 'bio-pair';
}

function isFallback(text: string): text is Fallback {
  return text === 'never' || text === 'unsupported' || text === 'error';
}
