/**
 * Where the next I/O of one direction goes: block numbers of the job's region, in order or at
 * random.
 */

import { Random } from '../sim/random.ts';
import { Permutation } from './permutation.ts';

export interface PositionsSpec {
  /** Whole blocks in the region. */
  readonly blocks: number;
  readonly random: boolean;
  /** Blocks may repeat before all have had their turn (norandommap). */
  readonly repeats: boolean;
  readonly seeds: readonly number[];
}

export class Positions {
  readonly blocks: number;
  private readonly random: Random;
  private readonly isRandom: boolean;
  private readonly permutation: Permutation | null;
  private index = 0;
  /** Passes over the region that have begun, the first not counted. */
  passes = 0;

  constructor(spec: PositionsSpec) {
    this.blocks = spec.blocks;
    this.isRandom = spec.random;
    this.random = new Random(...spec.seeds);
    this.permutation = spec.random && !spec.repeats ? new Permutation(spec.blocks) : null;
    this.permutation?.shuffle(this.random);
  }

  /** Blocks left in this pass. */
  get left(): number {
    return this.blocks - this.index;
  }

  /** The next block; a new pass begins when the region is through. */
  next(): number {
    if (this.index === this.blocks) this.beginPass();
    const index = this.index;
    this.index += 1;
    if (!this.isRandom) return index;
    const permutation = this.permutation;
    return permutation === null ? this.random.below(this.blocks) : permutation.at(index);
  }

  private beginPass(): void {
    this.index = 0;
    this.passes += 1;
    this.permutation?.shuffle(this.random);
  }
}
