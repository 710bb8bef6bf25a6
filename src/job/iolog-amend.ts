/**
 * The I/Os of a log as a job replays them: some left out, on other files, at other offsets and
 * times (the options replay_*). Offsets are divided by replay_scale first, then rounded down to
 * replay_align, as in fio; lengths stay.
 *
 * `amend` is a function of log and options alone, so that Iologs may do it once for all jobs and
 * points that ask the same; what is to be told of it is told by each of them.
 */

import { expansionIn } from './file-names.ts';
import { ACTIONS, type IologAction, type IologEntry, type IologMistake } from './iolog-text.ts';
import type { TargetKind } from './options/job-option.ts';
import type { Settings } from './settings.ts';

/** What a job makes of its log. */
export interface Amendment {
  readonly kind: TargetKind;
  /** null: the files that the log names. */
  readonly redirect: string | null;
  readonly scale: number;
  readonly alignBytes: number;
  /** Of the speed that the log has; null: as fast as it goes. */
  readonly percent: number | null;
  readonly skipped: readonly string[];
}

export interface Amended {
  /** Those that move bytes. */
  readonly entries: readonly IologEntry[];
  /** By entry: what follows it, as IologPlan.sync. */
  readonly syncs: readonly number[];
  /** Those that have no effect. */
  readonly lostSyncs: number;
  /** Each once, as they come. */
  readonly files: readonly string[];
  /** By file, where its copies go. */
  readonly destFiles: readonly string[];
  /** null: files and destFiles can be those of one job. */
  readonly mistake: IologMistake | null;
}

const FSYNC = 1;
const FDATASYNC = 2;
const PERCENT = 100;

/** null: with mistakes, which have been reported. */
export function amendmentOf(settings: Settings): Amendment | null {
  const before = settings.refusals;
  const redirect = settings.optionalText('replay_redirect');
  const expansion = redirect === null ? null : expansionIn(redirect);
  if (expansion !== null) settings.refuse(['replay_redirect'], `${expansion}; give another name`);
  const skipped = skippedBy(settings);
  if (settings.refusals > before) return null;
  return {
    kind: settings.kind,
    redirect,
    scale: Math.max(1, settings.int('replay_scale')),
    alignBytes: Math.max(1, settings.int('replay_align')),
    percent: settings.flag('replay_no_stall') ? null : settings.int('replay_time_scale'),
    skipped,
  };
}

export function amend(log: readonly IologEntry[], amendment: Amendment): Amended {
  const skipped = new Set(amendment.skipped);
  const kept = log
    .filter(({ action }) => !skipped.has(action === 'datasync' ? 'sync' : action))
    .map((entry) => amendedEntry(entry, amendment));
  const entries = kept.filter(({ action }) => action !== 'sync' && action !== 'datasync');
  const files = [...new Set(entries.map(({ file }) => file))];
  const destinations = destinationsOf(entries);
  return {
    entries,
    ...syncsOf(kept, entries.length, amendment.kind),
    files,
    destFiles: files.map((file) => destinations.get(file) ?? file),
    mistake: nameMistake(entries) ?? destinationMistake(entries, destinations),
  };
}

function amendedEntry(entry: IologEntry, amendment: Amendment): IologEntry {
  const { redirect, scale, alignBytes, percent } = amendment;
  const at = (offsetBytes: number) => {
    const scaled = Math.floor(offsetBytes / scale);
    return scaled - (scaled % alignBytes);
  };
  return {
    ...entry,
    file: redirect ?? entry.file,
    destFile: redirect ?? entry.destFile,
    offsetBytes: at(entry.offsetBytes),
    destOffsetBytes: at(entry.destOffsetBytes),
    dueNs: percent === null ? 0 : (entry.dueNs * PERCENT) / percent,
  };
}

function skippedBy(settings: Settings): readonly string[] {
  const names = (settings.optionalText('replay_skip') ?? '')
    .split(',')
    .filter((name) => name !== '');
  const known: readonly IologAction[] = ACTIONS.filter((action) => action !== 'datasync');
  const unknown = names.find((name) => !known.some((action) => action === name));
  if (unknown !== undefined) {
    const what = `${unknown} is no kind of I/O; give some of ${known.join(', ')}`;
    settings.refuse(['replay_skip'], what);
  }
  return names;
}

/** A log names files literally, and what it says stands in place of filename, which does not. */
function nameMistake(entries: readonly IologEntry[]): IologMistake | null {
  const plain = new Set<string>();
  for (const { file, destFile, line } of entries) {
    for (const name of [file, destFile]) {
      if (plain.has(name)) continue;
      const expansion = expansionIn(name);
      if (expansion !== null) return { line, what: `${expansion}; give replay_redirect` };
      plain.add(name);
    }
  }
  return null;
}

/** By file, where its first copy goes. */
function destinationsOf(entries: readonly IologEntry[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { action, file, destFile } of entries) {
    if (action === 'copy' && !found.has(file)) found.set(file, destFile);
  }
  return found;
}

/** A job's file has one other that its copies go to. */
function destinationMistake(
  entries: readonly IologEntry[],
  destinations: ReadonlyMap<string, string>,
): IologMistake | null {
  for (const { action, file, destFile, line } of entries) {
    const known = destinations.get(file);
    if (action !== 'copy' || known === destFile) continue;
    const what =
      `copies of ${file} go to ${known} above, and to ${destFile} here; a job copies each file ` +
      'to one, so give these a log of their own';
    return { line, what };
  }
  return null;
}

/** A sync follows the last I/O of its file. */
function syncsOf(
  kept: readonly IologEntry[],
  entries: number,
  kind: TargetKind,
): Pick<Amended, 'syncs' | 'lostSyncs'> {
  const syncs = new Array<number>(entries).fill(0);
  const last = new Map<string, number>();
  let index = 0;
  let lostSyncs = 0;
  for (const { action, file } of kept) {
    if (action !== 'sync' && action !== 'datasync') {
      last.set(file, index);
      index += 1;
      continue;
    }
    const at = last.get(file);
    if (at === undefined || kind === 'simulated') lostSyncs += 1;
    else if (syncs[at] !== FSYNC) syncs[at] = action === 'sync' ? FSYNC : FDATASYNC;
  }
  return { syncs, lostSyncs };
}
