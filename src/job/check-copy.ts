/** Rules across the options of copies: who can do them, and what has no meaning without them. */

import { canonicalBytes } from '../units/bytes.ts';
import { MIB } from '../units/quantity.ts';
import type { Path } from './plan.ts';
import type { Shape } from './region.ts';
import type { Settings } from './settings.ts';
import type { Target } from './target.ts';

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
export function warnCopyOptionsUnused(settings: Settings, rw: string): void {
  for (const name of COPY_ONLY) {
    if (settings.isOwn(name)) settings.warn(name, `has no effect with rw=${rw}: it is for copies`);
  }
}

/** Whether the path can do the copies that the job asks for. */
export function checkPath(settings: Settings, target: Target, shape: Shape, path: Path): void {
  checkOffload(settings, target, path);
  checkCopySize(settings, shape, path);
}

function checkOffload(settings: Settings, target: Target, path: Path): void {
  if (path !== 'offload' || settings.text('fallback') !== 'never') return;
  const others = 'give path=emulation or path=read-write, or allow fallback=unsupported';
  if (target.device !== target.destDevice) {
    const what =
      `offload from ${target.device} to ${target.destDevice} needs a copy domain, and these ` +
      `devices share none; ${others}`;
    settings.refuse(['path', 'rw', 'fallback', 'filename', 'dest_filename'], what);
  } else if (target.facts.copyMaxBytes === 0) {
    const limit = 'the largest copy its limits allow is 0 bytes';
    const what = `${target.device} cannot copy: ${limit}; ${others}`;
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

/** The end check, unless the data is not there to be checked. */
export function resolveVerify(
  settings: Settings,
  target: Target,
  copies: boolean,
): 'copy' | 'none' {
  const kept = target.facts.data !== 'none' && target.destFacts.data !== 'none';
  const given = settings.optionalText('verify');
  if (given === null)
    return copies && kept && settings.text('ioengine') !== 'null' ? 'copy' : 'none';
  if (given !== 'copy') return 'none';
  if (!copies) {
    if (settings.isOwn('verify')) {
      settings.warn('verify', 'has no effect: the job has no copies to be checked');
    }
    return 'none';
  }
  const reason = kept
    ? 'the null engine moves no data'
    : `${target.device} keeps no data (data=none)`;
  if (!kept || settings.text('ioengine') === 'null') {
    settings.refuse(
      ['verify', 'filename', 'ioengine'],
      `${reason}, so nothing can be checked; write verify=none`,
    );
    return 'none';
  }
  return 'copy';
}
