/** Blocks of a region drawn at random without a bias: each once in a random order, or evenly. */

import { Random } from '../sim/random.ts';
import { Permutation } from './permutation.ts';

export interface Draw {
  /** A block of the region, from 0. */
  next(): number;
}

/** The random map: each block once before any comes again. */
export class EachOnceDraw implements Draw {
  private readonly permutation: Permutation;
  private readonly random: Random;
  private index = 0;

  constructor(blocks: number, seeds: readonly number[]) {
    this.permutation = new Permutation(blocks);
    this.random = new Random(...seeds);
    this.permutation.shuffle(this.random);
  }

  next(): number {
    if (this.index === this.permutation.size) {
      this.index = 0;
      this.permutation.shuffle(this.random);
    }
    const block = this.permutation.at(this.index);
    this.index += 1;
    return block;
  }
}

export class EvenDraw implements Draw {
  private readonly blocks: number;
  private readonly random: Random;

  constructor(blocks: number, seeds: readonly number[]) {
    this.blocks = blocks;
    this.random = new Random(...seeds);
  }

  next(): number {
    return this.random.below(this.blocks);
  }
}
