/**
 * Where I/Os of several sizes go, in bytes, and how long each is. As fio has it (measured): one
 * that follows begins where the last one ended; what does not fit before the region's end is drawn
 * among the sizes that do, and where none fits a new pass begins. Random offsets are multiples of
 * the smallest size, or of blockalign. The random map counts in units of the smallest size, and an
 * I/O that would run into what has been touched is cut short before it, so that a pass touches each
 * unit once; it moves shares of sizes, and norandommap keeps them.
 */

import { Random } from '../sim/random.ts';
import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Draw } from './draw.ts';
import type { DrawnTurns } from './drawn.ts';
import { Positions } from './positions.ts';
import type { SizeDraw } from './sizes.ts';
import { TouchedMap } from './touched-map.ts';

/** One behind the other, with a gap between. */
export class SizedSequence extends Positions {
  private readonly sizes: SizeDraw;
  private readonly sizeBytes: Bytes;
  private readonly gapBytes: Bytes;
  private atBytes: Bytes = 0;

  constructor(sizeBytes: Bytes, sizes: SizeDraw, gapBytes: Bytes) {
    assert(gapBytes >= 0, 'a gap forwards');
    super(Math.floor(sizeBytes / sizes.smallestBytes), 1, sizes.largestBytes);
    this.sizes = sizes;
    this.sizeBytes = sizeBytes;
    this.gapBytes = gapBytes;
  }

  next(): Bytes {
    const { sizes, sizeBytes, gapBytes } = this;
    if (sizeBytes - this.atBytes < sizes.smallestBytes) {
      this.atBytes = 0;
      this.passes += 1;
    }
    const at = this.atBytes;
    this.lengthBytes = sizes.next(sizeBytes - at);
    this.atBytes = at + this.lengthBytes + gapBytes;
    this.leftOutBytes = gapBytes === 0 ? this.restBytes() : 0;
    return at;
  }

  /** Of the region's whole blocks, what is left where nothing fits any more. */
  private restBytes(): Bytes {
    const { smallestBytes } = this.sizes;
    if (this.sizeBytes - this.atBytes >= smallestBytes) return 0;
    return Math.max(0, this.blocks * smallestBytes - this.atBytes);
  }
}

/** Offsets from a draw; of a run, or a share of them, the others follow. */
export class SizedDrawn extends Positions {
  private readonly draw: Draw;
  private readonly turns: DrawnTurns;
  private readonly drawn: SizeDraw;
  private readonly following: SizeDraw;
  private readonly sizeBytes: Bytes;
  private readonly alignBytes: Bytes;
  private endBytes: Bytes = 0;

  /** `draw` counts in `alignBytes`, and leaves room for the smallest size. */
  constructor(
    region: { readonly sizeBytes: Bytes; readonly alignBytes: Bytes },
    sizes: { readonly drawn: SizeDraw; readonly following: SizeDraw },
    turns: DrawnTurns,
    draw: Draw,
  ) {
    super(Math.floor(region.sizeBytes / sizes.drawn.smallestBytes), 1, sizes.drawn.largestBytes);
    this.sizeBytes = region.sizeBytes;
    this.alignBytes = region.alignBytes;
    this.drawn = sizes.drawn;
    this.following = sizes.following;
    this.turns = turns;
    this.draw = draw;
  }

  next(): Bytes {
    const { sizeBytes, following } = this;
    const full = sizeBytes - this.endBytes < following.smallestBytes;
    const draws = this.turns.draws() || full;
    const at = draws ? this.draw.next() * this.alignBytes : this.endBytes;
    this.lengthBytes = (draws ? this.drawn : following).next(sizeBytes - at);
    this.endBytes = at + this.lengthBytes;
    return at;
  }
}

/** At random, each unit of the smallest size once in a pass. */
export class SizedMap extends Positions {
  private readonly sizes: SizeDraw;
  private readonly map: TouchedMap;
  private readonly random: Random;
  private passBytes: Bytes = 0;

  constructor(sizeBytes: Bytes, sizes: SizeDraw, seeds: readonly number[]) {
    super(Math.floor(sizeBytes / sizes.smallestBytes), 1, sizes.largestBytes);
    this.sizes = sizes;
    this.map = new TouchedMap(this.blocks);
    this.random = new Random(...seeds);
  }

  next(): Bytes {
    const { map, sizes } = this;
    if (map.full) this.beginPass();
    const unitBytes = sizes.smallestBytes;
    const first = map.freeFrom(this.random.below(this.blocks));
    const asked = sizes.next((this.blocks - first) * unitBytes);
    const units = Math.ceil(asked / unitBytes);
    const taken = map.take(first, units);
    this.lengthBytes = taken < units ? taken * unitBytes : asked;
    this.passBytes += this.lengthBytes;
    this.leftOutBytes = map.full ? this.blocks * unitBytes - this.passBytes : 0;
    return first * unitBytes;
  }

  private beginPass(): void {
    this.map.clear();
    this.passBytes = 0;
    this.passes += 1;
  }
}
