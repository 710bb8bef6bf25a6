/** Where the next I/O of a direction goes, and how long it is: written into its slot. */

import { present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { positionsOf } from './order.ts';
import type { Positions } from './positions.ts';
import { COPY, SLOT_DIRECTIONS, type SlotDirection, type Slots, TRIM, WRITE } from './slots.ts';
import { isUsed, type WorkloadSpec } from './spec.ts';

export class Placement {
  private readonly spec: WorkloadSpec;
  private readonly slots: Slots;
  /** By direction; null where the job has none. */
  private readonly positions: readonly (Positions | null)[];
  /** Where the next destination of a gathering copy goes, in bytes from the region's start. */
  private gathered: Bytes = 0;
  private gatherPass = 0;

  constructor(spec: WorkloadSpec, slots: Slots) {
    this.spec = spec;
    this.slots = slots;
    this.positions = SLOT_DIRECTIONS.map((direction) =>
      isUsed(spec, direction) && !isOwed(spec, direction) ? positionsOf(spec, direction) : null,
    );
  }

  /** `bytesLeft`: what the job may still issue, which an I/O of several ranges keeps to. */
  place(slot: number, direction: number, bytesLeft: Bytes): void {
    this.slots.direction[slot] = direction;
    if (direction === COPY) this.placeCopy(slot, bytesLeft);
    else if (direction === TRIM) this.placeRanges(slot, TRIM, bytesLeft);
    else this.placeRegular(slot, direction);
  }

  /** Bytes of the region that no I/O fits in, told with the last one of a pass; else 0. */
  leftOutBytes(direction: number): Bytes {
    return this.positionsOf(direction).leftOutBytes;
  }

  /** The write behind a trim of the same block. */
  placeWrite(slot: number, offsetBytes: Bytes): void {
    const { slots } = this;
    slots.direction[slot] = WRITE;
    slots.offsetBytes[slot] = offsetBytes;
    slots.lengthBytes[slot] = this.spec.blockBytes.write;
  }

  private placeRegular(slot: number, direction: number): void {
    const positions = this.positionsOf(direction);
    const at = positions.next() * positions.unitBytes;
    this.slots.offsetBytes[slot] = this.spec.offsetBytes + at;
    this.slots.lengthBytes[slot] = positions.lengthBytes;
  }

  /** One source: the destination moves with it. Several: gathered into the destination in order. */
  private placeCopy(slot: number, bytesLeft: Bytes): void {
    const { spec, slots } = this;
    const positions = this.positionsOf(COPY);
    if (spec.numRange === 1) {
      const at = positions.next() * positions.unitBytes;
      slots.offsetBytes[slot] = spec.offsetBytes + at;
      slots.lengthBytes[slot] = positions.lengthBytes;
      slots.destOffsetBytes[slot] = spec.destOffsetBytes + at;
      slots.rangeOffsetBytes[slot] = spec.offsetBytes + at;
      slots.rangeCount[slot] = 1;
      return;
    }
    const lengthBytes = this.placeRanges(slot, COPY, bytesLeft);
    if (positions.passes !== this.gatherPass) {
      this.gatherPass = positions.passes;
      this.gathered = 0;
    }
    slots.destOffsetBytes[slot] = spec.destOffsetBytes + this.gathered;
    this.gathered += lengthBytes;
  }

  /** As many ranges as there are to be, within this pass; returns the bytes of all of them. */
  private placeRanges(slot: number, direction: number, bytesLeft: Bytes): Bytes {
    const { spec, slots } = this;
    const positions = this.positionsOf(direction);
    const { unitBytes } = positions;
    const first = spec.offsetBytes + positions.next() * unitBytes;
    const blockBytes = positions.lengthBytes;
    const blocksLeft = Math.ceil(bytesLeft / blockBytes);
    const ranges = Math.min(spec.numRange, positions.left + 1, blocksLeft);
    const base = slot * spec.numRange;
    slots.offsetBytes[slot] = first;
    slots.rangeOffsetBytes[base] = first;
    for (let range = 1; range < ranges; range += 1) {
      slots.rangeOffsetBytes[base + range] = spec.offsetBytes + positions.next() * unitBytes;
    }
    slots.rangeCount[slot] = ranges;
    slots.lengthBytes[slot] = ranges * blockBytes;
    return ranges * blockBytes;
  }

  private positionsOf(direction: number): Positions {
    return present(this.positions[direction], 'positions for each direction in use');
  }
}

/** Writes behind trims go where the trims went. */
function isOwed({ access }: WorkloadSpec, direction: SlotDirection): boolean {
  return access === 'trimwrite' && direction === 'write';
}
