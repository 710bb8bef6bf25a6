/** Rules of when a job runs and how deep: engines, ends, and who waits for whom. */

import { canonicalTime } from '../units/time.ts';
import type { Neighbours } from './neighbours.ts';
import { jobOptions } from './option-table.ts';
import type { JobPlan } from './plan.ts';
import type { Settings } from './settings.ts';
import { didYouMean } from './suggest.ts';

export function resolveEngine(settings: Settings): Pick<JobPlan, 'ioengine' | 'iodepth'> {
  const name = settings.text('ioengine');
  const iodepth = settings.int('iodepth');
  if (name === 'sim' || name === 'null') return { ioengine: name, iodepth };
  if (name === 'mmap') {
    const what = 'mmap is for real files, which simulated devices are not; give sim or psync';
    settings.refuse(['ioengine'], what);
    return { ioengine: 'sim', iodepth };
  }
  if (name === 'libaio' || name === 'io_uring') {
    const what = `${name} is taken as sim, the asynchronous engine of simulated devices`;
    settings.warn('ioengine', what);
    return { ioengine: 'sim', iodepth };
  }
  if (iodepth > 1) {
    const what =
      `${name} keeps one I/O in flight, so iodepth=${iodepth} has no effect; ioengine=sim keeps ` +
      'more';
    settings.warn('iodepth', what);
  }
  return { ioengine: 'psync', iodepth: 1 };
}

/** Options of the other kind of target: accepted, never without saying that nothing comes of it. */
export function warnOtherKind(settings: Settings): void {
  for (const { name, only } of jobOptions) {
    if (only === undefined || only === settings.kind || !settings.has(name)) continue;
    const what = only === 'real' ? 'real files and block devices' : 'simulated devices';
    settings.warn(name, `has no effect: it is for ${what}`);
  }
}

/** What means nothing to simulated devices, though they take it. */
export function warnWithoutEffect(settings: Settings): void {
  if (!settings.flag('direct')) {
    settings.warn('direct', 'simulated I/O is always direct: there is no page cache to go through');
  }
  if (settings.flag('thread')) {
    settings.warn('thread', 'has no effect: simulated clones are neither threads nor processes');
  }
}

export function checkEnds(settings: Settings): void {
  if (settings.flag('time_based') && settings.optionalInt('runtime') === null) {
    const what = 'the job would never end; give runtime= too, or remove time_based';
    settings.refuse(['time_based', 'runtime'], what);
  }
  const longestNs = Number.MAX_SAFE_INTEGER;
  for (const name of ['runtime', 'ramp_time'] as const) {
    const timeNs = settings.optionalInt(name) ?? 0;
    if (timeNs > longestNs) {
      const what = `is longer than time is counted exactly; at most ${canonicalTime(longestNs)}`;
      settings.refuse([name], what);
    }
  }
}

/** Only a job further up may be waited for, as in fio: so no two wait for one another. */
export function resolveWaitFor(
  settings: Settings,
  { earlier, selected, all }: Neighbours,
): string | null {
  const name = settings.optionalText('wait_for');
  if (name === null || earlier.includes(name)) return name;
  settings.refuse(['wait_for'], whyNotWait(settings.job, name, selected, all));
  return null;
}

function whyNotWait(
  job: string,
  name: string,
  selected: readonly string[],
  all: readonly string[],
): string {
  if (name === job) return 'a job cannot wait for itself; name one further up';
  if (selected.includes(name)) return `${name} stands further down; move it above ${job}`;
  if (all.includes(name)) return `${name} is left out by --section; add --section ${name}`;
  return `no job is called ${name}${didYouMean(name, all)}`;
}
