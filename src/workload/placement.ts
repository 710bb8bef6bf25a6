/** Where the next I/O of a direction goes, and how long it is: written into its slot. */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { positionsOf } from './order.ts';
import type { Positions } from './positions.ts';
import { COPY, READ, SLOT_DIRECTIONS, type Slots } from './slots.ts';
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
      isUsed(spec, direction) ? positionsOf(spec, direction) : null,
    );
  }

  /** `bytesLeft`: what the job may still issue, which a copy of several ranges keeps to. */
  place(slot: number, direction: number, bytesLeft: Bytes): void {
    this.slots.direction[slot] = direction;
    if (direction === COPY) this.placeCopy(slot, bytesLeft);
    else this.placeRegular(slot, direction);
  }

  private placeRegular(slot: number, direction: number): void {
    const positions = this.positions[direction];
    assert(positions !== null && positions !== undefined, 'positions for each direction in use');
    const blockBytes = direction === READ ? this.spec.blockBytes.read : this.spec.blockBytes.write;
    const at = positions.next() * positions.unitBytes;
    this.slots.offsetBytes[slot] = this.spec.offsetBytes + at;
    this.slots.lengthBytes[slot] = blockBytes;
  }

  /** One source: the destination moves with it. Several: gathered into the destination in order. */
  private placeCopy(slot: number, bytesLeft: Bytes): void {
    const { spec, slots } = this;
    const positions = this.positions[COPY];
    assert(positions !== null && positions !== undefined, 'positions of the copies');
    const blockBytes = spec.blockBytes.copy;
    const { unitBytes } = positions;
    const first = positions.next() * unitBytes;
    slots.offsetBytes[slot] = spec.offsetBytes + first;
    if (spec.numRange === 1) {
      slots.lengthBytes[slot] = blockBytes;
      slots.destOffsetBytes[slot] = spec.destOffsetBytes + first;
      slots.rangeOffsetBytes[slot] = spec.offsetBytes + first;
      slots.rangeCount[slot] = 1;
      return;
    }
    if (positions.passes !== this.gatherPass) {
      this.gatherPass = positions.passes;
      this.gathered = 0;
    }
    const blocksLeft = Math.ceil(bytesLeft / blockBytes);
    const ranges = Math.min(spec.numRange, positions.left + 1, blocksLeft);
    const base = slot * spec.numRange;
    slots.rangeOffsetBytes[base] = spec.offsetBytes + first;
    for (let range = 1; range < ranges; range += 1) {
      slots.rangeOffsetBytes[base + range] = spec.offsetBytes + positions.next() * unitBytes;
    }
    slots.rangeCount[slot] = ranges;
    slots.lengthBytes[slot] = ranges * blockBytes;
    slots.destOffsetBytes[slot] = spec.destOffsetBytes + this.gathered;
    this.gathered += ranges * blockBytes;
  }
}
