/** Rules across the options of copies: who can do them, and what has no meaning without them. */

import { canonicalBytes } from '../units/bytes.ts';
import { MIB } from '../units/quantity.ts';
import type { Path, RealEngine } from './plan.ts';
import { enginesWith, pathsOf } from './real-engines.ts';
import type { RealTarget } from './real-target.ts';
import type { Shape } from './region.ts';
import type { Access } from './rw.ts';
import type { Settings } from './settings.ts';
import type { SimulatedTarget } from './target.ts';

const COPY_ONLY = [
  'dest_offset',
  'dest_offset_delta',
  'dest_filename',
  'num_range',
  'path',
  'copy_api',
  'fallback',
] as const;

/** Options of copies in a job that has none: harmless, but somebody meant something by them. */
export function warnCopyOptionsUnused(settings: Settings, rw: string, access: Access): void {
  for (const name of COPY_ONLY) {
    if (name === 'num_range' && access === 'trim') continue;
    if (settings.isOwn(name)) settings.warn(name, `has no effect with rw=${rw}: it is for copies`);
  }
}

/** Whether the path can do the copies that the job asks for. */
export function checkPath(
  settings: Settings,
  target: SimulatedTarget,
  shape: Shape,
  path: Path,
): void {
  checkOffload(settings, target, path);
  checkCopySize(settings, shape, path);
}

function checkOffload(settings: Settings, target: SimulatedTarget, path: Path): void {
  if (path !== 'offload' || settings.text('fallback') !== 'never') return;
  const others = 'give path=emulation or path=read-write, or allow fallback=unsupported';
  const { source, destination } = target;
  if (source.name !== destination.name) {
    const what =
      `offload from ${source.name} to ${destination.name} needs a copy domain, and these ` +
      `devices share none; ${others}`;
    settings.refuse(['path', 'rw', 'fallback', 'filename', 'dest_filename'], what);
  } else if (target.facts.copyMaxBytes === 0) {
    const limit = 'the largest copy its limits allow is 0 bytes';
    const what = `${source.name} cannot copy: ${limit}; ${others}`;
    settings.refuse(['path', 'rw', 'fallback', 'filename'], what);
  }
}

/** BLK_COPY_MAX_BYTES (v20): blkdev_copy_sanity_check takes no copy of this size, nor a larger. */
export const BLK_COPY_MAX_BYTES = 128 * MIB;

/** Each range is a copy of its own to the block layer; read-write asks it for none. */
function checkCopySize(settings: Settings, shape: Shape, path: Path): void {
  const bytes = shape.bsBytes.copy;
  if (path === 'read-write' || bytes < BLK_COPY_MAX_BYTES) return;
  const what =
    `a copy of ${canonicalBytes(bytes)} is refused by the block layer, which takes less than ` +
    `${canonicalBytes(BLK_COPY_MAX_BYTES)} at once; give a smaller bs, or path=read-write`;
  settings.refuse(['bs', 'path', 'rw'], what);
}

/** copy_file_range(2) and FICLONERANGE know regular files alone. */
export function checkRealPath(
  settings: Settings,
  target: RealTarget,
  engine: RealEngine,
  path: Path,
): void {
  const able = pathsOf(engine);
  if (!able.includes(path)) {
    const others = able.map((other) => `path=${other}`).join(' or ');
    const what =
      `${engine} cannot copy with path=${path}, only ${enginesWith(path).join(' and ')} can; ` +
      `give ${others}, or another ioengine`;
    settings.refuse(['path', 'ioengine', 'rw'], what);
    return;
  }
  if (path !== 'offload' || engine === 'null' || settings.text('fallback') !== 'never') return;
  const block = [...target.files, ...target.destFiles].find(({ facts }) => facts.kind === 'block');
  if (block === undefined) return;
  const what =
    `${block.path} is a block device, and ${settings.text('copy_api')} copies files alone; give ` +
    'path=emulation or path=read-write, or allow fallback=unsupported';
  settings.refuse(['path', 'rw', 'fallback', 'filename'], what);
}

/** The end check, unless the data is not there to be checked; `noData`: why it is not, or null. */
export function resolveVerify(
  settings: Settings,
  noData: string | null,
  copies: boolean,
): 'copy' | 'none' {
  const moved = settings.text('ioengine') !== 'null';
  const given = settings.optionalText('verify');
  if (given === null) return copies && noData === null && moved ? 'copy' : 'none';
  if (given !== 'copy') return 'none';
  if (!copies) {
    if (settings.isOwn('verify')) {
      settings.warn('verify', 'has no effect: the job has no copies to be checked');
    }
    return 'none';
  }
  if (noData === null && moved) return 'copy';
  const reason = noData ?? 'the null engine moves no data';
  settings.refuse(
    ['verify', 'filename', 'ioengine'],
    `${reason}, so nothing can be checked; write verify=none`,
  );
  return 'none';
}
