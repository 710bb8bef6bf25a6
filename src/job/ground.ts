/** What a job stands on: its target and its engine, simulated or real, and what the two can do. */

import { present } from '../units/assert.ts';
import type { DeviceFacts } from '../units/option.ts';
import { checkPath, checkRealPath, resolveVerify } from './check-copy.ts';
import { checkDiscards } from './check-trim.ts';
import type { JobPlan, Path, RealEngine } from './plan.ts';
import { isDeep, realEngine } from './real-engines.ts';
import { type RealTarget, resolveRealTargets } from './real-target.ts';
import { warnReal } from './real-warnings.ts';
import type { Shape } from './region.ts';
import { firstMistake } from './regions.ts';
import type { Access } from './rw.ts';
import { resolveEngine, warnWithoutEffect } from './schedule.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';
import type { Surroundings } from './surroundings.ts';
import { resolveTargets } from './target.ts';
import type { World } from './world.ts';

export interface Ground extends Pick<JobPlan, 'ioengine' | 'iodepth' | 'copyApi' | 'verify'> {
  readonly host: string;
  /** By file of the job. */
  readonly targets: readonly Target[];
  /** CPUs of the simulated host; null: those of the machine, which a plan does not know. */
  readonly cpus: number | null;
  /** Why nothing that is written can be read again; null: it can. */
  readonly noData: string | null;
  readonly real: { readonly targets: readonly RealTarget[]; readonly engine: RealEngine } | null;
}

const MOVES_NONE = 'the null engine moves no data';

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
  const targets = resolveTargets(settings, world);
  if (targets === null) return null;
  const copies = shape.directions.includes('copy');
  firstMistake(settings, targets, (target) => {
    if (copies) checkPath(settings, target, shape, path);
    if (shape.directions.includes('trim')) checkDiscards(settings, target);
  });
  const lossy = targets.find(({ facts, destFacts }) => [facts, destFacts].some(keepsNone));
  const noData = lossy === undefined ? null : `${lossy.source.name} keeps no data (data=none)`;
  const { host } = present(targets[0], 'a device of the job');
  const cpus = world.hosts.find(({ name }) => name === host)?.attributes['cpus'];
  return {
    ...engine,
    copyApi: 'bio-pair',
    verify: resolveVerify(settings, noData, copies),
    noData: engine.ioengine === 'null' ? MOVES_NONE : noData,
    host,
    targets,
    cpus: typeof cpus === 'number' ? cpus : null,
    real: null,
  };
}

/** Of one job, all clones together. */
const FILES_MAX = 20_000;

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
  // What an engine that is not there would do to files, nobody knows.
  if (settings.isBroken('ioengine') || hasTooManyFiles(settings, shape)) return null;
  const targets = resolveRealTargets(settings, surroundings, shape.numjobs);
  if (targets === null) return null;
  const copies = access === 'copy';
  if (copies) {
    firstMistake(settings, targets, (target) => checkRealPath(settings, target, engine, path));
  }
  const copyApi = settings.text('copy_api') === 'ficlonerange' ? 'ficlonerange' : 'copy_file_range';
  return {
    ioengine: engine,
    iodepth: isDeep(engine) ? settings.int('iodepth') : 1,
    copyApi,
    verify: resolveVerify(settings, null, copies),
    noData: engine === 'null' ? MOVES_NONE : null,
    host: '',
    targets,
    cpus: null,
    real: { targets, engine },
  };
}

function keepsNone({ data }: DeviceFacts): boolean {
  return data === 'none';
}

/** Each is looked at beforehand, and open while the job runs. */
function hasTooManyFiles(settings: Settings, { numjobs }: Shape): boolean {
  const files = settings.int('nrfiles') * numjobs;
  if (files <= FILES_MAX) return false;
  const what =
    `${files} files of the clones of one job are more than can be open at once; give at most ` +
    `${FILES_MAX} together`;
  settings.refuse(['nrfiles', 'numjobs'], what);
  return true;
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
