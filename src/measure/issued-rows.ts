/** What a clone has issued, as a log to be replayed needs it: a row for each I/O as it starts. */

import type { Nanoseconds } from '../units/quantity.ts';
import type { ChunkedRows } from './chunked-rows.ts';

/** What of an I/O is known by its slot: rows of the arrays of `workload/slots.ts`. */
export interface IssuedSlots {
  readonly direction: Uint8Array;
  readonly file: Uint16Array;
  readonly offsetBytes: Float64Array;
  readonly lengthBytes: Float64Array;
  readonly destOffsetBytes: Float64Array;
  readonly startNs: Float64Array;
}

/** Start in ns from that of the job, direction, file, offset, length, destination. */
export const ISSUED_WORDS = 6;

export class IssuedRows {
  readonly rows: ChunkedRows;
  private readonly slots: IssuedSlots;
  private originNs: Nanoseconds = -0;
  private begun = false;

  constructor(slots: IssuedSlots, rows: ChunkedRows) {
    this.slots = slots;
    this.rows = rows;
  }

  /** Counts from the first beginning: the ramp is replayed too. */
  begin(nowNs: Nanoseconds): void {
    if (!this.begun) this.originNs = nowNs;
    this.begun = true;
  }

  add(slot: number): void {
    const { rows, slots } = this;
    const at = rows.room(ISSUED_WORDS);
    const { words } = rows;
    words[at] = (slots.startNs[slot] ?? 0) - this.originNs;
    words[at + 1] = slots.direction[slot] ?? 0;
    words[at + 2] = slots.file[slot] ?? 0;
    words[at + 3] = slots.offsetBytes[slot] ?? 0;
    words[at + 4] = slots.lengthBytes[slot] ?? 0;
    words[at + 5] = slots.destOffsetBytes[slot] ?? 0;
  }
}
