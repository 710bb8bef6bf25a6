/** What is wrong with a region: it ends past its device, is off its blocks, or lies upon itself. */

import { canonicalBytes } from '../units/bytes.ts';
import { DIRECTIONS, type Direction } from './plan.ts';
import { destOption, type Region, type Shape } from './region.ts';
import type { Settings } from './settings.ts';
import type { Target } from './target.ts';

export function checkRegion(
  settings: Settings,
  target: Target,
  shape: Shape,
  region: Region,
): void {
  checkAlignment(settings, target, region);
  checkEnds(settings, target, shape, region);
  checkOverlap(settings, target, shape, region);
  const io = Math.max(...shape.directions.map((direction) => ioBytes(shape, direction)));
  if (region.sizeBytes < io) {
    const what =
      `${canonicalBytes(region.sizeBytes)} holds no I/O of ${canonicalBytes(io)}; give at least ` +
      'that';
    settings.refuse(['size', 'bs', 'num_range'], what);
  } else if (region.ioSizeBytes < io) {
    const what =
      `${canonicalBytes(region.ioSizeBytes)} is less than one I/O of ${canonicalBytes(io)}; ` +
      'give at least that';
    settings.refuse(['io_size', 'size', 'bs', 'num_range'], what);
  }
}

function ioBytes(shape: Shape, direction: Direction): number {
  return shape.bsBytes[direction] * (direction === 'copy' ? shape.numRange : 1);
}

function checkAlignment(settings: Settings, target: Target, region: Region): void {
  const { offsetBytes, sizeBytes, offsetIncrementBytes, destOffsetBytes } = region;
  checkBlocks(settings, target, 'offset', offsetBytes);
  checkBlocks(settings, target, 'offset_increment', offsetIncrementBytes);
  if (settings.has('size')) checkBlocks(settings, target, 'size', sizeBytes);
  if (destOffsetBytes === null) return;
  const delta = settings.optionalInt('dest_offset_delta');
  if (delta === null) checkBlocks(settings, target, 'dest_offset', destOffsetBytes);
  else checkBlocks(settings, target, 'dest_offset_delta', delta);
}

export function checkBlockSizes(settings: Settings, target: Target, shape: Shape): void {
  for (const direction of DIRECTIONS) {
    if (!shape.directions.includes(direction)) continue;
    checkBlocks(settings, target, 'bs', shape.bsBytes[direction]);
  }
}

function checkBlocks(settings: Settings, target: Target, option: string, bytes: number): void {
  for (const [device, facts] of [
    [target.device, target.facts],
    [target.destDevice, target.destFacts],
  ] as const) {
    const block = facts.logicalBlockBytes;
    if (bytes % block === 0) continue;
    const what =
      `${canonicalBytes(bytes)} is no multiple of the logical block of ${device}, ` +
      `${canonicalBytes(block)}; round it`;
    settings.refuse([option, 'filename', 'dest_filename'], what);
  }
}

function checkEnds(settings: Settings, target: Target, shape: Shape, region: Region): void {
  const { offsetBytes, sizeBytes, offsetIncrementBytes, destOffsetBytes } = region;
  const lastMoved = (shape.numjobs - 1) * offsetIncrementBytes;
  const clones = lastMoved === 0 ? '' : ' of the last clone';
  const check = (options: string[], which: string, device: string, start: number, end: number) => {
    if (start + lastMoved + sizeBytes <= end) return;
    const what =
      `the ${which}${clones} ends at ${canonicalBytes(start + lastMoved + sizeBytes)}, past the ` +
      'end of ' +
      `${device} at ${canonicalBytes(end)}; make it smaller or move it`;
    settings.refuse([...options, 'offset', 'offset_increment', 'numjobs', 'filename'], what);
  };
  const which = destOffsetBytes === null ? 'region' : 'source';
  check(['size'], which, target.device, offsetBytes, target.facts.sizeBytes);
  if (destOffsetBytes === null) return;
  const options = [destOption(settings), 'size', 'dest_filename'];
  check(options, 'destination', target.destDevice, destOffsetBytes, target.destFacts.sizeBytes);
}

/**
 * A copy's sources are read while its destinations are written, by all clones at once: no source
 * may lie in a destination, nor two destinations in one another. Sources may overlap, as reads may
 * in fio.
 */
function checkOverlap(settings: Settings, target: Target, shape: Shape, region: Region): void {
  const { offsetBytes, sizeBytes, offsetIncrementBytes, destOffsetBytes } = region;
  if (destOffsetBytes === null) return;
  if (shape.numjobs > 1 && offsetIncrementBytes < sizeBytes) {
    const what =
      `${shape.numjobs} clones write ${canonicalBytes(sizeBytes)} each, ` +
      `${canonicalBytes(offsetIncrementBytes)} apart: ` +
      `their destinations overlap; give offset_increment=${canonicalBytes(sizeBytes)} or more, ` +
      'or numjobs=1';
    settings.refuse(['offset_increment', 'numjobs', 'size', 'offset'], what);
    return;
  }
  if (target.device !== target.destDevice) return;
  const distance = nearestClone(destOffsetBytes - offsetBytes, offsetIncrementBytes, shape.numjobs);
  if (Math.abs(distance) >= sizeBytes) return;
  const at = `destination at ${canonicalBytes(destOffsetBytes)}`;
  const from = `source at ${canonicalBytes(offsetBytes)}`;
  const clones = shape.numjobs > 1 ? ' (of some clones)' : '';
  const what =
    `${at} and ${from} overlap over ${canonicalBytes(sizeBytes)}${clones}; move one, or give a ` +
    'smaller size';
  settings.refuse([destOption(settings), 'offset', 'size', 'offset_increment', 'numjobs'], what);
}

/**
 * The least distance from any clone's source to any clone's destination: they are (a - b) steps
 * apart.
 */
function nearestClone(distance: number, increment: number, numjobs: number): number {
  if (increment === 0) return distance;
  const steps = Math.round(distance / increment);
  const within = Math.max(1 - numjobs, Math.min(numjobs - 1, steps));
  return distance - within * increment;
}
