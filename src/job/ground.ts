/** What a job stands on: its target and its engine, simulated or real, and what the two can do. */

import { checkPath, checkRealPath, resolveVerify } from './check-copy.ts';
import type { JobPlan, Path, RealEngine } from './plan.ts';
import { isDeep, realEngine } from './real-engines.ts';
import { type RealTarget, resolveRealTarget } from './real-target.ts';
import { warnReal } from './real-warnings.ts';
import type { Shape } from './region.ts';
import type { Access } from './rw.ts';
import { resolveEngine, warnWithoutEffect } from './schedule.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';
import type { Surroundings } from './surroundings.ts';
import { resolveTarget } from './target.ts';
import type { World } from './world.ts';

export interface Ground extends Pick<JobPlan, 'ioengine' | 'iodepth' | 'copyApi' | 'verify'> {
  readonly target: Target;
  /** CPUs of the simulated host; null: those of the machine, which a plan does not know. */
  readonly cpus: number | null;
  readonly real: { readonly target: RealTarget; readonly engine: RealEngine } | null;
}

/** null: there is none to judge the rest of the job by, which has been reported. */
export function resolveSimulated(
  settings: Settings,
  world: World,
  shape: Shape,
  path: Path,
): Ground | null {
  const engine = resolveEngine(settings);
  warnWithoutEffect(settings);
  if (settings.text('copy_api') !== 'bio-pair') {
    const what = `${settings.text('copy_api')} is a system call for real files; give bio-pair`;
    settings.refuse(['copy_api'], what);
  }
  const target = resolveTarget(settings, world);
  if (target === null) return null;
  const copies = shape.directions.includes('copy');
  if (copies) checkPath(settings, target, shape, path);
  const kept = target.facts.data !== 'none' && target.destFacts.data !== 'none';
  const noData = kept ? null : `${target.source.name} keeps no data (data=none)`;
  const cpus = world.hosts.find(({ name }) => name === target.host)?.attributes['cpus'];
  return {
    ...engine,
    copyApi: 'bio-pair',
    verify: resolveVerify(settings, noData, copies),
    target,
    cpus: typeof cpus === 'number' ? cpus : null,
    real: null,
  };
}

/** null: as above. */
export function resolveReal(
  settings: Settings,
  surroundings: Surroundings,
  shape: Shape,
  path: Path,
  access: Access,
): Ground | null {
  const engine = resolveRealEngine(settings);
  warnReal(settings, surroundings, engine, access);
  if (settings.text('copy_api') === 'bio-pair') {
    const what = 'bio-pair is simulated; real files take copy_file_range or ficlonerange';
    settings.refuse(['copy_api'], what);
  }
  const target = resolveRealTarget(settings, surroundings, shape.numjobs);
  if (target === null) return null;
  const copies = access === 'copy';
  if (copies) checkRealPath(settings, target, engine, path);
  const copyApi = settings.text('copy_api') === 'ficlonerange' ? 'ficlonerange' : 'copy_file_range';
  return {
    ioengine: engine,
    iodepth: isDeep(engine) ? settings.int('iodepth') : 1,
    copyApi,
    verify: resolveVerify(settings, null, copies),
    target,
    cpus: null,
    real: { target, engine },
  };
}

function resolveRealEngine(settings: Settings): RealEngine {
  const name = settings.text('ioengine');
  if (name !== 'sim') return realEngine(name);
  const what =
    'sim is the engine of simulated devices, and no [device NAME] is declared; give psync, ' +
    'io_uring, libaio, mmap or null';
  settings.refuse(['ioengine'], what);
  return 'psync';
}
