/**
 * What a clone has written and nobody has read back yet: in the order in which it was done, the
 * latest write of each unit alone.
 *
 * Left out of it, so that nothing is called wrong that may be right: writes that failed, and those
 * that met another one in flight (fio has serialize_overlap for them).
 */

import type { Bytes } from '../units/quantity.ts';
import type { Slots } from './slots.ts';
import { UnitOwners } from './unit-owners.ts';

/** A row: file, first unit, units, number of the write. */
const ROW = 4;
const FIRST_ROWS = 1024;

export class WriteHistory {
  /** By slot: the number of the write in flight there, or of the one that is read back. */
  private readonly number: Float64Array;
  private readonly slots: Slots;
  private readonly unitBytes: Bytes;
  private readonly owners = new UnitOwners();
  /** By slot: no other write was in flight to where this one goes. */
  private readonly alone: Uint8Array;
  private rows = new Float64Array(FIRST_ROWS * ROW);
  /** Those that wait: from `first` up to `end`. */
  private first = 0;
  private end = 0;

  /** All offsets and lengths of writes are multiples of `unitBytes`. */
  constructor(slots: Slots, number: Float64Array, unitBytes: Bytes) {
    this.slots = slots;
    this.unitBytes = unitBytes;
    this.number = number;
    this.alone = new Uint8Array(slots.depth);
  }

  /** Writes that wait to be read back, those among them that were written over meanwhile too. */
  get count(): number {
    return this.end - this.first;
  }

  /** The write in the slot is issued. */
  issued(slot: number): void {
    const number = this.number[slot] ?? 0;
    const file = this.slots.file[slot] ?? 0;
    const first = this.firstUnit(slot);
    const alone = this.owners.begin(file, first, this.units(slot), number);
    this.alone[slot] = alone ? 1 : 0;
  }

  /** `whole`: without an error, and to its end. */
  ended(slot: number, whole: boolean): void {
    const file = this.slots.file[slot] ?? 0;
    const first = this.firstUnit(slot);
    const units = this.units(slot);
    const number = this.number[slot] ?? 0;
    const alone = this.owners.end(file, first, units, number) && this.alone[slot] === 1;
    if (whole && alone) this.push(file, first, units, number);
    else this.owners.disown(file, first, units, number);
  }

  /** Places the next write that is to be read back in the slot. False: there is none. */
  take(slot: number): boolean {
    const { rows, slots, unitBytes } = this;
    while (this.first < this.end) {
      const row = this.first;
      this.first += 1;
      if (!this.isCurrent(row)) continue;
      const at = row * ROW;
      slots.file[slot] = rows[at] ?? 0;
      slots.offsetBytes[slot] = (rows[at + 1] ?? 0) * unitBytes;
      slots.lengthBytes[slot] = (rows[at + 2] ?? 0) * unitBytes;
      this.number[slot] = rows[at + 3] ?? 0;
      return true;
    }
    return false;
  }

  /** What the slot has read back is still what its write left: no other was issued meanwhile. */
  holds(slot: number): boolean {
    const file = this.slots.file[slot] ?? 0;
    const number = this.number[slot] ?? 0;
    return this.owners.holds(file, this.firstUnit(slot), this.units(slot), number);
  }

  /** By file and offset: as fio reads back where offsets may come twice. */
  sort(): void {
    const { rows } = this;
    this.compact();
    const order = Uint32Array.from({ length: this.end }, (_, row) => row * ROW);
    order.sort((left, right) => {
      const files = (rows[left] ?? 0) - (rows[right] ?? 0);
      return files === 0 ? (rows[left + 1] ?? 0) - (rows[right + 1] ?? 0) : files;
    });
    const sorted = new Float64Array(rows.length);
    order.forEach((from, row) => sorted.set(rows.subarray(from, from + ROW), row * ROW));
    this.rows = sorted;
  }

  private push(file: number, first: number, units: number, number: number): void {
    if (this.end * ROW === this.rows.length) this.makeRoom();
    const { rows } = this;
    const at = this.end * ROW;
    rows[at] = file;
    rows[at + 1] = first;
    rows[at + 2] = units;
    rows[at + 3] = number;
    this.end += 1;
  }

  private isCurrent(row: number): boolean {
    const { rows } = this;
    const at = row * ROW;
    const number = rows[at + 3] ?? 0;
    return this.owners.holds(rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0, number);
  }

  /** What was written over goes; where that is not half of it, the room doubles. */
  private makeRoom(): void {
    this.compact();
    if (this.end * ROW < this.rows.length / 2) return;
    const wider = new Float64Array(2 * this.rows.length);
    wider.set(this.rows);
    this.rows = wider;
  }

  private compact(): void {
    let kept = 0;
    for (let row = this.first; row < this.end; row += 1) {
      if (!this.isCurrent(row)) continue;
      this.rows.copyWithin(kept * ROW, row * ROW, (row + 1) * ROW);
      kept += 1;
    }
    this.first = 0;
    this.end = kept;
  }

  private firstUnit(slot: number): number {
    return (this.slots.offsetBytes[slot] ?? 0) / this.unitBytes;
  }

  private units(slot: number): number {
    return (this.slots.lengthBytes[slot] ?? 0) / this.unitBytes;
  }
}
