/**
 * Whether another I/O may be in flight: as many as iodepth; as few as iodepth_low, once that was
 * reached; as a search for a depth says; and none that touches the blocks of another.
 */

import { Overlap } from './overlap.ts';
import type { Slots } from './slots.ts';
import type { WorkloadSpec } from './spec.ts';

export class Depth {
  /** How many may be in flight now; a search sets it. */
  limit: number;
  private readonly most: number;
  private readonly low: number;
  /** It empties to `low` before it is filled again. */
  private readonly drains: boolean;
  /** null: I/Os in flight may touch the same blocks. */
  private readonly overlap: Overlap | null;

  constructor({ depth, iodepthLow, serializeOverlap }: WorkloadSpec, slots: Slots) {
    this.limit = depth;
    this.most = depth;
    this.low = iodepthLow;
    this.drains = iodepthLow < depth;
    this.overlap = serializeOverlap === null ? null : new Overlap(slots, serializeOverlap);
  }

  /** An I/O that was placed waits for one that it would touch. */
  get holds(): boolean {
    return this.overlap !== null && this.overlap.holds;
  }

  /** Whether the I/O placed in the slot may begin; else it is held. */
  admits(slot: number): boolean {
    return this.overlap === null || this.overlap.admits(slot);
  }

  /** Whether the one that is held may, in this slot. */
  admitsHeld(slot: number): boolean {
    return this.overlap === null || this.overlap.admitsHeld(slot);
  }

  began(inFlight: number): void {
    if (this.drains && inFlight === this.most) this.limit = this.low;
  }

  /** What is read back in the slot waits for nothing, but what would touch it waits for that. */
  readsBack(slot: number, inFlight: number): void {
    if (this.overlap !== null) this.overlap.began(slot);
    this.began(inFlight);
  }

  ended(slot: number, inFlight: number): void {
    if (this.drains && inFlight <= this.low) this.limit = this.most;
    if (this.overlap !== null) this.overlap.ended(slot);
  }
}
