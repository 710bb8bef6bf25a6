/** Which real files or block devices the clones of a job work on, and where their copies go. */

import { join } from 'node:path';
import { present } from '../units/assert.ts';
import {
  destinationNames,
  expanded,
  type FileName,
  listed,
  sourceNames,
  warnNumber,
} from './file-names.ts';
import type { Settings } from './settings.ts';
import type { Side, Target } from './side.ts';
import type { RealFile, Surroundings } from './surroundings.ts';

/** One of a job's files. */
export interface RealTarget extends Target {
  /** One for all clones, or one for each; none: the null engine has no use for any. */
  readonly files: readonly RealFile[];
  readonly destFiles: readonly RealFile[];
}

/** Options that name files. */
const NAMES = ['filename', 'dest_filename', 'directory', 'filename_format', 'nrfiles'] as const;

/** By file; null: they have no names, which has been reported. */
export function resolveRealTargets(
  settings: Settings,
  surroundings: Surroundings,
  numjobs: number,
): readonly RealTarget[] | null {
  if (NAMES.some((name) => settings.isBroken(name))) return null;
  if (settings.text('ioengine') === 'null' && !settings.has('filename')) {
    const nowhere = sideOf([], false);
    const target = { host: '', files: [], destFiles: [], source: nowhere, destination: nowhere };
    return Array.from({ length: settings.int('nrfiles') }, () => target);
  }
  if (!namesFiles(settings)) return null;
  const folders = foldersOf(settings);
  const look = (name: FileName): readonly RealFile[] =>
    pathsOf(settings, name, folders, numjobs).map((path) => surroundings.fileAt(path));
  const sources = sourceNames(settings).map(look);
  if (settings.has('filename')) warnNumber(settings, sources.length);
  const named = destinationNames(settings, sources.length)?.map(look) ?? sources;
  if (!areApart(settings, sources, 'filename') || !pairs(settings, sources, named)) return null;
  if (named !== sources && !areApart(settings, named, 'dest_filename')) return null;
  const direct = settings.flag('direct');
  return sources.map((files, index) => {
    const destFiles = present(named.length === 1 ? named[0] : named[index], 'a destination');
    const [source, destination] = [sideOf(files, direct), sideOf(destFiles, direct)];
    return { host: '', files, destFiles, source, destination };
  });
}

/** What clone n works on. */
export function fileOf(files: readonly RealFile[], clone: number): RealFile {
  return present(files[files.length === 1 ? 0 : clone], `a file of clone ${clone}`);
}

function namesFiles(settings: Settings): boolean {
  for (const option of ['filename', 'dest_filename'] as const) {
    const text = settings.optionalText(option);
    if (text === null || listed(text).length > 0) continue;
    settings.refuse([option], `${text} names no file; give at least one`);
    return false;
  }
  if (settings.has('filename')) return true;
  const format = settings.optionalText('filename_format') ?? '$jobname$filenum';
  if (format.includes('$jobname') && settings.job.includes('/')) {
    // A name with a / would lie in a folder that nobody has named.
    const what = `${settings.job} is no name for the files of a job, as it has a /; give filename=`;
    settings.refuse(['filename'], what);
    return false;
  }
  if (settings.int('nrfiles') === 1 || format.includes('$filenum')) return true;
  const what = `gives all ${settings.int('nrfiles')} files one name; put $filenum into it`;
  settings.refuse(['filename_format', 'nrfiles'], what);
  return false;
}

/** Each file of a job's, or one for all; fio knows no copies. */
export function pairs(
  settings: Settings,
  sources: readonly unknown[],
  destinations: readonly unknown[],
): boolean {
  if (destinations.length === 1 || destinations.length === sources.length) return true;
  const what =
    `names ${destinations.length} destinations, and the job has ${sources.length} files to copy ` +
    'from; give one for each, or one for all';
  settings.refuse(['dest_filename', 'filename', 'nrfiles'], what);
  return false;
}

/**
 * Links may make one file of the files of two clones, which would work in each other's; and a list
 * may name a file twice, which fio takes once.
 */
function areApart(
  settings: Settings,
  files: readonly (readonly RealFile[])[],
  option: string,
): boolean {
  const all = files.flat();
  const twice = new Set(all).size === all.length ? undefined : firstTwice(all);
  if (twice === undefined) return true;
  const what =
    files.length === 1
      ? `two clones would work on ${twice.path}, under several names; give each its own`
      : `${twice.path} comes twice, under one name or several; name each file once`;
  settings.refuse([option, 'filename', 'filename_format', 'directory'], what);
  return false;
}

function firstTwice(files: readonly RealFile[]): RealFile | undefined {
  const seen = new Set<RealFile>();
  return files.find((file) => seen.size === seen.add(file).size);
}

/**
 * As in fio clones take turns over several folders with the files that have names of their own, and
 * files whose names are given lie in the first.
 */
function foldersOf(settings: Settings): readonly string[] {
  const folders = listed(settings.optionalText('directory') ?? '');
  if (folders.length <= 1 || !settings.has('filename')) return folders;
  const what = `has no effect but for the first, ${folders[0]}: filename names the files`;
  settings.warn('directory', what);
  return folders.slice(0, 1);
}

/** Each clone's, or the one that they share. */
function pathsOf(
  settings: Settings,
  name: FileName,
  folders: readonly string[],
  numjobs: number,
): readonly string[] {
  const pathOf = (clone: number): string => {
    const file = expanded(name, settings.job, clone);
    return file.startsWith('/') ? file : join(folders[clone % folders.length] ?? '', file);
  };
  const apart = name.template.includes('$jobnum') || folders.length > 1;
  return Array.from({ length: apart ? numjobs : 1 }, (_, clone) => pathOf(clone));
}

/** Of several clones' files, what holds for all of them. */
function sideOf(files: readonly RealFile[], direct: boolean): Side {
  const [first] = files;
  const facts = files.map((file) => file.facts);
  const ends = facts.map(({ kind, sizeBytes }) => (kind === 'block' ? sizeBytes : Infinity));
  return {
    name: first?.path ?? '',
    keys: first === undefined ? [''] : files.map(({ path }) => path),
    sizeBytes: first === undefined ? 0 : Math.min(...facts.map(({ sizeBytes }) => sizeBytes)),
    endBytes: Math.min(Infinity, ...ends),
    blockBytes: direct ? Math.max(1, ...facts.map((one) => one.logicalBlockBytes)) : 1,
  };
}
