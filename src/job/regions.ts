/**
 * Where a job works in each of its files. As in fio (measured) a size in bytes is divided evenly
 * among them, a share is one of each file, and without either each is done whole; filesize says
 * how long the files are, and then size how much of all of them is done.
 */

import { createHash } from 'node:crypto';
import { present } from '../units/assert.ts';
import { canonicalBytes } from '../units/bytes.ts';
import { type BytesRange, canonicalBytesRange } from '../units/range.ts';
import { checkApart } from './check-apart.ts';
import { checkBlockSizes, checkRegion } from './check-region.ts';
import { ioBytes, type Region, resolveRegion, type Shape } from './region.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';
import { smallestBytes } from './sizes.ts';

export interface Regions {
  /** The first file's, with the bytes of all files together. */
  readonly whole: Region;
  /** By file. */
  readonly each: readonly Region[];
}

/** null: they cannot be told. What is wrong with them has been reported, and so has that. */
export function resolveRegions(
  settings: Settings,
  found: readonly Target[],
  shape: Shape,
): Regions | null {
  const fileSize = settings.optionalRange('filesize');
  const targets = fileSize === null ? found : sized(settings, found, fileSize, shape);
  if (targets === null) return null;
  warnAlign(settings, shape);
  firstMistake(settings, targets, (target) => checkBlockSizes(settings, target, shape));
  const each = regionsOf(settings, targets, shape, fileSize !== null);
  if (each === null) return null;
  const first = present(each[0], 'a file of the job');
  if (found.length === 1 && fileSize === null) {
    checkRegion(settings, present(targets[0], 'a file of the job'), shape, first);
    return { whole: first, each };
  }
  firstMistake(settings, targets, (target, file) => {
    const { sizeBytes, ...region } = present(each[file], 'a region of each file');
    checkRegion(settings, target, shape, { ...region, sizeBytes, ioSizeBytes: sizeBytes });
  });
  checkApart(settings, targets, each, shape);
  const sizeBytes = each.reduce((sum, region) => sum + region.sizeBytes, 0);
  const ioSizeBytes = bytesToDo(settings, sizeBytes, shape, fileSize !== null);
  return { whole: { ...first, sizeBytes, ioSizeBytes }, each };
}

function warnAlign(settings: Settings, { directions }: Shape): void {
  if (!settings.isOwn('offset_align') || settings.isHarmless('offset_align')) return;
  const offsets = directions.includes('copy') ? ['offset', 'dest_offset'] : ['offset'];
  const isShare = (name: string) => typeof (settings.optionalSize(name) ?? 0) !== 'number';
  if (offsets.some(isShare)) return;
  const what = 'has no effect: it rounds an offset that is given as a share, and none is';
  settings.warn('offset_align', what);
}

/** Of many files with the same mistake the first will do. */
export function firstMistake<T>(
  settings: Settings,
  items: readonly T[],
  check: (item: T, index: number) => void,
): void {
  const before = settings.refusals;
  items.every((item, index) => {
    check(item, index);
    return settings.refusals === before;
  });
}

function regionsOf(
  settings: Settings,
  targets: readonly Target[],
  shape: Shape,
  isSized: boolean,
): readonly Region[] | null {
  const gathers = targets.length > 1 && haveOneDestination(targets);
  const each: Region[] = [];
  let takenBytes = 0;
  for (const target of targets) {
    const destShiftBytes = gathers ? takenBytes : 0;
    const part = { files: targets.length, sized: isSized, destShiftBytes };
    const region = resolveRegion(settings, target, shape, part);
    if (region === null || !holdsIo(settings, region, shape, targets.length)) return null;
    takenBytes += region.sizeBytes;
    each.push(region);
  }
  return each;
}

/** Where copies of several files go one behind the other. */
function haveOneDestination(targets: readonly Target[]): boolean {
  const [first, second] = targets;
  return first?.destination.keys[0] === second?.destination.keys[0];
}

/** Files of the lengths that filesize says; null: it says none, which has been reported. */
function sized(
  settings: Settings,
  targets: readonly Target[],
  { lowBytes, highBytes }: BytesRange,
  shape: Shape,
): readonly Target[] | null {
  const block = Math.max(...shape.directions.map((direction) => smallestBytes(shape, direction)));
  // One length for all is taken as it stands.
  const exact = lowBytes === highBytes;
  const low = exact ? 1 : Math.max(1, Math.ceil(lowBytes / block));
  const blocks = Math.floor(highBytes / block) - low + 1;
  if (blocks < 1) {
    const range = canonicalBytesRange({ lowBytes, highBytes });
    const what = `${range} holds no file of whole blocks of ${canonicalBytes(block)}; make it larger`;
    settings.refuse(['filesize', 'bs'], what);
    return null;
  }
  return targets.map((target, file) => {
    const drawn = low + Math.floor(chanceOf(settings, file) * blocks);
    const sizeBytes = exact ? lowBytes : drawn * block;
    return { ...target, source: { ...target.source, sizeBytes } };
  });
}

const HASH_48_BITS = 0x1_0000_0000_0000;

/** 0 … 1, 1 left out: of randseed, job and file, so the same for each clone and point. */
function chanceOf(settings: Settings, file: number): number {
  const text = `${settings.int('randseed')}\n${settings.job}\nfilesize ${file}`;
  const digest = createHash('sha256').update(text).digest('hex');
  return Number.parseInt(digest.slice(0, 12), 16) / HASH_48_BITS;
}

function holdsIo(settings: Settings, region: Region, shape: Shape, files: number): boolean {
  if (files === 1) return true;
  const io = Math.max(...shape.directions.map((direction) => ioBytes(shape, direction)));
  if (region.sizeBytes >= io) return true;
  const what =
    `over ${files} files it is ${canonicalBytes(region.sizeBytes)} for each, which holds no I/O of ` +
    `${canonicalBytes(io)}; make it larger, or give fewer files`;
  settings.refuse(['size', 'io_size', 'number_ios', 'filesize', 'nrfiles', 'filename', 'bs'], what);
  return false;
}

/** In all files, in one loop. */
function bytesToDo(settings: Settings, sizeBytes: number, shape: Shape, isSized: boolean): number {
  const given = settings.optionalSize('io_size');
  const block = Math.max(...shape.directions.map((direction) => smallestBytes(shape, direction)));
  if (typeof given === 'number') return given;
  if (given !== null) return Math.floor((sizeBytes * given.percent) / 100 / block) * block;
  const size = settings.optionalSize('size');
  return isSized && typeof size === 'number' ? Math.min(size, sizeBytes) : sizeBytes;
}
