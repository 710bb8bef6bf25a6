/** Zones one after another from the region's start, each with its share of the accesses. */

import { Random } from '../sim/random.ts';
import type { Draw } from './draw.ts';

const PERCENT = 100;

export interface ZoneBlocks {
  readonly accessPercent: number;
  readonly first: number;
  readonly blocks: number;
}

export class ZonedDraw implements Draw {
  private readonly random: Random;
  /** By percent, the zone whose turn it is. */
  private readonly first = new Float64Array(PERCENT);
  private readonly blocks = new Float64Array(PERCENT);

  /** Shares of accesses are 100 % together. */
  constructor(zones: readonly ZoneBlocks[], seeds: readonly number[]) {
    this.random = new Random(...seeds);
    let percent = 0;
    for (const zone of zones) {
      this.first.fill(zone.first, percent, percent + zone.accessPercent);
      this.blocks.fill(zone.blocks, percent, percent + zone.accessPercent);
      percent += zone.accessPercent;
    }
  }

  next(): number {
    const percent = this.random.below(PERCENT);
    return (this.first[percent] ?? 0) + this.random.below(this.blocks[percent] ?? 1);
  }
}
