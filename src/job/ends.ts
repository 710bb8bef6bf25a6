/** Rules of what ends a job beside its bytes and its time: errors, and what it measures. */

import { present } from '../units/assert.ts';
import { parseSteadyCriterion } from '../units/steady-criterion.ts';
import { canonicalTime } from '../units/time.ts';
import type { EndsPlan, LatencyTargetPlan, SteadyStatePlan } from './ends-plan.ts';
import { resolveMinimumRate } from './pace.ts';
import { DIRECTIONS, type Direction, type PerDirection } from './plan.ts';
import type { Settings } from './settings.ts';

/** More would be memory for nothing: a window of a day, judged each tenth of a second. */
const INTERVALS_MOST = 1_000_000;

export function resolveEnds(settings: Settings, directions: readonly Direction[]): EndsPlan {
  const latencyTarget = resolveLatencyTarget(settings);
  const steadyState = resolveSteadyState(settings);
  if (latencyTarget !== null && steadyState !== null) {
    const what =
      'a search for a depth and steadystate both say when the job ends; give one of them';
    settings.refuse(['latency_target', 'steadystate', 'steadystate_duration'], what);
  }
  return {
    ...resolveContinue(settings, directions),
    maxLatencyNs: resolveMaxLatency(settings, directions),
    minimumRate: resolveMinimumRate(settings, directions),
    latencyTarget,
    steadyState,
  };
}

function resolveContinue(
  settings: Settings,
  directions: readonly Direction[],
): Pick<EndsPlan, 'continueOnError' | 'continueOnVerify'> {
  const given = settings.optionalText('continue_on_error') ?? 'none';
  const own = settings.isOwn('continue_on_error');
  const isDirection = DIRECTIONS.some((direction) => direction === given);
  if (own && isDirection && !directions.some((direction) => direction === given)) {
    const what = `has no effect: the job has no ${given} I/O, only ${directions.join(' and ')}`;
    settings.warn('continue_on_error', what);
  }
  const goesOn = (direction: Direction) => given === 'all' || given === 'io' || given === direction;
  return {
    continueOnError: perDirection(goesOn),
    continueOnVerify: given === 'all' || given === 'verify',
  };
}

function resolveMaxLatency(
  settings: Settings,
  directions: readonly Direction[],
): EndsPlan['maxLatencyNs'] {
  const mostNs = settings.perDirection('max_latency');
  if (DIRECTIONS.every((direction) => mostNs[direction] === 0)) return null;
  if (directions.every((direction) => mostNs[direction] === 0)) {
    if (settings.isOwn('max_latency')) {
      const what = `has no effect: it sets none for ${directions.join(' and ')}`;
      settings.warn('max_latency', what);
    }
    return null;
  }
  return mostNs;
}

function resolveLatencyTarget(settings: Settings): LatencyTargetPlan | null {
  const targetNs = settings.int('latency_target');
  if (targetNs === 0) {
    for (const name of ['latency_window', 'latency_percentile', 'latency_run']) {
      if (settings.isOwn(name)) settings.warn(name, 'has no effect without latency_target');
    }
    return null;
  }
  const windowNs = settings.optionalInt('latency_window');
  if (windowNs === null) {
    const what = 'each depth is tried for a time; give latency_window too';
    settings.refuse(['latency_target', 'latency_window'], what);
  }
  const low = settings.int('iodepth_low');
  if (low > 0 && low < settings.int('iodepth')) {
    const what = 'latency_target changes the depth itself; remove iodepth_low';
    settings.refuse(['iodepth_low', 'latency_target'], what);
  }
  const run = settings.flag('latency_run');
  const runtimeNs = settings.optionalInt('runtime');
  if (windowNs !== null && !run && runtimeNs !== null && runtimeNs < windowNs) {
    const what =
      `${canonicalTime(runtimeNs)} is over before the first depth has been tried for ` +
      `latency_window=${canonicalTime(windowNs)}; give more`;
    settings.refuse(['runtime', 'latency_window'], what);
  }
  return {
    targetNs,
    windowNs: windowNs ?? 0,
    percentile: settings.int('latency_percentile'),
    run,
  };
}

function resolveSteadyState(settings: Settings): SteadyStatePlan | null {
  const durationNs = settings.int('steadystate_duration');
  const intervalNs = settings.int('steadystate_check_interval');
  const rampNs = settings.int('steadystate_ramp_time');
  if (durationNs === 0) {
    if (settings.has('steadystate') && !settings.isHarmless('steadystate')) {
      const what = 'it never looks without a window; give steadystate_duration too';
      settings.refuse(['steadystate', 'steadystate_duration'], what);
    }
    for (const name of ['steadystate_ramp_time', 'steadystate_check_interval']) {
      if (settings.isOwn(name)) settings.warn(name, 'has no effect without steadystate_duration');
    }
    return null;
  }
  const intervals = durationNs / intervalNs;
  const duration = canonicalTime(durationNs);
  const interval = `steadystate_check_interval=${canonicalTime(intervalNs)}`;
  if (!Number.isInteger(intervals) || intervals < 2 || intervals > INTERVALS_MOST) {
    const what = `${duration} is not a whole number, 2 to ${INTERVALS_MOST}, of ${interval}; change one`;
    settings.refuse(['steadystate_duration', 'steadystate_check_interval'], what);
  }
  const runtimeNs = settings.optionalInt('runtime');
  if (runtimeNs !== null && rampNs + durationNs > runtimeNs) {
    const what = `is never full: runtime=${canonicalTime(runtimeNs)} ends before it`;
    settings.warn('steadystate_duration', what);
  }
  const criterion = parseSteadyCriterion(settings.text('steadystate'));
  return {
    ...present(criterion.ok ? criterion.value : null, 'a criterion has been parsed before'),
    intervalNs,
    intervals,
    rampNs,
    together: settings.flag('group_reporting') && settings.int('numjobs') > 1,
  };
}

function perDirection<T>(of: (direction: Direction) => T): PerDirection<T> {
  return { read: of('read'), write: of('write'), trim: of('trim'), copy: of('copy') };
}
