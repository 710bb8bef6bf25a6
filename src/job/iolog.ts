/**
 * A job that replays a log (read_iolog): what the log says of files, directions, sizes and amounts
 * stands in place of the options for them. As in fio those are without effect, and each clone
 * replays the whole log, once.
 *
 * A log has reads and writes, trims and writes, or copies: these are measured apart, and each of
 * them is what `rw` of a job can say.
 */

import type { OptionValue } from '../units/value.ts';
import { listText } from './file-names.ts';
import { amendmentOf } from './iolog-amend.ts';
import type { Iologs, ReadIolog } from './iolog-cache.ts';
import type { Doing, Replay } from './iolog-replay.ts';
import type { Shape } from './region.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';

/** What a log makes of a job. */
export interface Replayed extends Pick<Replay, 'entries' | 'files'>, Pick<Doing, 'plan'> {
  readonly path: string;
  /** With what the log says in place of what the file says. */
  readonly settings: Settings;
  readonly shape: Shape;
}

/** undefined: the log has mistakes, which have been reported; null: no log is replayed. */
export function resolveIolog(settings: Settings, logs: Iologs): Replayed | null | undefined {
  const path = settings.optionalText('read_iolog');
  if (path === null) {
    warnWithoutLog(settings);
    return settings.isBroken('read_iolog') ? undefined : null;
  }
  refuseBeside(settings);
  const log = logs.at(path);
  if ('problem' in log) {
    settings.refuse(['read_iolog'], `${path}: ${log.problem}`);
    return undefined;
  }
  for (const { line, what } of log.mistakes) settings.refuseIn({ file: path, line }, what);
  const amendment = amendmentOf(settings);
  if (log.mistakes.length > 0 || amendment === null) return undefined;
  const replay = logs.replay(path, log, amendment);
  const { mistake, does, entries, files } = replay;
  if (mistake !== null) {
    settings.refuseIn({ file: path, line: mistake.line }, mistake.what);
    return undefined;
  }
  warnDifferences(settings, path, log, replay);
  if (does === null) {
    settings.refuse(['read_iolog'], whyNoJob(replay, path));
    return undefined;
  }
  warnOverruled(settings);
  if (!settings.isHarmless('steadystate_duration')) {
    settings.warn(
      'steadystate_duration',
      `ends the job when it is steady, with ${path} maybe half done`,
    );
  }
  const shape = { ...does.shape, numjobs: settings.int('numjobs') };
  const { plan } = does;
  return { path, entries, files, plan, settings: settings.saying(said(replay, does)), shape };
}

/** Where what is done is not what one may read in the log. */
function warnDifferences(
  settings: Settings,
  path: string,
  { waits }: ReadIolog,
  { lostSyncs }: Replay,
): void {
  if (waits > 0) {
    const what =
      `${path} waits, which is taken as fio 3.33 does: until so many ms after the start; fio's ` +
      'manual says µs since the last wait';
    settings.warn('read_iolog', what);
  }
  if (lostSyncs === 0) return;
  const why =
    settings.kind === 'simulated'
      ? 'simulated devices have no cache that could be lost'
      : 'nothing was done to the file before';
  const what = `${lostSyncs} of the syncs in ${path} have no effect: ${why}`;
  settings.warn('read_iolog', what);
}

function whyNoJob({ directions }: Replay, path: string): string {
  if (directions.length === 0) return `${path} has no I/O, or replay_skip leaves all of it out`;
  return (
    `${path} has ${directions.join(' and ')} I/Os; one job does reads and writes, or trims and ` +
    'writes, or copies: give each a log of its own, or leave the others out by replay_skip'
  );
}

/** Options that a log overrules, with what it says; null: it is as if they were not given. */
function said(
  { files, destFiles }: Replay,
  { rw, bytes, plan: { ios } }: Doing,
): ReadonlyMap<string, OptionValue | null> {
  const elsewhere = rw === 'copy' && destFiles.some((name, index) => name !== files[index]);
  const values = new Map<string, OptionValue | null>(OVERRULED.map((name) => [name, null]));
  values.set('rw', rw).set('filename', listText(files)).set('number_ios', ios);
  values.set('io_size', bytes);
  if (elsewhere) values.set('dest_filename', listText(one(destFiles)));
  // What was copied may be written over further down.
  return values.set('verify', 'none');
}

/** One for all, where it is. */
function one(names: readonly string[]): readonly string[] {
  return new Set(names).size === 1 ? names.slice(0, 1) : names;
}

const OVERRULED = [
  'rw',
  'filename',
  'dest_filename',
  'directory',
  'filename_format',
  'nrfiles',
  'filesize',
  'file_service_type',
  'openfiles',
  'size',
  'io_size',
  'number_ios',
  'loops',
  'time_based',
  'offset',
  'offset_align',
  'offset_increment',
  'dest_offset',
  'dest_offset_delta',
  'num_range',
  'bs',
  'bsrange',
  'bssplit',
  'bs_is_seq_rand',
  'bs_unaligned',
  'ba',
  'norandommap',
  'random_distribution',
  'percentage_random',
  'rwmixread',
] as const;

function warnOverruled(settings: Settings): void {
  for (const name of OVERRULED) {
    if (!settings.isOwn(name) || settings.isHarmless(name)) continue;
    settings.warn(name, 'has no effect: read_iolog says which I/Os there are, and on what');
  }
}

/**
 * What would hold I/Os back that have times of their own, leave some out, or read what nobody wrote
 * as it says.
 */
function refuseBeside(settings: Settings): void {
  for (const name of ['rate', 'rate_iops', 'thinktime', 'flow'] as const) {
    if (!settings.has(name) || settings.isHarmless(name)) continue;
    const what = 'holds I/Os back, and those of read_iolog have their times; remove one of them';
    settings.refuse([name, 'read_iolog'], what);
  }
  if (!settings.isHarmless('latency_target')) {
    const what = 'ends the job when it has its depth, and read_iolog when all is done; remove one';
    settings.refuse(['latency_target', 'read_iolog'], what);
  }
  const verify = settings.optionalText('verify');
  if (verify !== null && verify !== 'none') {
    const what = 'knows what a job wrote, not what a log did; write verify=none';
    settings.refuse(['verify', 'read_iolog'], what);
  }
}

/** A log that could not be read again: blanks part the words of its lines. */
export function checkWritten(settings: Settings, targets: readonly Target[]): void {
  if (!settings.has('write_iolog')) return;
  const names = targets.flatMap(({ source, destination }) => [source.name, destination.name]);
  const blank = names.find((name) => /\s/.test(name));
  if (blank === undefined) return;
  const what = `would name ${blank}, whose blanks part a line in two; give a name without`;
  settings.refuse(['write_iolog', 'filename', 'dest_filename'], what);
}

const OF_REPLAYS = [
  'replay_no_stall',
  'replay_redirect',
  'replay_scale',
  'replay_align',
  'replay_time_scale',
  'replay_skip',
] as const;

function warnWithoutLog(settings: Settings): void {
  for (const name of OF_REPLAYS) {
    if (!settings.isOwn(name) || settings.isHarmless(name)) continue;
    settings.warn(name, 'has no effect without read_iolog');
  }
}
