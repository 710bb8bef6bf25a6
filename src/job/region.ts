/**
 * Where a job works: the region of its first clone, how far the next clones are moved on, and the
 * destination of copies. All in bytes. What is wrong with a region is said by check-region.ts.
 */

import { canonicalBytes } from '../units/bytes.ts';
import type { Direction } from './plan.ts';
import type { Settings, Size } from './settings.ts';
import { type Sized, smallestBytes } from './sizes.ts';
import { nearest, sharesFile, type Side, type Target } from './side.ts';

export interface Region {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly offsetIncrementBytes: number;
  readonly destOffsetBytes: number | null;
  readonly ioSizeBytes: number;
}

/** What a job moves with one I/O, and which directions it has. */
export interface Shape extends Sized {
  readonly directions: readonly Direction[];
  readonly numRange: number;
  readonly numjobs: number;
}

/** What one of a job's files has of what the job asks. */
export interface FilePart {
  /** They share a size in bytes. */
  readonly files: number;
  /** filesize says how long the source is: the size in bytes is that of all files. */
  readonly sized: boolean;
  /** Of a destination that is one for all files: what the files before this one take. */
  readonly destShiftBytes: number;
}

export const ONLY_FILE: FilePart = { files: 1, sized: false, destShiftBytes: 0 };

/** Of one file; null: it cannot be told, which has been reported. */
export function resolveRegion(
  settings: Settings,
  target: Target,
  shape: Shape,
  part: FilePart = ONLY_FILE,
): Region | null {
  const { source, destination } = target;
  if (!sharesOfSomething(settings, target)) return null;
  const block = Math.max(...shape.directions.map((direction) => smallestBytes(shape, direction)));
  const at = (size: Size, whole: number) => inBytes(size, whole, block);
  const offset = offsetInBytes(settings, 'offset', source.sizeBytes, block);
  const increment = at(settings.size('offset_increment'), source.sizeBytes);
  const lastMoved = (shape.numjobs - 1) * increment;
  const copies = shape.directions.includes('copy');
  const first = copies ? destinationOf(settings, target, shape, offset, block) : null;
  if (copies && first === null) return null;
  const dest = first === null ? null : first + part.destShiftBytes;
  if (!offsetInside(settings, target, offset, lastMoved, dest)) return null;

  const room = Math.min(
    source.sizeBytes - offset - lastMoved,
    ...(dest === null ? [] : [destination.endBytes - dest - lastMoved]),
    ...(dest === null ? [] : clear(target, offset, dest, shape.numjobs, increment)),
  );
  const given = toldSize(settings, source, shape, part);
  const unit = part.sized ? source.blockBytes : block;
  const size = given === null ? Math.floor(room / unit) * unit : at(given, source.sizeBytes);
  if (given === null && size < block) {
    settings.refuse(
      ['size', 'bs', 'offset', 'dest_offset', 'dest_offset_delta', 'filename', 'ioengine'],
      whyNoRoom(source, block),
    );
    return null;
  }
  const ioSize = settings.optionalSize('io_size');
  return {
    offsetBytes: offset,
    sizeBytes: size,
    offsetIncrementBytes: increment,
    destOffsetBytes: dest,
    ioSizeBytes: ioSize === null ? size : at(ioSize, size),
  };
}

/** Of a file that is not there, what is to be done says how long it must be. */
function toldSize(
  settings: Settings,
  source: Side,
  shape: Shape,
  { files, sized }: FilePart,
): Size | null {
  const size = settings.optionalSize('size');
  const share = (bytes: number) =>
    Math.floor(bytes / files / source.blockBytes) * source.blockBytes;
  if (typeof size === 'number') return sized ? null : files === 1 ? size : share(size);
  if (size !== null || source.sizeBytes > 0) return size;
  const ioSize = settings.optionalSize('io_size');
  if (typeof ioSize === 'number') return files === 1 ? ioSize : share(ioSize);
  const numberIos = settings.optionalInt('number_ios');
  if (numberIos === null) return null;
  const ios = shape.directions.map((direction) => ioBytes(shape, direction));
  return Math.ceil(numberIos / files) * Math.max(...ios);
}

function whyNoRoom({ name, sizeBytes }: Side, block: number): string {
  if (sizeBytes > 0) {
    const one = canonicalBytes(block);
    return `no room is left for one block of ${one}; give size= and other offsets`;
  }
  const why = name === '' ? 'no file is named' : `${name} is not there, or empty`;
  return `nothing tells the size of the job: ${why}; give size=`;
}

export function ioBytes(shape: Shape, direction: Direction): number {
  return shape.bsBytes[direction] * shape.numRange;
}

/** A share of a file that is not there would be nothing. */
function sharesOfSomething(settings: Settings, { source, destination }: Target): boolean {
  const sides = [
    ['offset', source],
    ['offset_increment', source],
    ['size', source],
    ['dest_offset', destination],
  ] as const;
  for (const [option, { name, sizeBytes }] of sides) {
    const size = settings.optionalSize(option);
    if (sizeBytes > 0 || size === null || typeof size === 'number') continue;
    const what = `is a share of ${name}, which is not there, or empty; give it in bytes`;
    settings.refuse([option], what);
    return false;
  }
  return true;
}

/** A share is rounded down to whole blocks; what is given in bytes is taken as it stands. */
function inBytes(size: Size, whole: number, block: number): number {
  if (typeof size === 'number') return size;
  return Math.floor((whole * size.percent) / 100 / block) * block;
}

/** offset_align rounds a share up. */
function offsetInBytes(settings: Settings, option: string, whole: number, block: number): number {
  const offset = settings.size(option);
  const align = settings.int('offset_align');
  if (typeof offset === 'number' || align === 0) return inBytes(offset, whole, block);
  return Math.ceil((whole * offset.percent) / 100 / align) * align;
}

function destinationOf(
  settings: Settings,
  target: Target,
  shape: Shape,
  offset: number,
  block: number,
): number | null {
  const given = settings.optionalSize('dest_offset');
  const delta = settings.optionalInt('dest_offset_delta');
  if (given !== null && delta !== null) {
    settings.refuse(
      ['dest_offset_delta', 'dest_offset'],
      'says where the destination is, and dest_offset says it too; keep one of them',
    );
    return null;
  }
  if (given !== null)
    return offsetInBytes(settings, 'dest_offset', target.destination.sizeBytes, block);
  if (delta !== null) return offset + delta;
  if (!sharesFile(target, shape.numjobs)) return 0;
  const what =
    'a copy needs a destination; give dest_offset=, dest_offset_delta= or dest_filename=';
  settings.refuse(['dest_offset', 'dest_offset_delta', 'dest_filename'], what);
  return null;
}

function offsetInside(
  settings: Settings,
  target: Target,
  offset: number,
  lastMoved: number,
  dest: number | null,
): boolean {
  const size = target.source.endBytes;
  if (offset + lastMoved >= size) {
    const which = lastMoved === 0 ? 'the region' : 'the last clone';
    const what =
      `${which} begins at ${canonicalBytes(offset + lastMoved)}, and ${target.source.name} ends at ` +
      `${canonicalBytes(size)}; give less`;
    const options = ['offset', 'offset_increment', 'numjobs', 'filename'];
    settings.refuse(lastMoved === 0 ? options : ['offset_increment', ...options], what);
    return false;
  }
  const destSize = target.destination.endBytes;
  if (dest !== null && dest + lastMoved >= destSize) {
    const what =
      `the destination begins at ${canonicalBytes(dest + lastMoved)}, and ` +
      `${target.destination.name} ends at ${canonicalBytes(destSize)}; give less`;
    settings.refuse([destOption(settings), 'offset', 'offset_increment', 'numjobs'], what);
    return false;
  }
  return true;
}

/** The longest regions that keep sources and destinations of all clones apart. */
function clear(
  target: Target,
  offset: number,
  dest: number,
  numjobs: number,
  increment: number,
): number[] {
  const { source, destination } = target;
  const oneForAll = destination.keys.length === 1 && numjobs > 1;
  const between = oneForAll && increment > 0 ? [increment] : [];
  if (!sharesFile(target, numjobs)) return between;
  if (oneForAll && source.keys.length === 1) {
    return [...between, Math.abs(dest - offset) - (numjobs - 1) * increment];
  }
  return [...between, Math.abs(nearest(target, dest - offset, increment, numjobs))];
}

export function destOption(settings: Settings): string {
  return settings.has('dest_offset_delta') ? 'dest_offset_delta' : 'dest_offset';
}
