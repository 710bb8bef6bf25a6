/**
 * Whether copies of several files keep out of each other's way: what one file's copies write lies
 * neither in a source nor in a destination of another. Of one file check-region.ts looks.
 */

import { canonicalBytes } from '../units/bytes.ts';
import { destOption, type Region, type Shape } from './region.ts';
import type { Settings } from './settings.ts';
import type { Side, Target } from './side.ts';

interface Extent {
  readonly key: string;
  readonly beginBytes: number;
  readonly endBytes: number;
  readonly written: boolean;
}

export function checkApart(
  settings: Settings,
  targets: readonly Target[],
  regions: readonly Region[],
  shape: Shape,
): void {
  if (targets.length === 1 || !shape.directions.includes('copy')) return;
  const extents = targets.flatMap(({ source, destination }, file) => {
    const region = regions[file];
    if (region === undefined || region.destOffsetBytes === null) return [];
    return [
      ...extentsOf(source, region.offsetBytes, region, shape, false),
      ...extentsOf(destination, region.destOffsetBytes, region, shape, true),
    ];
  });
  const met = firstMeeting(extents);
  if (met === null) return;
  const [one, other] = met;
  const what =
    `copies of several files meet in ${one.key}: ${textOf(one)} and ${textOf(other)}; move them ` +
    'apart, or give another dest_filename';
  const options = [destOption(settings), 'dest_filename', 'filename', 'size', 'offset_increment'];
  settings.refuse(options, what);
}

/** By clone; sources of clones that share a file and are not moved apart are one. */
function extentsOf(
  { keys }: Side,
  firstBytes: number,
  { sizeBytes, offsetIncrementBytes }: Region,
  { numjobs }: Shape,
  written: boolean,
): Extent[] {
  return Array.from({ length: numjobs }, (_, clone) => {
    const beginBytes = firstBytes + clone * offsetIncrementBytes;
    const key = (keys.length === 1 ? keys[0] : keys[clone]) ?? '';
    return { key, beginBytes, endBytes: beginBytes + sizeBytes, written };
  });
}

/** Two of which one at least is written; in order of place each need only be held against those
 * that reach furthest before it. */
function firstMeeting(extents: readonly Extent[]): readonly [Extent, Extent] | null {
  const sorted = [...extents].sort(byPlace);
  let [furthest, furthestWritten]: (Extent | null)[] = [null, null];
  for (const extent of sorted) {
    if (furthest?.key !== extent.key) [furthest, furthestWritten] = [null, null];
    const before = extent.written ? furthest : furthestWritten;
    if (before !== null && before !== undefined && before.endBytes > extent.beginBytes) {
      return [before, extent];
    }
    furthest = further(furthest, extent);
    if (extent.written) furthestWritten = further(furthestWritten, extent);
  }
  return null;
}

function further(before: Extent | null | undefined, extent: Extent): Extent {
  return before !== null && before !== undefined && before.endBytes > extent.endBytes
    ? before
    : extent;
}

function byPlace(one: Extent, other: Extent): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  return one.beginBytes - other.beginBytes;
}

function textOf({ beginBytes, endBytes, written }: Extent): string {
  const what = written ? 'a destination' : 'a source';
  return `${what} from ${canonicalBytes(beginBytes)} to ${canonicalBytes(endBytes)}`;
}
