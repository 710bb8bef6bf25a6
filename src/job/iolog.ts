/**
 * A job that replays a log (read_iolog): what the log says of files, directions, sizes and amounts
 * stands in place of the options for them. As in fio those are without effect, and each clone
 * replays the whole log, once.
 *
 * A log has reads and writes, trims and writes, or copies: these are measured apart, and each of
 * them is what `rw` of a job can say.
 */

import type { OptionValue } from '../units/value.ts';
import type { Iologs } from './iolog-cache.ts';
import { IOLOG_DIRECTIONS, type IologPlan } from './iolog-plan.ts';
import { amended, type Amended } from './iolog-amend.ts';
import { DIRECTIONS, type Direction, type Rw, type SizesPlan } from './plan.ts';
import type { Shape } from './region.ts';
import { rwMeaning } from './rw.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';

/** What a log makes of a job. */
export interface Replayed extends Amended {
  /** With what the log says in place of what the file says. */
  readonly settings: Settings;
  readonly shape: Shape;
  readonly plan: IologPlan;
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
  if (log.mistakes.length > 0) return undefined;
  if (log.waits > 0) {
    const what =
      `${path} waits, which is taken as fio 3.33 does: until so many ms after the start; fio's ` +
      'manual says µs since the last wait';
    settings.warn('read_iolog', what);
  }
  const found = amended(settings, log.entries, path);
  const rw = found === null ? null : rwOf(settings, found);
  if (found === null || rw === null) return undefined;
  warnOverruled(settings);
  const plan = planOf(found);
  const shape = shapeOf(found, rw, settings.int('numjobs'));
  return { ...found, settings: settings.saying(said(found, rw, plan.ios)), shape, plan };
}

/** By what a log has, beside syncs. */
const RW_OF: ReadonlyMap<string, Rw> = new Map([
  ['read', 'read'],
  ['write', 'write'],
  ['read write', 'rw'],
  ['trim', 'trim'],
  ['write trim', 'trimwrite'],
  ['copy', 'copy'],
]);

function rwOf(settings: Settings, { entries, path }: Amended): Rw | null {
  const has = new Set(entries.map(({ action }) => action));
  const directions = DIRECTIONS.filter((direction) => has.has(direction));
  if (directions.length === 0) {
    settings.refuse(['read_iolog'], `${path} has no I/O, or replay_skip leaves all of it out`);
    return null;
  }
  const rw = RW_OF.get(directions.join(' '));
  if (rw !== undefined) return rw;
  const what =
    `${path} has ${directions.join(' and ')} I/Os; one job does reads and writes, or trims and ` +
    'writes, or copies: give each a log of its own, or leave the others out by replay_skip';
  settings.refuse(['read_iolog'], what);
  return null;
}

/** Entries are those that move bytes. */
function planOf({ entries, files, syncs }: Amended): IologPlan {
  return {
    ios: entries.length,
    direction: Uint8Array.from(entries, ({ action }) =>
      IOLOG_DIRECTIONS.findIndex((direction) => direction === action),
    ),
    file: Uint16Array.from(entries, ({ file }) => files.indexOf(file)),
    offsetBytes: Float64Array.from(entries, ({ offsetBytes }) => offsetBytes),
    lengthBytes: Float64Array.from(entries, ({ lengthBytes }) => lengthBytes),
    destOffsetBytes: Float64Array.from(entries, ({ destOffsetBytes }) => destOffsetBytes),
    dueNs: Float64Array.from(entries, ({ dueNs }) => dueNs),
    sync: Uint8Array.from(syncs),
  };
}

const DEFAULT_BYTES = 4096;

function shapeOf({ entries }: Amended, rw: Rw, numjobs: number): Shape {
  const least: Record<Direction, number> = { read: 0, write: 0, trim: 0, copy: 0 };
  const most: Record<Direction, number> = { read: 0, write: 0, trim: 0, copy: 0 };
  for (const { action, lengthBytes } of entries) {
    if (action === 'sync' || action === 'datasync') continue;
    least[action] = Math.min(least[action] === 0 ? Infinity : least[action], lengthBytes);
    most[action] = Math.max(most[action], lengthBytes);
  }
  const by = <T>(value: (low: number, high: number) => T) => {
    const at = (direction: Direction) =>
      most[direction] === 0
        ? value(DEFAULT_BYTES, DEFAULT_BYTES)
        : value(least[direction], most[direction]);
    return { read: at('read'), write: at('write'), trim: at('trim'), copy: at('copy') };
  };
  const each = by((lowBytes, highBytes) =>
    lowBytes === highBytes
      ? ({ kind: 'fixed', bytes: lowBytes } as const)
      : ({ kind: 'range', lowBytes, highBytes, unaligned: true } as const),
  );
  const sizes: SizesPlan = { drawn: each, following: each, alignBytes: by(() => null) };
  const one = DIRECTIONS.every((direction) => least[direction] === most[direction]);
  return {
    directions: rwMeaning(rw).directions,
    bsBytes: by((_, high) => high),
    sizes: one ? null : sizes,
    numRange: 1,
    numjobs,
  };
}

/** Options that a log overrules, with what it says; null: it is as if they were not given. */
function said(
  { files, destFiles, entries }: Amended,
  rw: Rw,
  ios: number,
): ReadonlyMap<string, OptionValue | null> {
  const bytes = entries.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  const elsewhere = rw === 'copy' && destFiles.some((name, index) => name !== files[index]);
  const values = new Map<string, OptionValue | null>(OVERRULED.map((name) => [name, null]));
  values.set('rw', rw).set('filename', listed(files)).set('number_ios', ios).set('io_size', bytes);
  if (elsewhere) values.set('dest_filename', listed(one(destFiles)));
  // What was copied may be written over further down.
  return values.set('verify', 'none');
}

/** As an option names files. */
function listed(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(':', '\\:')).join(':');
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
  'size',
  'io_size',
  'number_ios',
  'loops',
  'time_based',
  'offset',
  'offset_increment',
  'dest_offset',
  'dest_offset_delta',
  'num_range',
  'bs',
  'bsrange',
  'bssplit',
  'bs_is_seq_rand',
  'ba',
  'norandommap',
  'random_distribution',
  'percentage_random',
  'rwmixread',
] as const;

function warnOverruled(settings: Settings): void {
  for (const name of OVERRULED) {
    if (!settings.isOwn(name)) continue;
    settings.warn(name, 'has no effect: read_iolog says which I/Os there are, and on what');
  }
}

/** What would hold I/Os back that have times of their own, or read what nobody wrote as it says. */
function refuseBeside(settings: Settings): void {
  for (const name of ['rate', 'rate_iops', 'thinktime', 'flow'] as const) {
    if (!settings.has(name) || settings.isHarmless(name)) continue;
    const what = 'holds I/Os back, and those of read_iolog have their times; remove one of them';
    settings.refuse([name, 'read_iolog'], what);
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
