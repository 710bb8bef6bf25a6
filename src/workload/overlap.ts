/**
 * `serialize_overlap`: whether an I/O touches blocks that one in flight touches, and so has to wait
 * for its end. As in fio (measured) reads are held back from reads too, in a job that writes, and
 * the I/Os of one clone alone are looked at. Sources of copies may touch one another: nothing can
 * go wrong between them, and fio has no copies. Of several files each is looked at by itself: that
 * the destination of one is the source of another is not seen.
 */

import type { Bytes } from '../units/quantity.ts';
import { COPY, type Slots, TRIM } from './slots.ts';

const NONE = -1;

export class Overlap {
  private readonly slots: Slots;
  /** By file: its copies go to another one, where they touch no source. */
  private readonly apart: readonly boolean[];
  private readonly inFlight: Uint8Array;
  /** The slot of the I/O that was placed and has to wait; NONE: no I/O has. */
  private held = NONE;

  constructor(slots: Slots, apart: readonly boolean[]) {
    this.slots = slots;
    this.apart = apart;
    this.inFlight = new Uint8Array(slots.depth);
  }

  get holds(): boolean {
    return this.held !== NONE;
  }

  /** Whether the I/O placed in the slot may begin: if not it is held, and the next one to begin. */
  admits(slot: number): boolean {
    this.held = slot;
    return this.admitsHeld(slot);
  }

  /** The same of the one that is held: if it may begin it stands in `slot`. */
  admitsHeld(slot: number): boolean {
    if (this.touches(this.held)) return false;
    if (this.held !== slot) this.slots.copyRow(this.held, slot);
    this.held = NONE;
    this.began(slot);
    return true;
  }

  /** The I/O in the slot is in flight. */
  began(slot: number): void {
    this.inFlight[slot] = 1;
  }

  ended(slot: number): void {
    this.inFlight[slot] = 0;
  }

  private touches(slot: number): boolean {
    const { inFlight, slots } = this;
    const copies = slots.direction[slot] === COPY;
    for (let other = 0; other < inFlight.length; other += 1) {
      if (inFlight[other] === 0 || slots.file[other] !== slots.file[slot]) continue;
      if (copies ? this.copiesTouch(slot, other) : this.rangesTouch(slot, other)) return true;
    }
    return false;
  }

  /** Of reads, writes and trims. */
  private rangesTouch(slot: number, other: number): boolean {
    const { slots } = this;
    if (slots.direction[slot] !== TRIM) {
      return this.within(other, slots.offsetBytes[slot] ?? 0, slots.lengthBytes[slot] ?? 0);
    }
    const count = slots.rangeCount[slot] ?? 0;
    const bytes = (slots.lengthBytes[slot] ?? 0) / count;
    for (let range = 0; range < count; range += 1) {
      if (this.within(other, this.rangeAt(slot, range), bytes)) return true;
    }
    return false;
  }

  private copiesTouch(slot: number, other: number): boolean {
    const { destOffsetBytes, lengthBytes } = this.slots;
    const toBytes = destOffsetBytes[slot] ?? 0;
    const bytes = lengthBytes[slot] ?? 0;
    const otherToBytes = destOffsetBytes[other] ?? 0;
    const otherBytes = lengthBytes[other] ?? 0;
    if (touch(toBytes, bytes, otherToBytes, otherBytes)) return true;
    if (this.apart[this.slots.file[slot] ?? 0] === true) return false;
    return this.within(other, toBytes, bytes) || this.within(slot, otherToBytes, otherBytes);
  }

  /** Whether the slot's I/O (of a copy, its sources) touches `bytes` at `offsetBytes`. */
  private within(slot: number, offsetBytes: Bytes, bytes: Bytes): boolean {
    const { slots } = this;
    const direction = slots.direction[slot];
    const lengthBytes = slots.lengthBytes[slot] ?? 0;
    if (direction !== COPY && direction !== TRIM) {
      return touch(slots.offsetBytes[slot] ?? 0, lengthBytes, offsetBytes, bytes);
    }
    const count = slots.rangeCount[slot] ?? 0;
    for (let range = 0; range < count; range += 1) {
      if (touch(this.rangeAt(slot, range), lengthBytes / count, offsetBytes, bytes)) return true;
    }
    return false;
  }

  private rangeAt(slot: number, range: number): Bytes {
    return this.slots.rangeOffsetBytes[slot * this.slots.numRange + range] ?? 0;
  }
}

const touch = (from: Bytes, bytes: Bytes, otherFrom: Bytes, otherBytes: Bytes): boolean =>
  from < otherFrom + otherBytes && otherFrom < from + bytes;
