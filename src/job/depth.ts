/** How a job fills its depth and drains it, and what of that means nothing to its engine. */

import type { DepthPlan } from './depth-plan.ts';
import type { JobPlan } from './plan.ts';
import type { Access } from './rw.ts';
import type { Settings } from './settings.ts';

const OF_SEVERAL = [
  'iodepth_batch',
  'iodepth_batch_complete_min',
  'iodepth_batch_complete_max',
  'iodepth_low',
] as const;

export function resolveDepth(
  settings: Settings,
  { ioengine, iodepth }: Pick<JobPlan, 'ioengine' | 'iodepth'>,
  access: Access,
): DepthPlan {
  if (ioengine !== 'sim' && iodepth === 1 && !isAsynchronous(ioengine)) {
    const what = `has no effect with ioengine=${ioengine}, which does one I/O with each call`;
    for (const name of OF_SEVERAL) if (settings.has(name)) settings.warn(name, what);
  } else {
    checkBatches(settings, iodepth);
  }
  warnOverlap(settings, iodepth, access);
  const batch = settings.int('iodepth_batch');
  const low = settings.int('iodepth_low');
  const least = Math.min(settings.int('iodepth_batch_complete_min'), iodepth);
  const most = settings.optionalInt('iodepth_batch_complete_max') ?? 0;
  return {
    batch: batch === 0 ? iodepth : Math.min(batch, iodepth),
    completeMin: least,
    completeMax: Math.max(1, least, Math.min(most, iodepth)),
    low: low === 0 ? iodepth : Math.min(low, iodepth),
    serializeOverlap: settings.flag('serialize_overlap') && access !== 'read',
  };
}

function isAsynchronous(ioengine: JobPlan['ioengine']): boolean {
  return ioengine === 'io_uring' || ioengine === 'libaio';
}

/** fio raises the most to the least, and lowers what is more than iodepth, without a word. */
function checkBatches(settings: Settings, iodepth: number): void {
  const least = settings.int('iodepth_batch_complete_min');
  const most = settings.optionalInt('iodepth_batch_complete_max') ?? 0;
  if (most !== 0 && most < least) {
    const what = `${most} is less than iodepth_batch_complete_min=${least}; give at least that`;
    settings.refuse(['iodepth_batch_complete_max', 'iodepth_batch_complete_min'], what);
  }
  for (const name of OF_SEVERAL) {
    if (!settings.isOwn(name) || (settings.optionalInt(name) ?? 0) <= iodepth) continue;
    settings.warn(name, `is more than iodepth=${iodepth}, and is taken as that`);
  }
}

function warnOverlap(settings: Settings, iodepth: number, access: Access): void {
  if (!settings.isOwn('serialize_overlap') || !settings.flag('serialize_overlap')) return;
  if (access === 'read') {
    settings.warn('serialize_overlap', 'has no effect: the job writes nothing');
  } else if (iodepth === 1) {
    settings.warn('serialize_overlap', 'has no effect at depth 1');
  }
}
