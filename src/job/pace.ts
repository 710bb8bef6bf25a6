/** Rules of rates and pauses. */

import { MILLISECOND_NS, type Nanoseconds, SECOND_NS } from '../units/quantity.ts';
import { canonicalTime, formatTime } from '../units/time.ts';
import { choice } from './choice.ts';
import type { MinimumRatePlan, PacePlan, RatesPlan, ThinkTimePlan } from './pace-plan.ts';
import { DIRECTIONS, type Direction } from './plan.ts';
import type { Shape } from './region.ts';
import type { Settings } from './settings.ts';

/** null: the job goes as fast as its depth lets it. */
export function resolvePace(settings: Settings, shape: Shape): PacePlan | null {
  const rates = resolveRates(settings, ['rate', 'rate_iops'], shape.directions);
  const think = resolveThinkTime(settings);
  const process = choice(settings.text('rate_process'), ['linear', 'poisson']);
  const ignoresThinkTime = settings.flag('rate_ignore_thinktime');
  if (rates === null) warnUnused(settings, ['rate_process'], 'a rate');
  else warnSlow(settings, rates, shape);
  if (rates === null || think === null) {
    warnUnused(settings, ['rate_ignore_thinktime'], 'both a rate and thinktime');
  }
  if (rates === null && think === null) return null;
  return { rates, process, ignoresThinkTime, think };
}

/** null: however slow it is, the job goes on. */
export function resolveMinimumRate(
  settings: Settings,
  directions: readonly Direction[],
): MinimumRatePlan | null {
  const minimum = resolveRates(settings, ['rate_min', 'rate_iops_min'], directions);
  if (minimum === null) {
    warnUnused(settings, ['rate_cycle'], 'rate_min or rate_iops_min');
    return null;
  }
  const name = minimum.countsIos ? 'rate_iops' : 'rate';
  const most = settings.perDirection(name);
  const above = directions.find((direction) => {
    return most[direction] > 0 && minimum.perSecond[direction] > most[direction];
  });
  if (above !== undefined) {
    const what = `${minimum.perSecond[above]} of ${above} is more than ${name}=${most[above]} lets it`;
    settings.refuse([`${name}_min`, name], `${what}; give less`);
  }
  return { ...minimum, cycleNs: settings.int('rate_cycle') * MILLISECOND_NS };
}

/** Bytes not in the measurement, before it begins; null: the ramp is a time. */
export function resolveRampSize(settings: Settings): number | null {
  const bytes = settings.optionalInt('ramp_size');
  if (bytes !== null && settings.int('ramp_time') > 0) {
    settings.refuse(['ramp_size', 'ramp_time'], 'a ramp ends by its size or by its time; give one');
  }
  return bytes;
}

/** Of two options that say the same, in bytes and in I/Os; null: neither does. */
function resolveRates(
  settings: Settings,
  [inBytes, inIos]: readonly [string, string],
  directions: readonly Direction[],
): RatesPlan | null {
  const given = [inBytes, inIos].filter((name) => isGiven(settings, name, DIRECTIONS));
  if (given.length === 2) {
    const what = `${inBytes} and ${inIos} say the same in bytes and in I/Os; give one of them`;
    settings.refuse([inIos, inBytes], what);
  }
  const [name] = given;
  if (name === undefined) return null;
  if (isGiven(settings, name, directions)) {
    return { perSecond: settings.perDirection(name), countsIos: name === inIos };
  }
  if (settings.isOwn(name)) {
    settings.warn(name, `has no effect: it gives none for ${directions.join(' and ')}`);
  }
  return null;
}

function isGiven(settings: Settings, name: string, directions: readonly Direction[]): boolean {
  const perSecond = settings.perDirection(name);
  return directions.some((direction) => perSecond[direction] > 0);
}

function resolveThinkTime(settings: Settings): ThinkTimePlan | null {
  const pauseNs = settings.int('thinktime');
  if (pauseNs === 0) {
    const names = [
      'thinktime_spin',
      'thinktime_blocks',
      'thinktime_blocks_type',
      'thinktime_iotime',
    ];
    warnUnused(settings, names, 'thinktime');
    return null;
  }
  const spinNs = settings.int('thinktime_spin');
  if (spinNs > pauseNs) {
    const what = `${canonicalTime(spinNs)} is more than all of thinktime=${canonicalTime(pauseNs)}`;
    settings.refuse(['thinktime_spin', 'thinktime'], `${what}; give less`);
  }
  const ioTimeNs = settings.int('thinktime_iotime');
  const byTime = ioTimeNs > 0;
  return {
    pauseNs,
    spinNs,
    blocks: settings.optionalInt('thinktime_blocks') ?? (byTime ? null : 1),
    counts: choice(settings.text('thinktime_blocks_type'), ['complete', 'issue']),
    ioTimeNs: byTime ? ioTimeNs : null,
  };
}

/** A rate so low that its second I/O never comes. */
function warnSlow(settings: Settings, rates: RatesPlan, { bsBytes, directions }: Shape): void {
  const runtimeNs = settings.optionalInt('runtime');
  if (runtimeNs === null) return;
  const name = rates.countsIos ? 'rate_iops' : 'rate';
  for (const direction of directions) {
    const perSecond = rates.perSecond[direction];
    const amount = rates.countsIos ? 1 : bsBytes[direction];
    const gapNs: Nanoseconds = (amount * SECOND_NS) / perSecond;
    if (perSecond === 0 || gapNs < runtimeNs) continue;
    const what = `lets one ${direction} start each ${formatTime(gapNs)}`;
    settings.warn(name, `${what}: one in all of runtime=${canonicalTime(runtimeNs)}`);
    return;
  }
}

function warnUnused(settings: Settings, names: readonly string[], without: string): void {
  for (const name of names) {
    if (settings.isOwn(name) && !settings.isHarmless(name)) {
      settings.warn(name, `has no effect without ${without}`);
    }
  }
}
