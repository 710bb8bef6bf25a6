/**
 * Where the next I/O of one direction goes, in blocks from the start of the job's region: in
 * order, in random order, or drawn evenly. Other ways have files of their own: `stride.ts`,
 * `drawn.ts`, and `sized.ts` where blocks have several sizes.
 */

import { Random } from '../sim/random.ts';
import type { Bytes } from '../units/quantity.ts';
import { Permutation } from './permutation.ts';

export interface PositionsSpec {
  /** Whole blocks in the region. */
  readonly blocks: number;
  readonly blockBytes: Bytes;
  readonly random: boolean;
  /** Blocks may repeat before all have had their turn (norandommap). */
  readonly repeats: boolean;
  readonly seeds: readonly number[];
}

export abstract class Positions {
  readonly blocks: number;
  /** What `next` counts. */
  readonly unitBytes: Bytes;
  protected index = 0;
  /** Passes over the region that have begun, the first not counted. */
  passes = 0;
  /** Of the I/O that `next` has placed. */
  lengthBytes: Bytes;
  /** What of this pass, which is through with that I/O, nothing fitted any more. */
  leftOutBytes: Bytes = -0;

  constructor(blocks: number, unitBytes: Bytes, lengthBytes: Bytes) {
    this.blocks = blocks;
    this.unitBytes = unitBytes;
    this.lengthBytes = lengthBytes;
  }

  /** I/Os left in this pass, which has as many as the region has blocks. */
  get left(): number {
    return this.blocks - this.index;
  }

  /** The next place, in units; a new pass begins when the region is through. */
  abstract next(): number;
}

export class PlainPositions extends Positions {
  private readonly random: Random;
  private readonly isRandom: boolean;
  private readonly permutation: Permutation | null;

  constructor(spec: PositionsSpec) {
    super(spec.blocks, spec.blockBytes, spec.blockBytes);
    this.isRandom = spec.random;
    this.random = new Random(...spec.seeds);
    this.permutation = spec.random && !spec.repeats ? new Permutation(spec.blocks) : null;
    this.permutation?.shuffle(this.random);
  }

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
