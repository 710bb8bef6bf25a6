/**
 * Rules of how jobs start, end and share among each other: startdelay, exitall and its relatives,
 * flow; and what can be said of them before anything runs. What fio 3.33 does was measured
 * (test/conformance/fio/job-control.test.ts).
 */

import { present } from '../units/assert.ts';
import { canonicalTime } from '../units/time.ts';
import { choice } from './choice.ts';
import {
  endsOther,
  type ExitPlace,
  type ExitPlan,
  type FlowPlan,
  stagesOf,
} from './control-plan.ts';
import type { JobPlan } from './plan.ts';
import type { Settings } from './settings.ts';

type JobControl = Pick<JobPlan, 'startDelay' | 'exit' | 'flow'>;

export function resolveJobControl(settings: Settings): JobControl {
  const startDelay = settings.timeRange('startdelay');
  const longestNs = Number.MAX_SAFE_INTEGER;
  if (startDelay.highNs > longestNs) {
    const what = `is longer than time is counted exactly; at most ${canonicalTime(longestNs)}`;
    settings.refuse(['startdelay'], what);
  }
  return { startDelay, exit: exitOf(settings), flow: resolveFlow(settings) };
}

function exitOf(settings: Settings): ExitPlan {
  return {
    exitall: settings.flag('exitall'),
    onError: settings.flag('exitall_on_error'),
    what: choice(settings.text('exit_what'), ['group', 'stonewall', 'all']),
  };
}

function resolveFlow(settings: Settings): FlowPlan | null {
  const weight = settings.int('flow');
  if (weight > 0) {
    return { id: settings.int('flow_id'), weight, sleepNs: settings.int('flow_sleep') };
  }
  for (const name of ['flow_id', 'flow_sleep']) {
    if (settings.isOwn(name)) settings.warn(name, 'has no effect without flow; give flow=WEIGHT');
  }
  return null;
}

/** What only all jobs of the file together tell. `groups`: the reporting group of each. */
export function warnOfExits(jobs: readonly Settings[], groups: readonly number[]): void {
  const exitall = jobs.some((settings) => settings.flag('exitall'));
  for (const settings of jobs) {
    const onError = settings.flag('exitall_on_error');
    if (!exitall && !onError && settings.isOwn('exit_what')) {
      settings.warn('exit_what', 'has no effect without exitall or exitall_on_error');
    }
  }
  if (!exitall) return;
  warnOfOneForAll(jobs);
  warnOfNoStart(jobs, groups);
}

/** fio does not say so anywhere. */
function warnOfOneForAll(jobs: readonly Settings[]): void {
  if (jobs.every((settings) => settings.flag('exitall'))) return;
  for (const settings of jobs) {
    if (!settings.flag('exitall')) continue;
    const what =
      'holds for all jobs of the file, as in fio: the first to end, whichever it is, ends the ' +
      'others; write it in [global], which says so';
    settings.warn('exitall', what);
  }
}

/** Jobs that wait for an end which ends them too. */
function warnOfNoStart(jobs: readonly Settings[], groups: readonly number[]): void {
  const places = new Map<string, ExitPlace>();
  const stages = stagesOf(jobs.map((settings) => settings.flag('stonewall')));
  // Which job of a stage ends first only the run tells, unless all of them say the same.
  let allSayAll = true;
  let over = false;
  for (const [index, settings] of jobs.entries()) {
    const stage = present(stages[index], 'a stage for each job');
    if (index > 0 && stage !== stages[index - 1]) {
      over ||= allSayAll;
      allSayAll = true;
    }
    const place = { what: exitOf(settings).what, group: groups[index] ?? 0, stage };
    const waitedFor = settings.optionalText('wait_for') ?? '';
    const ender = places.get(waitedFor);
    if (over) {
      const what = 'never starts: exitall with exit_what=all ends all jobs before it begins';
      settings.warn('stonewall', `${what}; write exit_what=stonewall`);
    } else if (ender !== undefined && endsOther(ender, place)) {
      const what = `never starts: by exitall the end of ${waitedFor} is the end of this job too`;
      settings.warn('wait_for', `${what}; give it new_group, or ${waitedFor} another exit_what`);
    }
    allSayAll &&= place.what === 'all';
    places.set(settings.job, place);
  }
}
