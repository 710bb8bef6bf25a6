/**
 * How long the next I/O is: always the same, even over a range (bsrange), or of several sizes with
 * a share each (bssplit). Drawn as fio draws (measured): of a range the multiples of the smallest,
 * what lies past the largest being the largest; of what fits where the I/O goes alone.
 */

import { Random } from '../sim/random.ts';
import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { largestOf, type SizeShare, type Sizes, smallestOf } from '../units/sizes.ts';

const ALL_PERCENT = 100;
/** Tells the stream of sizes from those of offsets and directions. */
const STREAM = 0x7369_7a65;

export abstract class SizeDraw {
  readonly smallestBytes: Bytes;
  readonly largestBytes: Bytes;

  constructor(sizes: Sizes) {
    this.smallestBytes = smallestOf(sizes);
    this.largestBytes = largestOf(sizes);
  }

  /** `roomBytes`: where it is to fit, the smallest at least. */
  abstract next(roomBytes: Bytes): Bytes;
}

/** `seeds`: of the direction. */
export function sizeDraw(sizes: Sizes, seeds: readonly number[]): SizeDraw {
  switch (sizes.kind) {
    case 'fixed':
      return new OneSize(sizes);
    case 'range':
      return new RangeDraw(sizes, seeds);
    case 'shares':
      return new SharesDraw(sizes, seeds);
  }
}

class OneSize extends SizeDraw {
  next(): Bytes {
    return this.largestBytes;
  }
}

class RangeDraw extends SizeDraw {
  private readonly stepBytes: Bytes;
  private readonly random: Random;

  constructor(sizes: Extract<Sizes, { readonly kind: 'range' }>, seeds: readonly number[]) {
    super(sizes);
    this.stepBytes = sizes.unaligned ? 1 : sizes.lowBytes;
    this.random = new Random(...seeds, STREAM);
  }

  next(roomBytes: Bytes): Bytes {
    const { smallestBytes, largestBytes, stepBytes } = this;
    const unit = this.random.unit();
    if (roomBytes >= largestBytes) {
      const steps = Math.floor((smallestBytes + unit * largestBytes) / stepBytes);
      return Math.min(steps * stepBytes, largestBytes);
    }
    const more = Math.floor((roomBytes - smallestBytes) / stepBytes);
    return smallestBytes + Math.floor(unit * (more + 1)) * stepBytes;
  }
}

class SharesDraw extends SizeDraw {
  private readonly shares: readonly SizeShare[];
  private readonly random: Random;

  constructor(sizes: Extract<Sizes, { readonly kind: 'shares' }>, seeds: readonly number[]) {
    super(sizes);
    this.shares = sizes.shares;
    this.random = new Random(...seeds, STREAM);
  }

  next(roomBytes: Bytes): Bytes {
    const percent = roomBytes >= this.largestBytes ? ALL_PERCENT : this.fittingPercent(roomBytes);
    let left = this.random.unit() * percent;
    for (const share of this.shares) {
      if (share.bytes > roomBytes) break;
      left -= share.percent;
      if (left < 0) return share.bytes;
    }
    // Only sizes fit that never come up otherwise.
    return this.smallestBytes;
  }

  /** Sizes stand smallest first. */
  private fittingPercent(roomBytes: Bytes): number {
    assert(roomBytes >= this.smallestBytes, 'room for the smallest size');
    let percent = 0;
    for (const share of this.shares) {
      if (share.bytes > roomBytes) break;
      percent += share.percent;
    }
    return percent;
  }
}
