/**
 * What a log, amended, is as a job: its rw, its sizes, its I/Os. A function of log and options
 * alone, as amend.
 */

import { IOLOG_DIRECTIONS, type IologPlan } from './iolog-plan.ts';
import { amend, type Amended, type Amendment } from './iolog-amend.ts';
import type { IologEntry } from './iolog-text.ts';
import { DIRECTIONS, type Direction, type Rw, type SizesPlan } from './plan.ts';
import type { Shape } from './region.ts';
import { rwMeaning } from './rw.ts';

export interface Replay extends Amended {
  /** That it has I/Os of. */
  readonly directions: readonly Direction[];
  /** null: no one job does those directions. */
  readonly does: Doing | null;
}

export interface Doing {
  readonly rw: Rw;
  readonly bytes: number;
  readonly shape: Omit<Shape, 'numjobs'>;
  readonly plan: IologPlan;
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

export function replayOf(log: readonly IologEntry[], amendment: Amendment): Replay {
  const found = amend(log, amendment);
  const has = new Set(found.entries.map(({ action }) => action));
  const directions = DIRECTIONS.filter((direction) => has.has(direction));
  const rw = RW_OF.get(directions.join(' '));
  if (rw === undefined) return { ...found, directions, does: null };
  const bytes = found.entries.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  const does = { rw, bytes, shape: shapeOf(found, rw), plan: planOf(found) };
  return { ...found, directions, does };
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

function shapeOf({ entries }: Amended, rw: Rw): Doing['shape'] {
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
  };
}
