/** What is wrong with a region: it ends past its device, is off its blocks, or lies upon itself. */

import { canonicalBytes } from '../units/bytes.ts';
import type { Sizes } from '../units/sizes.ts';
import { DIRECTIONS, type Direction, type SizesPlan } from './plan.ts';
import { destOption, ioBytes, type Region, type Shape } from './region.ts';
import type { Settings } from './settings.ts';
import { nearest, type Side, type Target } from './side.ts';

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
  const { bsBytes, sizes } = shape;
  for (const direction of DIRECTIONS) {
    if (!shape.directions.includes(direction)) continue;
    if (sizes === null) checkBlocks(settings, target, 'bs', bsBytes[direction]);
    else checkSizes(settings, target, sizes, direction);
  }
}

function checkSizes(
  settings: Settings,
  target: Target,
  { drawn, following, alignBytes }: SizesPlan,
  direction: Direction,
): void {
  for (const sizes of [drawn[direction], following[direction]]) {
    const option = { fixed: 'bs', range: 'bsrange', shares: 'bssplit' }[sizes.kind];
    const bad = granules(sizes).find((bytes) => !isWhole(target, bytes));
    if (bad !== undefined) {
      checkBlocks(settings, target, settings.has(option) ? option : 'bs', bad);
      return;
    }
  }
  const align = alignBytes[direction];
  if (align !== null) checkBlocks(settings, target, 'ba', align);
}

/** What all sizes are sums of. */
function granules(sizes: Sizes): readonly number[] {
  if (sizes.kind === 'shares') return sizes.shares.map(({ bytes }) => bytes);
  if (sizes.kind === 'fixed') return [sizes.bytes];
  return sizes.unaligned ? [1] : [sizes.lowBytes, sizes.highBytes];
}

function isWhole({ source, destination }: Target, bytes: number): boolean {
  return bytes % source.blockBytes === 0 && bytes % destination.blockBytes === 0;
}

export function checkBlocks(
  settings: Settings,
  target: Target,
  option: string,
  bytes: number,
): void {
  for (const { name, blockBytes } of [target.source, target.destination]) {
    if (bytes % blockBytes === 0) continue;
    const what =
      `${canonicalBytes(bytes)} is no multiple of the logical block of ${name}, ` +
      `${canonicalBytes(blockBytes)}; round it`;
    settings.refuse([option, 'filename', 'dest_filename'], what);
  }
}

function checkEnds(settings: Settings, target: Target, shape: Shape, region: Region): void {
  const { offsetBytes, sizeBytes, offsetIncrementBytes, destOffsetBytes } = region;
  const lastMoved = (shape.numjobs - 1) * offsetIncrementBytes;
  const clones = lastMoved === 0 ? '' : ' of the last clone';
  const check = (
    options: string[],
    which: string,
    { name, endBytes: end }: Side,
    start: number,
  ) => {
    if (start + lastMoved + sizeBytes <= end) return;
    const what =
      `the ${which}${clones} ends at ${canonicalBytes(start + lastMoved + sizeBytes)}, past the ` +
      `end of ${name} at ${canonicalBytes(end)}; make it smaller or move it`;
    settings.refuse([...options, 'offset', 'offset_increment', 'numjobs', 'filename'], what);
  };
  const which = destOffsetBytes === null ? 'region' : 'source';
  check(['size', 'filesize'], which, target.source, offsetBytes);
  if (destOffsetBytes === null) return;
  const options = [destOption(settings), 'size', 'dest_filename'];
  check(options, 'destination', target.destination, destOffsetBytes);
}

/**
 * A copy's sources are read while its destinations are written, by all clones at once: no source
 * may lie in a destination, nor two destinations in one another. Sources may overlap, as reads may
 * in fio.
 */
function checkOverlap(settings: Settings, target: Target, shape: Shape, region: Region): void {
  const { offsetBytes, sizeBytes, offsetIncrementBytes, destOffsetBytes } = region;
  if (destOffsetBytes === null) return;
  const oneForAll = target.destination.keys.length === 1;
  if (oneForAll && shape.numjobs > 1 && offsetIncrementBytes < sizeBytes) {
    const what =
      `${shape.numjobs} clones write ${canonicalBytes(sizeBytes)} each, ` +
      `${canonicalBytes(offsetIncrementBytes)} apart: ` +
      `their destinations overlap; give offset_increment=${canonicalBytes(sizeBytes)} or more, ` +
      'or numjobs=1';
    settings.refuse(['offset_increment', 'numjobs', 'size', 'offset'], what);
    return;
  }
  const apart = destOffsetBytes - offsetBytes;
  const distance = nearest(target, apart, offsetIncrementBytes, shape.numjobs);
  if (Math.abs(distance) >= sizeBytes) return;
  const at = `destination at ${canonicalBytes(destOffsetBytes)}`;
  const from = `source at ${canonicalBytes(offsetBytes)}`;
  const clones = shape.numjobs > 1 ? ' (of some clones)' : '';
  const what =
    `${at} and ${from} overlap over ${canonicalBytes(sizeBytes)}${clones}; move one, or give a ` +
    'smaller size';
  settings.refuse([destOption(settings), 'offset', 'size', 'offset_increment', 'numjobs'], what);
}
