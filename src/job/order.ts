/** In which order a job visits its region: strides, runs, shares of random I/O, distributions. */

import { assert } from '../units/assert.ts';
import { canonicalBytes } from '../units/bytes.ts';
import { type Distribution, parseDistribution } from '../units/distribution.ts';
import { checkBlocks } from './check-region.ts';
import { DIRECTIONS, type OrderPlan, type Rw } from './plan.ts';
import type { Region, Shape } from './region.ts';
import { readRw, rwMeaning } from './rw.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';
import { smallestBytes } from './sizes.ts';

export function resolveOrder(
  settings: Settings,
  target: Target,
  shape: Shape,
  region: Region,
): OrderPlan {
  const { rw, strideBytes, runIos } = readRw(settings.text('rw'));
  const distribution = distributionOf(settings);
  const percentRandom = settings.perDirection('percentage_random');
  if (!rwMeaning(rw).random) warnRandomUnused(settings, rw);
  else if (distribution.kind === 'zoned') checkZones(settings, distribution, shape, region);
  if (strideBytes !== 0) checkStride(settings, target, shape, region, strideBytes);
  return { strideBytes, runIos, percentRandom, distribution };
}

function distributionOf(settings: Settings): Distribution {
  const parsed = parseDistribution(settings.text('random_distribution'));
  assert(parsed.ok, 'a distribution has been parsed before');
  return parsed.value;
}

/** A [global] is for the jobs that are random. */
function warnRandomUnused(settings: Settings, rw: Rw): void {
  for (const name of ['random_distribution', 'percentage_random']) {
    if (!settings.isOwn(name) || settings.isHarmless(name)) continue;
    settings.warn(name, `has no effect with rw=${rw}: its offsets are in order`);
  }
}

function checkStride(
  settings: Settings,
  target: Target,
  shape: Shape,
  { sizeBytes }: Region,
  strideBytes: number,
): void {
  const backBytes = -strideBytes;
  checkBlocks(settings, target, 'rw', Math.abs(strideBytes));
  if (backBytes > sizeBytes) {
    const what =
      `goes back by ${canonicalBytes(backBytes)}, more than the region of ` +
      `${canonicalBytes(sizeBytes)}; give less`;
    settings.refuse(['rw', 'size'], what);
  }
  const block = Math.max(...shape.directions.map((direction) => shape.bsBytes[direction]));
  if (strideBytes > 0 || backBytes >= block) return;
  const what =
    `goes back by ${canonicalBytes(backBytes)} from the end of an I/O of ` +
    `${canonicalBytes(block)}, which is forwards; give rw=NAME:-N with twice bs to read each ` +
    'block backwards';
  settings.refuse(['rw', 'bs'], what);
}

/** Each zone needs room for an I/O, and all of them lie in the region. */
function checkZones(
  settings: Settings,
  { sizes, zones }: Extract<Distribution, { readonly kind: 'zoned' }>,
  shape: Shape,
  { sizeBytes }: Region,
): void {
  const bytes = (size: number) => (sizes === 'percent' ? (sizeBytes * size) / 100 : size);
  const region = `the region of ${canonicalBytes(sizeBytes)}`;
  for (const direction of shape.directions) {
    const unit = shape.sizes?.alignBytes[direction] ?? smallestBytes(shape, direction);
    let end = 0;
    let first = 0;
    for (const [number, zone] of (zones[DIRECTIONS.indexOf(direction)] ?? []).entries()) {
      end += zone.size;
      const next = Math.floor(bytes(end) / unit);
      if (next === first && zone.accessPercent > 0) {
        const what = `zone ${number + 1} of ${region} holds no I/O of its own; make it larger`;
        settings.refuse(['random_distribution', 'size', 'bs'], what);
        return;
      }
      first = next;
    }
    if (bytes(end) <= sizeBytes) continue;
    const what = `the zones end at ${canonicalBytes(end)}, past ${region}; make them smaller`;
    settings.refuse(['random_distribution', 'size'], what);
    return;
  }
}
