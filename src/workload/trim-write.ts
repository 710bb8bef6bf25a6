/**
 * `rw=trimwrite`: the writes that follow trims. Each block is trimmed, and written when its trim
 * has ended. Until then the job goes on with other blocks, so at depth 1 it is trim, write, trim,
 * write, as fio has it; deeper, fio sends the write behind the trim without waiting.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';

export class OwedWrites {
  private readonly offsets: Float64Array;
  private readonly files: Uint16Array;
  private first = 0;
  /** How many are owed. Read it, never set it. */
  count = 0;
  /** Of the write that was taken last. */
  file = 0;

  /** `depth`: no more trims than that have ended unanswered. */
  constructor(depth: number) {
    this.offsets = new Float64Array(depth);
    this.files = new Uint16Array(depth);
  }

  /** A trim of the block at this offset of a file has ended. */
  push(offsetBytes: Bytes, file: number): void {
    assert(this.count < this.offsets.length, 'a write for each slot is owed at most');
    const place = (this.first + this.count) % this.offsets.length;
    this.offsets[place] = offsetBytes;
    this.files[place] = file;
    this.count += 1;
  }

  shift(): Bytes {
    const offsetBytes = this.offsets[this.first] ?? 0;
    this.file = this.files[this.first] ?? 0;
    this.first = (this.first + 1) % this.offsets.length;
    this.count -= 1;
    return offsetBytes;
  }
}
