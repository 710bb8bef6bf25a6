/** Which real files or block devices the clones of a job work on, and where their copies go. */

import { join } from 'node:path';
import { present } from '../units/assert.ts';
import type { Settings } from './settings.ts';
import type { Side, Target } from './side.ts';
import type { RealFile, Surroundings } from './surroundings.ts';

export interface RealTarget extends Target {
  /** One for all clones, or one for each; none: the null engine has no use for any. */
  readonly files: readonly RealFile[];
  readonly destFiles: readonly RealFile[];
}

/** Options that name files. */
const NAMES = ['filename', 'dest_filename', 'directory', 'filename_format'] as const;

/** null: they have no names, which has been reported. */
export function resolveRealTarget(
  settings: Settings,
  surroundings: Surroundings,
  numjobs: number,
): RealTarget | null {
  if (settings.text('ioengine') === 'null' && !settings.has('filename')) {
    const nowhere = sideOf([], false);
    return { host: '', files: [], destFiles: [], source: nowhere, destination: nowhere };
  }
  if (NAMES.some((name) => settings.isBroken(name))) return null;
  if (!namesOneFile(settings)) return null;
  const look = (name: string): readonly RealFile[] =>
    pathsOf(settings, name, numjobs).map((path) => surroundings.fileAt(path));
  const files = look(sourceName(settings));
  const destination = settings.optionalText('dest_filename');
  const destFiles = destination === null ? files : look(destination);
  if (!haveOneEach(settings, files, 'filename')) return null;
  if (!haveOneEach(settings, destFiles, 'dest_filename')) return null;
  const direct = settings.flag('direct');
  return {
    host: '',
    files,
    destFiles,
    source: sideOf(files, direct),
    destination: sideOf(destFiles, direct),
  };
}

/** As it is given, or made of the names of job and clone. */
function sourceName(settings: Settings): string {
  const format = settings.optionalText('filename_format') ?? '$jobname.$jobnum.$filenum';
  return settings.optionalText('filename') ?? format;
}

/** What clone n works on. */
export function fileOf(files: readonly RealFile[], clone: number): RealFile {
  return present(files[files.length === 1 ? 0 : clone], `a file of clone ${clone}`);
}

function namesOneFile(settings: Settings): boolean {
  for (const option of NAMES) {
    if (!/(?<!\\):/.test(settings.optionalText(option) ?? '')) continue;
    const what =
      'a list of several targets is not supported yet; give each a job of its own (a : that is ' +
      'part of a name is written \\:)';
    settings.refuse([option], what);
    return false;
  }
  if (settings.has('filename') || !usesJobName(settings)) return true;
  const what = `${settings.job} is no name for the files of a job, as it has a /; give filename=`;
  settings.refuse(['filename'], what);
  return false;
}

/** A name with a / would lie in a folder that nobody has named. */
function usesJobName(settings: Settings): boolean {
  const format = settings.optionalText('filename_format') ?? '$jobname';
  return format.includes('$jobname') && settings.job.includes('/');
}

/** Links may make one file of the files of two clones, which would work in each other's. */
function haveOneEach(settings: Settings, files: readonly RealFile[], option: string): boolean {
  const twice = files.find((file, clone) => files.indexOf(file) < clone);
  if (twice === undefined) return true;
  const what = `two clones would work on ${twice.path}, under several names; give each its own`;
  settings.refuse([option, 'filename', 'directory'], what);
  return false;
}

/** Each clone's, or the one that they share. */
function pathsOf(settings: Settings, name: string, numjobs: number): readonly string[] {
  const folder = unescaped(settings.optionalText('directory') ?? '');
  const pathOf = (clone: number): string => {
    const file = expanded(unescaped(name), settings.job, clone);
    return file.startsWith('/') ? file : join(folder, file);
  };
  const count = name.includes('$jobnum') ? numjobs : 1;
  return Array.from({ length: count }, (_, clone) => pathOf(clone));
}

function expanded(name: string, job: string, clone: number): string {
  const values: Readonly<Record<string, string>> = {
    jobname: job,
    jobnum: `${clone}`,
    filenum: '0',
  };
  return name.replace(/\$(jobname|jobnum|filenum)/g, (_, key: string) => values[key] ?? '');
}

function unescaped(name: string): string {
  return name.replaceAll('\\:', ':');
}

/** Of several files, what holds for all of them. */
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
