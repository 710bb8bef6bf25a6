/**
 * Blocks in order with a gap between (`rw=read:8k`), or backwards (`rw=read:-8k`), as fio places
 * them: the gap counts from the end of the block before. The first block is that at the start;
 * forwards it goes on there when no block fits any more, backwards at the region's end less the
 * gap.
 *
 * fio ends a job early whose last block ends exactly where its file does; here it goes on until its
 * bytes are done, as fio does of any other length.
 */

import { commonDivisor } from '../units/common-divisor.ts';
import type { Bytes } from '../units/quantity.ts';
import { Positions } from './positions.ts';

export class StridedPositions extends Positions {
  private readonly step: number;
  private readonly last: number;
  private readonly again: number;
  private at = 0;

  /** `strideBytes`, where below 0, is at least a block and at most the region. */
  constructor(sizeBytes: Bytes, blockBytes: Bytes, strideBytes: Bytes) {
    // Small integers, where bytes would be doubles.
    const unitBytes = commonDivisor(commonDivisor(blockBytes, Math.abs(strideBytes)), sizeBytes);
    super(Math.floor(sizeBytes / blockBytes), unitBytes, blockBytes);
    this.step = (blockBytes + strideBytes) / unitBytes;
    this.last = (sizeBytes - blockBytes) / unitBytes;
    this.again = strideBytes < 0 ? (sizeBytes + strideBytes) / unitBytes : 0;
  }

  next(): number {
    if (this.index === this.blocks) {
      this.index = 0;
      this.passes += 1;
    }
    this.index += 1;
    const at = this.at;
    const next = at + this.step;
    this.at = next < 0 || next > this.last ? this.again : next;
    return at;
  }
}
