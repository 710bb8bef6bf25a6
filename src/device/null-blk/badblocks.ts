/**
 * The bad blocks of a null_blk device: the table of block/badblocks.c (at most 512 entries of at
 * most 512 sectors, sorted, neighbours joined where they fit) and the attribute's text as
 * nullb_device_badblocks_store reads it: `+start-end` sets, `-start-end` clears, in sectors.
 *
 * Left out: acknowledged and unacknowledged ranges (null_blk sets acknowledged ones only).
 */

import { assert } from '../../units/assert.ts';
import { SECTOR_BYTES, type Sectors } from '../../units/quantity.ts';
import type { NullBlkConfig } from './config.ts';

const ENTRIES_MAX = 512;
const ENTRY_SECTORS_MAX = 512;

export interface BadRange {
  readonly sector: Sectors;
  readonly lengthSectors: Sectors;
}

interface Change {
  readonly sets: boolean;
  readonly first: Sectors;
  readonly last: Sectors;
}

export class BadBlocks {
  private readonly ranges: BadRange[] = [];

  get entries(): readonly BadRange[] {
    return this.ranges;
  }

  get empty(): boolean {
    return this.ranges.length === 0;
  }

  /**
   * One change, as one write to the attribute; false is EINVAL. What was set before the table
   * filled stays.
   */
  change(text: string): boolean {
    const change = parseChange(text);
    if (change === null) return false;
    const lengthSectors = change.last - change.first + 1;
    return change.sets
      ? this.set(change.first, lengthSectors)
      : this.clear(change.first, lengthSectors);
  }

  set(sector: Sectors, lengthSectors: Sectors): boolean {
    const end = sector + lengthSectors;
    let at = sector;
    while (at < end) {
      const next = this.firstAfter(at);
      const before = this.ranges[next - 1];
      const room = (this.ranges[next]?.sector ?? Infinity) - at;
      if (before !== undefined && endOf(before) > at) {
        at = endOf(before);
      } else if (before !== undefined && endOf(before) === at && roomIn(before) > 0) {
        const taken = Math.min(end - at, roomIn(before), room);
        this.ranges[next - 1] = range(before.sector, endOf(before) + taken);
        at += taken;
      } else {
        if (this.ranges.length === ENTRIES_MAX) return false;
        const taken = Math.min(end - at, ENTRY_SECTORS_MAX, room);
        this.ranges.splice(next, 0, range(at, at + taken));
        at += taken;
      }
    }
    this.join();
    return true;
  }

  clear(sector: Sectors, lengthSectors: Sectors): boolean {
    const end = sector + lengthSectors;
    for (let i = this.ranges.length - 1; i >= 0; i -= 1) {
      const entry = this.ranges[i];
      if (entry === undefined || entry.sector >= end || endOf(entry) <= sector) continue;
      const rest: BadRange[] = [];
      if (entry.sector < sector) rest.push(range(entry.sector, sector));
      if (endOf(entry) > end) rest.push(range(end, endOf(entry)));
      if (this.ranges.length - 1 + rest.length > ENTRIES_MAX) return false;
      this.ranges.splice(i, 1, ...rest);
    }
    return true;
  }

  /** badblocks_check: the first entry that the range touches, whole, or null. */
  check(sector: Sectors, lengthSectors: Sectors): BadRange | null {
    const next = this.firstAfter(sector);
    const before = this.ranges[next - 1];
    if (before !== undefined && endOf(before) > sector) return before;
    const after = this.ranges[next];
    return after !== undefined && after.sector < sector + lengthSectors ? after : null;
  }

  /** Index of the first entry that begins after the sector. */
  private firstAfter(sector: Sectors): number {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ranges[middle]?.sector ?? Infinity) <= sector) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private join(): void {
    for (let i = this.ranges.length - 1; i > 0; i -= 1) {
      const back = this.ranges[i];
      const front = this.ranges[i - 1];
      if (back === undefined || front === undefined || endOf(front) !== back.sector) continue;
      if (front.lengthSectors + back.lengthSectors > ENTRY_SECTORS_MAX) continue;
      this.ranges.splice(i - 1, 2, range(front.sector, endOf(back)));
    }
  }
}

function range(first: Sectors, end: Sectors): BadRange {
  return { sector: first, lengthSectors: end - first };
}

function endOf(entry: BadRange): Sectors {
  return entry.sector + entry.lengthSectors;
}

function roomIn(entry: BadRange): Sectors {
  return ENTRY_SECTORS_MAX - entry.lengthSectors;
}

/**
 * null_handle_badblocks: how many sectors of a request may be transferred. Without a bad block in
 * it, all; else none, or with badblocks_partial_io the blocks before it. With badblocks_once the
 * entry is cleared.
 */
export function goodSectors(
  badblocks: BadBlocks,
  sector: Sectors,
  lengthSectors: Sectors,
  config: NullBlkConfig,
): Sectors {
  const hit = badblocks.check(sector, lengthSectors);
  if (hit === null) return lengthSectors;
  if (config.badblocksOnce) badblocks.clear(hit.sector, hit.lengthSectors);
  if (!config.badblocksPartialIo) return 0;
  const firstBad = hit.sector - (hit.sector % (config.blockBytes / SECTOR_BYTES));
  return Math.max(0, firstBad - sector);
}

/** The table that a job file's list leads to; rules.ts has refused what would not be taken. */
export function badblocksOf(text: string): BadBlocks {
  const badblocks = new BadBlocks();
  for (const change of listChanges(text)) {
    assert(badblocks.change(change), 'the changes of badblocks are checked');
  }
  return badblocks;
}

/** The changes that a job file lists, separated by blanks or commas. */
export function listChanges(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((change) => change !== '');
}

function parseChange(text: string): Change | null {
  const match = /^([+-])(0x[0-9a-f]+|[0-9]+)-(0x[0-9a-f]+|[0-9]+)$/i.exec(text.trim());
  if (match === null) return null;
  const first = Number(match[2]);
  const last = Number(match[3]);
  return first > last ? null : { sets: match[1] === '+', first, last };
}
