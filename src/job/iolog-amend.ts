/**
 * The I/Os of a log as a job replays them: some left out, on other files, at other offsets and
 * times (the options replay_*). Offsets are divided by replay_scale first, then rounded down to
 * replay_align, as in fio; lengths stay.
 */

import { ACTIONS, type IologAction, type IologEntry } from './iolog-text.ts';
import type { Settings } from './settings.ts';

export interface Amended {
  readonly path: string;
  /** Those that move bytes. */
  readonly entries: readonly IologEntry[];
  /** By entry: what follows it, as IologPlan.sync. */
  readonly syncs: readonly number[];
  /** Each once, as they come. */
  readonly files: readonly string[];
  /** By file, where its copies go. */
  readonly destFiles: readonly string[];
}

const FSYNC = 1;
const FDATASYNC = 2;
const PERCENT = 100;

/** null: with mistakes, which have been reported. */
export function amended(
  settings: Settings,
  log: readonly IologEntry[],
  path: string,
): Amended | null {
  const skipped = skippedBy(settings);
  const kept = log
    .filter(({ action }) => !skipped.has(action === 'datasync' ? 'sync' : action))
    .map(amendment(settings));
  const entries = kept.filter(({ action }) => action !== 'sync' && action !== 'datasync');
  const files = [...new Set(entries.map(({ file }) => file))];
  const destFiles = destinationsOf(settings, entries, files, path);
  if (destFiles === null) return null;
  return { path, entries, syncs: syncsOf(settings, kept, entries, path), files, destFiles };
}

function amendment(settings: Settings): (entry: IologEntry) => IologEntry {
  const redirect = settings.optionalText('replay_redirect');
  const scale = Math.max(1, settings.int('replay_scale'));
  const align = Math.max(1, settings.int('replay_align'));
  const at = (offsetBytes: number) => {
    const scaled = Math.floor(offsetBytes / scale);
    return scaled - (scaled % align);
  };
  const percent = settings.flag('replay_no_stall') ? null : settings.int('replay_time_scale');
  return (entry) => ({
    ...entry,
    file: redirect ?? entry.file,
    destFile: redirect ?? entry.destFile,
    offsetBytes: at(entry.offsetBytes),
    destOffsetBytes: at(entry.destOffsetBytes),
    dueNs: percent === null ? 0 : (entry.dueNs * PERCENT) / percent,
  });
}

function skippedBy(settings: Settings): ReadonlySet<string> {
  const names = (settings.optionalText('replay_skip') ?? '')
    .split(',')
    .filter((name) => name !== '');
  const known: readonly IologAction[] = ACTIONS.filter((action) => action !== 'datasync');
  const unknown = names.find((name) => !known.some((action) => action === name));
  if (unknown !== undefined) {
    const what = `${unknown} is no kind of I/O; give some of ${known.join(', ')}`;
    settings.refuse(['replay_skip'], what);
  }
  return new Set(names);
}

/** A job's file has one other that its copies go to. */
function destinationsOf(
  settings: Settings,
  entries: readonly IologEntry[],
  files: readonly string[],
  path: string,
): readonly string[] | null {
  const found = new Map<string, string>();
  for (const { action, file, destFile, line } of entries) {
    if (action !== 'copy') continue;
    const known = found.get(file) ?? destFile;
    if (known !== destFile) {
      const what =
        `copies of ${file} go to ${known} above, and to ${destFile} here; a job copies each file ` +
        'to one, so give these a log of their own';
      settings.refuseIn({ file: path, line }, what);
      return null;
    }
    found.set(file, destFile);
  }
  return files.map((file) => found.get(file) ?? file);
}

/** A sync follows the last I/O of its file. */
function syncsOf(
  settings: Settings,
  kept: readonly IologEntry[],
  entries: readonly IologEntry[],
  path: string,
): readonly number[] {
  const syncs = new Array<number>(entries.length).fill(0);
  const last = new Map<string, number>();
  let index = 0;
  let lost = 0;
  for (const { action, file } of kept) {
    if (action !== 'sync' && action !== 'datasync') {
      last.set(file, index);
      index += 1;
      continue;
    }
    const at = last.get(file);
    if (at === undefined || settings.kind === 'simulated') lost += 1;
    else if (syncs[at] !== FSYNC) syncs[at] = action === 'sync' ? FSYNC : FDATASYNC;
  }
  if (lost > 0) settings.warn('read_iolog', whyLost(settings, lost, path));
  return syncs;
}

function whyLost({ kind }: Settings, lost: number, path: string): string {
  const why =
    kind === 'simulated'
      ? 'simulated devices have no cache that could be lost'
      : 'nothing was done to the file before';
  return `${lost} of the syncs in ${path} have no effect: ${why}`;
}
