/**
 * Whether the real files of a job can be used as it asks: they can be read and written, nothing is
 * lost that coffer did not make, and what is to be read is there or can be laid out.
 */

import { canonicalBytes, hasByteSuffix } from '../units/bytes.ts';
import type { Access } from './rw.ts';
import type { Region, Shape } from './region.ts';
import { fileOf, type RealTarget } from './real-target.ts';
import type { Settings } from './settings.ts';
import type { RealFile, Surroundings } from './surroundings.ts';
import { verifiesWhatIsThere } from './verification.ts';

/** A file as one clone uses it. */
interface Use {
  readonly file: RealFile;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly neededBytes: number;
}

interface Mistake {
  readonly option: string;
  /** The rest of a sentence that begins with the path. */
  readonly what: string;
}

/** What is wrong with the first file of which something is. */
export function checkFiles(
  settings: Settings,
  surroundings: Surroundings,
  target: RealTarget,
  shape: Shape,
  region: Region,
  access: Access,
): void {
  for (const side of ['filename', 'dest_filename'] as const) {
    const uses = side === 'filename' ? sourceUses : destinationUses;
    for (const use of uses(target, shape, region, access)) {
      const mistake = mistakeOf(settings, surroundings, use);
      if (mistake === null) continue;
      const given = [mistake.option, side, 'filename', 'directory', 'rw'];
      settings.refuse(given, `${use.file.path} ${mistake.what}`);
      break;
    }
  }
}

export function sourceUses(
  { files }: RealTarget,
  { numjobs }: Shape,
  region: Region,
  access: Access,
): readonly Use[] {
  const reads = access !== 'write';
  const writes = access !== 'read' && access !== 'copy';
  return usesOf(files, numjobs, region, region.offsetBytes).map((use) => ({
    ...use,
    reads,
    writes,
  }));
}

export function destinationUses(
  { destFiles }: RealTarget,
  { numjobs }: Shape,
  region: Region,
): readonly Use[] {
  const { destOffsetBytes } = region;
  if (destOffsetBytes === null) return [];
  const uses = usesOf(destFiles, numjobs, region, destOffsetBytes);
  return uses.map((use) => ({ ...use, reads: false, writes: true }));
}

/** A file that all clones share is needed as far as the last of them goes. */
function usesOf(
  files: readonly RealFile[],
  numjobs: number,
  { sizeBytes, offsetIncrementBytes }: Region,
  firstBytes: number,
): readonly Pick<Use, 'file' | 'neededBytes'>[] {
  const end = (clone: number) => firstBytes + clone * offsetIncrementBytes + sizeBytes;
  return files.map((_, clone) => ({
    file: fileOf(files, clone),
    neededBytes: end(files.length === 1 ? numjobs - 1 : clone),
  }));
}

/**
 * What is read and not there: the file is made, filled, or made longer, before the jobs start.
 * layout=0 reads room without content as what the kernel says it holds, zeros.
 */
function isLaidOut(settings: Settings, { file: { facts }, reads, neededBytes }: Use): boolean {
  if (!reads || facts.kind === 'block') return false;
  const fills = settings.flag('layout') && !verifiesWhatIsThere(settings);
  return (fills ? facts.contentBytes : facts.sizeBytes) < neededBytes;
}

function mistakeOf(settings: Settings, surroundings: Surroundings, use: Use): Mistake | null {
  const { facts } = use.file;
  if (facts.unusable !== null) return { option: 'filename', what: facts.unusable };
  if (use.reads && facts.unreadable !== null) {
    return { option: 'filename', what: facts.unreadable };
  }
  const laidOut = isLaidOut(settings, use);
  if (laidOut) {
    const mistake = notLaidOut(settings, surroundings, use);
    if (mistake !== null) return mistake;
  }
  if (!use.writes && !laidOut) return null;
  if (facts.unwritable !== null) return { option: 'filename', what: facts.unwritable };
  const permits = (option: string) => surroundings.allowDestructive || settings.flag(option);
  if (facts.mounted !== null && !permits('allow_mounted_write')) {
    const what = `${facts.mounted}; give allow_mounted_write=1 to write all the same`;
    return { option: 'allow_mounted_write', what };
  }
  if (facts.foreign !== null && !permits('overwrite')) {
    const why = use.writes ? '' : `, and ${lacks(use)}`;
    const what = `${facts.foreign}${why}; give overwrite=1 if what it holds may be lost, or another name`;
    return { option: 'overwrite', what };
  }
  return use.writes ? noRoomToMap(settings, use) : null;
}

/** A store into a hole, or past the end of the file, ends the process. */
function noRoomToMap(settings: Settings, { file: { facts } }: Use): Mistake | null {
  const fallocate = settings.text('fallocate');
  if (settings.text('ioengine') !== 'mmap' || fallocate === 'native') return null;
  if (facts.kind === 'block') return null;
  const what =
    `is written by ioengine=mmap, which needs room beforehand, and fallocate=${fallocate} ` +
    'makes none; give fallocate=native, or another ioengine';
  return { option: 'fallocate', what };
}

function notLaidOut(settings: Settings, surroundings: Surroundings, use: Use): Mistake | null {
  if (!settings.flag('layout')) {
    const what = `${lacks(use)}; layout=0 leaves it so: give layout=1, or make the file`;
    return { option: 'layout', what };
  }
  if (surroundings.readonly) {
    const what = `${lacks(use)}, and --readonly makes none; make the file, or run without it`;
    return { option: 'size', what };
  }
  return null;
}

function lacks({ file: { facts }, neededBytes }: Use): string {
  const needed = size(neededBytes);
  if (facts.kind === 'absent') return `is not there, and the job needs ${needed}`;
  return `holds ${size(facts.contentBytes)}, and the job needs ${needed}`;
}

/** As a job file says it, and never a number alone. */
function size(bytes: number): string {
  const text = canonicalBytes(bytes);
  return hasByteSuffix(text) ? text : `${text} B`;
}
