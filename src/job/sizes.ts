/**
 * How large a job's I/Os are: bs, bsrange and bssplit by direction, the last before the first as in
 * fio; with bs_is_seq_rand the value for reads is that of sequential I/O, the one for writes that
 * of random I/O.
 */

import { canonicalBytes } from '../units/bytes.ts';
import { sharesOf } from '../units/shares.ts';
import { canonicalSizes, largestOf, meanOf, type Sizes, smallestOf } from '../units/sizes.ts';
import {
  DIRECTIONS,
  type Direction,
  type JobPlan,
  type PerDirection,
  type SizesPlan,
} from './plan.ts';
import { type Access, readRw, rwMeaning } from './rw.ts';
import type { Settings } from './settings.ts';

/** What a job has of them, and its shape too. */
export interface Sized {
  /** Of one I/O, or the largest. */
  readonly bsBytes: PerDirection<number>;
  readonly sizes: SizesPlan | null;
}

/** Of a job with a number of ranges in one I/O. */
export function resolveSizes(settings: Settings, numRange: number): Sized {
  const { rw, strideBytes, runIos } = readRw(settings.text('rw'));
  const { access, random, directions } = rwMeaning(rw);
  const all = by((direction) => sizesOf(settings, direction));
  const seqRand = settings.flag('bs_is_seq_rand');
  const drawn = seqRand ? by(() => all.write) : all;
  const following = seqRand ? by(() => all.read) : all;
  const share = settings.perDirection('percentage_random');
  const used = by((direction): readonly Sizes[] => {
    if (!random) return [following[direction]];
    const follows = runIos > 1 || share[direction] < 100;
    return follows ? [drawn[direction], following[direction]] : [drawn[direction]];
  });
  const alignBytes = alignment(
    settings,
    random,
    by((direction) => smallestIn(used[direction])),
  );
  const bsBytes = by((direction) => Math.max(...used[direction].map(largestOf)));
  const several = directions.some((direction) => smallestIn(used[direction]) < bsBytes[direction]);
  const aligned = directions.some((direction) => alignBytes[direction] !== null);
  if (several) checkSeveral(settings, access, { numRange, strideBytes });
  for (const direction of directions) checkMultiples(settings, used[direction], access);
  if (aligned && keepsMap(settings, runIos)) {
    settings.warn('ba', 'turns off the random map, as in fio: blocks repeat');
  }
  warnUnused(settings, directions, several);
  return { bsBytes, sizes: several || aligned ? { drawn, following, alignBytes } : null };
}

/** Of all I/Os of a direction. */
export function smallestBytes({ bsBytes, sizes }: Sized, direction: Direction): number {
  if (sizes === null) return bsBytes[direction];
  const { drawn, following } = sizes;
  return Math.min(bsBytes[direction], smallestIn([drawn[direction], following[direction]]));
}

/** Before a random map cuts any short. */
export function meanBytes(job: Sized & Pick<JobPlan, 'rw'>, direction: Direction): number {
  if (job.sizes === null) return job.bsBytes[direction];
  const { drawn, following } = job.sizes;
  return meanOf((rwMeaning(job.rw).random ? drawn : following)[direction]);
}

/** `4k-64k`; null: all I/Os of the direction are of one size. */
export function sizesText({ sizes }: Sized, direction: Direction): string | null {
  if (sizes === null) return null;
  const texts = [sizes.following[direction], sizes.drawn[direction]].map(canonicalSizes);
  const [following = '', drawn = ''] = texts;
  if (following !== drawn) return texts.join(',');
  return sizes.drawn[direction].kind === 'fixed' ? null : drawn;
}

function by<T>(value: (direction: Direction) => T): PerDirection<T> {
  return { read: value('read'), write: value('write'), trim: value('trim'), copy: value('copy') };
}

function smallestIn(sizes: readonly Sizes[]): number {
  return Math.min(...sizes.map(smallestOf));
}

function sizesOf(settings: Settings, direction: Direction): Sizes {
  const split = settings.optionalText('bssplit');
  const shares = split === null ? null : sharesOf(split)[DIRECTIONS.indexOf(direction)];
  if (shares !== null && shares !== undefined) return { kind: 'shares', shares };
  const range = settings.ranges('bsrange')[direction];
  if (range === null) return { kind: 'fixed', bytes: settings.perDirection('bs')[direction] };
  const { lowBytes, highBytes } = range;
  if (lowBytes > 0) {
    return { kind: 'range', lowBytes, highBytes, unaligned: settings.flag('bs_unaligned') };
  }
  settings.refuse(['bsrange'], 'begins with blocks of 0 bytes; give at least 1');
  return { kind: 'fixed', bytes: Math.max(1, highBytes) };
}

/** blockalign turns the random map off, unless it is the smallest size anyway: as in fio. */
function alignment(
  settings: Settings,
  random: boolean,
  smallest: PerDirection<number>,
): PerDirection<number | null> {
  const given = settings.optionalPerDirection('ba');
  if (!random) {
    const what = 'has no effect: sequential I/Os begin where the one before ended';
    if (settings.isOwn('ba')) settings.warn('ba', what);
    return by(() => null);
  }
  return by((direction) => (given[direction] === smallest[direction] ? null : given[direction]));
}

/** Without blockalign. */
function keepsMap(settings: Settings, runIos: number): boolean {
  const plain = ['random_distribution', 'percentage_random'].every((name) =>
    settings.isHarmless(name),
  );
  return plain && runIos === 1 && !settings.flag('norandommap');
}

const SIZE_OPTIONS = ['bssplit', 'bsrange', 'bs_is_seq_rand'] as const;

function checkSeveral(
  settings: Settings,
  access: Access,
  { numRange, strideBytes }: { readonly numRange: number; readonly strideBytes: number },
): void {
  const said = SIZE_OPTIONS.find((name) => settings.has(name)) ?? 'bsrange';
  const refuse = (option: string, what: string) => settings.refuse([said, option, 'rw'], what);
  if (numRange > 1) {
    refuse(
      'num_range',
      'gives sizes to I/Os, and the ranges of one are of one size; give num_range=1',
    );
  }
  if (access === 'trimwrite') {
    refuse('bs', 'may write another size than the one that was trimmed; give one bs');
  }
  if (strideBytes < 0) {
    refuse('bs', 'has several sizes, and rw=NAME:-N counts back over one; give one bs');
  }
  if (access === 'copy' && settings.flag('bs_unaligned')) {
    refuse(
      'bs_unaligned',
      'with bs_unaligned copies blocks that cannot be held apart; remove that',
    );
  }
}

/** fio rounds such a share down, and says nothing. */
function checkMultiples(settings: Settings, used: readonly Sizes[], access: Access): void {
  if (settings.flag('bs_unaligned')) return;
  for (const sizes of used) {
    const smallest = smallestOf(sizes);
    const offending = [
      ...(sizes.kind === 'shares' ? sizes.shares.map(({ bytes }) => bytes) : []),
      ...(sizes.kind === 'range' && access === 'copy' ? [sizes.highBytes] : []),
    ].find((bytes) => bytes % smallest !== 0);
    if (offending === undefined) continue;
    const what =
      `${canonicalBytes(offending)} is no multiple of the smallest size, ` +
      `${canonicalBytes(smallest)}; give multiples` +
      (access === 'copy' ? '' : ', or bs_unaligned=1');
    settings.refuse([sizes.kind === 'shares' ? 'bssplit' : 'bsrange', 'bs_unaligned'], what);
  }
}

/** Only what stands in the job's own section: a [global] is for all jobs. */
function warnUnused(settings: Settings, directions: readonly Direction[], several: boolean): void {
  const split = sharesOf(settings.optionalText('bssplit') ?? '');
  const ranges = settings.ranges('bsrange');
  const bySplit = directions.every((each) => (split[DIRECTIONS.indexOf(each)] ?? null) !== null);
  const byRange = directions.every((each) => ranges[each] !== null);
  const warn = (option: string, other: string) => {
    if (!settings.isOwn(option)) return;
    settings.warn(option, `has no effect: ${other} says how large the I/Os are`);
  };
  if (bySplit) for (const option of ['bs', 'bsrange']) warn(option, 'bssplit');
  else if (byRange) warn('bs', 'bsrange');
  if (settings.isOwn('bs_unaligned') && !settings.isHarmless('bs_unaligned') && !several) {
    settings.warn('bs_unaligned', 'has no effect: the I/Os are of one size');
  }
}
