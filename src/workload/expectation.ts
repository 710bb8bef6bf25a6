/**
 * The check of a job's copies: what each destination block should hold at the end is what its
 * source held when the copy was issued. Kept as a fingerprint per unit of the destination region,
 * read straight from the device's content, outside modelled time.
 *
 * Where another write, of any job, met the copy, nobody can say what a unit should hold: a source
 * written while the copy was under way, a destination written meanwhile or afterwards, a copy that
 * failed over it. Such units are held against nothing.
 */

import type { Bytes } from '../units/quantity.ts';
import type { Slots } from './slots.ts';
import { type WriteLedger, WriteMarks } from './write-ledger.ts';

/** What the check reads of a device: its ContentAccess has it. */
export interface Fingerprints {
  fingerprints(firstUnit: number, units: number, into: Float64Array, at: number): void;
}

export interface Checked {
  readonly content: Fingerprints;
  readonly ledger: WriteLedger;
}

export interface CheckedRegion {
  /** Of the destination. */
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  /** What `errors` counts: logical blocks of the destination. */
  readonly blockBytes: Bytes;
}

const UNKNOWN = -1;

export class Expectation {
  private readonly slots: Slots;
  private readonly source: Checked;
  private readonly destination: Checked;
  private readonly marks: WriteMarks;
  private readonly unitBytes: Bytes;
  private readonly blockUnits: number;
  private readonly firstUnit: number;
  private readonly expected: Float64Array;
  /** Ledger stamp of our own last write to a unit: another one since then is another's write. */
  private readonly stamps: Float64Array;
  /** By slot: the order of writes when its copy was issued. */
  private readonly issuedStamps: Float64Array;

  constructor(slots: Slots, source: Checked, destination: Checked, region: CheckedRegion) {
    this.slots = slots;
    this.source = source;
    this.destination = destination;
    this.marks = new WriteMarks(slots, destination.ledger);
    this.unitBytes = destination.ledger.unitBytes;
    this.blockUnits = region.blockBytes / this.unitBytes;
    this.firstUnit = region.offsetBytes / this.unitBytes;
    const units = Math.ceil(region.sizeBytes / this.unitBytes);
    this.expected = new Float64Array(units).fill(UNKNOWN);
    this.stamps = new Float64Array(units);
    this.issuedStamps = new Float64Array(slots.depth);
  }

  issued(slot: number): void {
    this.marks.issued(slot);
    const { ledger } = this.destination;
    this.issuedStamps[slot] = ledger.nowStamp;
    let at = this.begin(slot);
    const rangeUnits = this.rangeUnits(slot);
    for (let range = 0; range < this.ranges(slot); range += 1) {
      const source = this.sourceUnit(slot, range);
      this.source.content.fingerprints(source, rangeUnits, this.expected, at);
      for (let unit = 0; unit < rangeUnits; unit += 1, at += 1) {
        const met =
          this.source.ledger.inFlight(source + unit) > 0 ||
          ledger.inFlight(this.firstUnit + at) > 1;
        if (met) this.expected[at] = UNKNOWN;
        this.stamps[at] = ledger.stamp(this.firstUnit + at);
      }
    }
  }

  ended(slot: number, doneBytes: Bytes): void {
    const { ledger } = this.destination;
    const issuedStamp = this.issuedStamps[slot] ?? 0;
    const begin = this.begin(slot);
    const good = begin + doneBytes / this.unitBytes;
    let at = begin;
    const rangeUnits = this.rangeUnits(slot);
    for (let range = 0; range < this.ranges(slot); range += 1) {
      const source = this.sourceUnit(slot, range);
      for (let unit = 0; unit < rangeUnits; unit += 1, at += 1) {
        const met =
          this.source.ledger.stamp(source + unit) > issuedStamp ||
          ledger.stamp(this.firstUnit + at) !== this.stamps[at] ||
          ledger.inFlight(this.firstUnit + at) > 1;
        if (met || at >= good) this.expected[at] = UNKNOWN;
      }
    }
    this.marks.ended(slot);
    for (let unit = begin; unit < at; unit += 1) {
      this.stamps[unit] = ledger.stamp(this.firstUnit + unit);
    }
  }

  /** Logical blocks of the destination that do not hold what they should. */
  errors(): number {
    const found = new Float64Array(this.expected.length);
    this.destination.content.fingerprints(this.firstUnit, found.length, found, 0);
    let errors = 0;
    for (let block = 0; block < found.length; block += this.blockUnits) {
      if (this.blockIsWrong(block, found)) errors += 1;
    }
    return errors;
  }

  private blockIsWrong(block: number, found: Float64Array): boolean {
    const { ledger } = this.destination;
    for (let unit = block; unit < block + this.blockUnits; unit += 1) {
      const expected = this.expected[unit];
      if (expected === undefined || expected === UNKNOWN || expected === found[unit]) continue;
      if (ledger.stamp(this.firstUnit + unit) === this.stamps[unit]) return true;
    }
    return false;
  }

  private begin(slot: number): number {
    return (this.slots.destOffsetBytes[slot] ?? 0) / this.unitBytes - this.firstUnit;
  }

  private ranges(slot: number): number {
    return this.slots.rangeCount[slot] ?? 0;
  }

  /** Sources of one copy are of one length. */
  private rangeUnits(slot: number): number {
    return (this.slots.lengthBytes[slot] ?? 0) / this.ranges(slot) / this.unitBytes;
  }

  private sourceUnit(slot: number, range: number): number {
    const { rangeOffsetBytes, numRange } = this.slots;
    return (rangeOffsetBytes[slot * numRange + range] ?? 0) / this.unitBytes;
  }
}
