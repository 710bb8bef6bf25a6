/** Where a replayed log works: from the start of each file to the end of the last I/O there. */

import { canonicalBytes } from '../units/bytes.ts';
import { present } from '../units/assert.ts';
import type { Replayed } from './iolog.ts';
import type { IologEntry } from './iolog-text.ts';
import type { Region } from './region.ts';
import type { Regions } from './regions.ts';
import type { Settings } from './settings.ts';
import type { Side, Target } from './side.ts';

/** Mistakes of a log that are worth telling at once. */
const TOLD = 20;

/** null: some I/O cannot be, which has been reported with its line in the log. */
export function iologRegions(
  settings: Settings,
  { entries, files, path, shape }: Replayed,
  targets: readonly Target[],
): Regions | null {
  const before = settings.refusals;
  const extents = files.map(() => 0);
  for (const entry of entries) {
    const file = files.indexOf(entry.file);
    const target = present(targets[file], 'a target for each file of the log');
    const end = Math.max(entry.offsetBytes, entry.destOffsetBytes) + entry.lengthBytes;
    extents[file] = Math.max(extents[file] ?? 0, end);
    const what = mistakeIn(entry, target);
    if (what !== null) settings.refuseIn({ file: path, line: entry.line }, what);
    if (settings.refusals - before === TOLD) break;
  }
  refuseClones(settings, shape.numjobs, entries, targets);
  if (settings.refusals > before) return null;
  const copies = shape.directions.includes('copy');
  const each = extents.map(
    (sizeBytes): Region => ({
      offsetBytes: 0,
      sizeBytes,
      offsetIncrementBytes: 0,
      destOffsetBytes: copies ? 0 : null,
      ioSizeBytes: sizeBytes,
    }),
  );
  const first = present(each[0], 'a file of the log');
  const sizeBytes = extents.reduce((sum, extent) => sum + extent, 0);
  const ioSizeBytes = entries.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  return { whole: { ...first, sizeBytes, ioSizeBytes }, each };
}

function mistakeIn(entry: IologEntry, { source, destination }: Target): string | null {
  const { action, offsetBytes, destOffsetBytes, lengthBytes } = entry;
  const here = misplaced(source, offsetBytes, lengthBytes);
  if (action !== 'copy' || here !== null) return here;
  const same = source.keys[0] === destination.keys[0];
  if (same && Math.abs(offsetBytes - destOffsetBytes) < lengthBytes) {
    return `a copy of ${canonicalBytes(lengthBytes)} overlaps its source; remove the line`;
  }
  return misplaced(destination, destOffsetBytes, lengthBytes);
}

function misplaced(side: Side, offsetBytes: number, lengthBytes: number): string | null {
  const { blockBytes, endBytes, name } = side;
  const odd = [offsetBytes, lengthBytes].find((bytes) => bytes % blockBytes !== 0);
  if (odd !== undefined) {
    return (
      `${canonicalBytes(odd)} is no multiple of the logical block of ${name}, ` +
      `${canonicalBytes(blockBytes)}; replay_align rounds offsets`
    );
  }
  const end = offsetBytes + lengthBytes;
  if (end <= endBytes) return null;
  return (
    `the I/O ends at ${canonicalBytes(end)}, past the end of ${name} at ` +
    `${canonicalBytes(endBytes)}; replay_scale divides offsets`
  );
}

/** As elsewhere the destinations of clones do not overlap. */
function refuseClones(
  settings: Settings,
  numjobs: number,
  entries: readonly IologEntry[],
  targets: readonly Target[],
): void {
  const oneForAll = targets.some(({ destination }) => destination.keys.length === 1);
  if (numjobs === 1 || !oneForAll || !entries.some(({ action }) => action === 'copy')) return;
  const what =
    'replay the same copies, into the same places; give numjobs=1, and jobs with a log each';
  settings.refuse(['numjobs', 'read_iolog'], `${numjobs} clones ${what}`);
}
