/**
 * Where a job works: the region of its first clone, how far the next clones are moved on, and the
 * destination of copies. All in bytes. What is wrong with a region is said by check-region.ts.
 */

import { canonicalBytes } from '../units/bytes.ts';
import type { Direction, PerDirection } from './plan.ts';
import type { Settings, Size } from './settings.ts';
import type { Target } from './target.ts';

export interface Region {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly offsetIncrementBytes: number;
  readonly destOffsetBytes: number | null;
  readonly ioSizeBytes: number;
}

/** What a job moves with one I/O, and which directions it has. */
export interface Shape {
  readonly directions: readonly Direction[];
  readonly bsBytes: PerDirection<number>;
  readonly numRange: number;
  readonly numjobs: number;
}

/** null: it cannot be told, which has been reported. */
export function resolveRegion(settings: Settings, target: Target, shape: Shape): Region | null {
  const { facts, destFacts } = target;
  const block = Math.max(...shape.directions.map((direction) => shape.bsBytes[direction]));
  const at = (size: Size, whole: number) => inBytes(size, whole, block);
  const offset = at(settings.size('offset'), facts.sizeBytes);
  const increment = at(settings.size('offset_increment'), facts.sizeBytes);
  const lastMoved = (shape.numjobs - 1) * increment;
  const copies = shape.directions.includes('copy');
  const dest = copies ? destination(settings, target, offset, block) : null;
  if (copies && dest === null) return null;
  if (!offsetInside(settings, target, offset, lastMoved, dest)) return null;

  const room = Math.min(
    facts.sizeBytes - offset - lastMoved,
    ...(dest === null ? [] : [destFacts.sizeBytes - dest - lastMoved]),
    ...(dest === null ? [] : clear(target, offset, dest, shape.numjobs, increment)),
  );
  const given = settings.optionalSize('size');
  const size = given === null ? Math.floor(room / block) * block : at(given, facts.sizeBytes);
  if (given === null && size < block) {
    const one = canonicalBytes(block);
    const what = `no room is left for one block of ${one}; give size= and other offsets`;
    settings.refuse(['size', 'bs', 'offset', 'dest_offset', 'dest_offset_delta'], what);
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

/** A share is rounded down to whole blocks; what is given in bytes is taken as it stands. */
function inBytes(size: Size, whole: number, block: number): number {
  if (typeof size === 'number') return size;
  return Math.floor((whole * size.percent) / 100 / block) * block;
}

function destination(
  settings: Settings,
  target: Target,
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
  if (given !== null) return inBytes(given, target.destFacts.sizeBytes, block);
  if (delta !== null) return offset + delta;
  if (target.destDevice !== target.device) return 0;
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
  const size = target.facts.sizeBytes;
  if (offset + lastMoved >= size) {
    const which = lastMoved === 0 ? 'the region' : 'the last clone';
    const what =
      `${which} begins at ${canonicalBytes(offset + lastMoved)}, and ${target.device} ends at ` +
      `${canonicalBytes(size)}; give less`;
    const options = ['offset', 'offset_increment', 'numjobs', 'filename'];
    settings.refuse(lastMoved === 0 ? options : ['offset_increment', ...options], what);
    return false;
  }
  const destSize = target.destFacts.sizeBytes;
  if (dest !== null && dest + lastMoved >= destSize) {
    const what =
      `the destination begins at ${canonicalBytes(dest + lastMoved)}, and ${target.destDevice} ` +
      `ends at ${canonicalBytes(destSize)}; give less`;
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
  const between = numjobs > 1 && increment > 0 ? [increment] : [];
  if (target.device !== target.destDevice) return between;
  const lastMoved = (numjobs - 1) * increment;
  return [...between, Math.abs(dest - offset) - lastMoved];
}

export function destOption(settings: Settings): string {
  return settings.has('dest_offset_delta') ? 'dest_offset_delta' : 'dest_offset';
}
