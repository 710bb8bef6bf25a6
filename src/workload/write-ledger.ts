/**
 * Who has written where, and when, on one device: a number per unit that rises with each write
 * begun or ended there, and how many are in flight to it. With it the check of copies
 * (expectation.ts) knows what other jobs of the world did to its sources and destinations. Kept
 * only where something is checked.
 */

import type { Bytes } from '../units/quantity.ts';
import { COPY, READ, type Slots, TRIM } from './slots.ts';

/** Order of all writes of a world: one for its ledgers. */
export class WriteOrder {
  /** Read it, never set it. */
  last = 0;

  next(): number {
    this.last += 1;
    return this.last;
  }
}

const CHUNK_UNITS = 4096;

class Chunk {
  readonly stamps = new Float64Array(CHUNK_UNITS);
  readonly inFlight = new Uint16Array(CHUNK_UNITS);
}

export class WriteLedger {
  readonly unitBytes: Bytes;
  private readonly order: WriteOrder;
  private readonly chunks = new Map<number, Chunk>();
  /** The one asked for last; null: nobody has written there. */
  private last: Chunk | null = null;
  private lastNumber = -1;

  constructor(order: WriteOrder, unitBytes: Bytes) {
    this.order = order;
    this.unitBytes = unitBytes;
  }

  /** When the last write of any job so far began or ended, anywhere. */
  get nowStamp(): number {
    return this.order.last;
  }

  begin(firstUnit: number, units: number): void {
    this.mark(firstUnit, units, 1);
  }

  end(firstUnit: number, units: number): void {
    this.mark(firstUnit, units, -1);
  }

  /** 0: nobody has written there. */
  stamp(unit: number): number {
    return this.find(Math.floor(unit / CHUNK_UNITS))?.stamps[unit % CHUNK_UNITS] ?? 0;
  }

  inFlight(unit: number): number {
    return this.find(Math.floor(unit / CHUNK_UNITS))?.inFlight[unit % CHUNK_UNITS] ?? 0;
  }

  private mark(firstUnit: number, units: number, change: 1 | -1): void {
    const stamp = this.order.next();
    for (let unit = firstUnit; unit < firstUnit + units; unit += 1) {
      const chunk = this.chunk(Math.floor(unit / CHUNK_UNITS));
      const at = unit % CHUNK_UNITS;
      chunk.stamps[at] = stamp;
      chunk.inFlight[at] = (chunk.inFlight[at] ?? 0) + change;
    }
  }

  private chunk(number: number): Chunk {
    const found = this.find(number);
    if (found !== null) return found;
    const chunk = new Chunk();
    this.chunks.set(number, chunk);
    this.last = chunk;
    return chunk;
  }

  private find(number: number): Chunk | null {
    if (number === this.lastNumber) return this.last;
    this.last = this.chunks.get(number) ?? null;
    this.lastNumber = number;
    return this.last;
  }
}

/** Enters what the slots of a job write. */
export class WriteMarks {
  private readonly slots: Slots;
  private readonly ledger: WriteLedger;

  constructor(slots: Slots, ledger: WriteLedger) {
    this.slots = slots;
    this.ledger = ledger;
  }

  issued(slot: number): void {
    if (this.slots.direction[slot] === READ) return;
    for (let range = 0; range < this.ranges(slot); range += 1) {
      this.ledger.begin(this.firstUnit(slot, range), this.units(slot));
    }
  }

  ended(slot: number): void {
    if (this.slots.direction[slot] === READ) return;
    for (let range = 0; range < this.ranges(slot); range += 1) {
      this.ledger.end(this.firstUnit(slot, range), this.units(slot));
    }
  }

  /** Of what it writes: a trim has several, the destination of a copy is one. */
  private ranges(slot: number): number {
    return this.slots.direction[slot] === TRIM ? (this.slots.rangeCount[slot] ?? 0) : 1;
  }

  private firstUnit(slot: number, range: number): number {
    const { direction, offsetBytes, destOffsetBytes, rangeOffsetBytes, numRange } = this.slots;
    const { unitBytes } = this.ledger;
    if (direction[slot] === TRIM)
      return (rangeOffsetBytes[slot * numRange + range] ?? 0) / unitBytes;
    const offsets = direction[slot] === COPY ? destOffsetBytes : offsetBytes;
    return (offsets[slot] ?? 0) / unitBytes;
  }

  /** Of each range. */
  private units(slot: number): number {
    return (this.slots.lengthBytes[slot] ?? 0) / this.ledger.unitBytes / this.ranges(slot);
  }
}
