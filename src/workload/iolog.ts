/**
 * I/Os that were recorded, one after another: what stands in a log instead of positions, sizes and
 * directions that are drawn. Each is due at its time from the start of the job. What is late, since
 * those before it took their time, is made up for at once; fio counts each pause from the I/O
 * before, so that there everything behind a slow one comes later.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { COPY, type Slots, TRIM } from './slots.ts';

/** One entry of each list an I/O. */
export interface IologSpec {
  readonly ios: number;
  /** As in slots. */
  readonly direction: Uint8Array;
  readonly file: Uint16Array;
  readonly offsetBytes: Float64Array;
  readonly lengthBytes: Float64Array;
  readonly destOffsetBytes: Float64Array;
  /** From the start of the job. */
  readonly dueNs: Float64Array;
  /** What follows it: NO_SYNC, FSYNC or FDATASYNC of its file. */
  readonly sync: Uint8Array;
}

export const NO_SYNC = 0;
export const FSYNC = 1;
export const FDATASYNC = 2;

export class Replay {
  private readonly log: IologSpec;
  private readonly slots: Slots;
  /** By slot: of the I/O in it. */
  private readonly sync: Uint8Array;
  private beginNs: Nanoseconds = -0;
  private at = 0;

  constructor(log: IologSpec, slots: Slots) {
    this.log = log;
    this.slots = slots;
    this.sync = new Uint8Array(slots.depth);
  }

  begin(nowNs: Nanoseconds): void {
    this.beginNs = nowNs;
  }

  /** Every I/O has been placed. */
  get through(): boolean {
    return this.at === this.log.ios;
  }

  /** When the next I/O may start; it is not through. */
  get dueNs(): Nanoseconds {
    return this.beginNs + (this.log.dueNs[this.at] ?? 0);
  }

  /** The next I/O, into its slot. */
  place(slot: number): Bytes {
    const { at, log, slots } = this;
    this.at = at + 1;
    const direction = log.direction[at] ?? 0;
    const offsetBytes = log.offsetBytes[at] ?? 0;
    const lengthBytes = log.lengthBytes[at] ?? 0;
    slots.direction[slot] = direction;
    slots.file[slot] = log.file[at] ?? 0;
    slots.offsetBytes[slot] = offsetBytes;
    slots.lengthBytes[slot] = lengthBytes;
    this.sync[slot] = log.sync[at] ?? NO_SYNC;
    if (direction === COPY || direction === TRIM) {
      slots.rangeCount[slot] = 1;
      slots.rangeOffsetBytes[slot * slots.numRange] = offsetBytes;
      slots.destOffsetBytes[slot] = log.destOffsetBytes[at] ?? 0;
    }
    return lengthBytes;
  }

  /** What is to follow the I/O in this slot, which has ended. */
  syncAfter(slot: number): number {
    return this.sync[slot] ?? NO_SYNC;
  }
}
