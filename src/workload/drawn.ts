/**
 * Random offsets that are not simply the next of a random order: by a distribution, in runs
 * (`rw=randread:8`: an offset is drawn for each eighth I/O, the others follow one another), or for
 * a share of the I/Os only (percentage_random). As in fio an I/O that follows goes where the one
 * before ended, drawn or not, and a new offset is drawn at the region's end; those that follow
 * count as no visit of the random map.
 */

import { Random } from '../sim/random.ts';
import type { Draw } from './draw.ts';
import { Positions } from './positions.ts';

const PERCENT = 100;
/** Tells the stream of these decisions from that of the offsets. */
const STREAM = 0x7365_7120;

export interface TurnsSpec {
  /** I/Os for each offset that is drawn. */
  readonly runIos: number;
  /** Percent of the I/Os that begin a run whose offset is drawn. */
  readonly percentRandom: number;
  readonly seeds: readonly number[];
}

/** Whose offset is drawn. */
export class DrawnTurns {
  private readonly runIos: number;
  private readonly percentRandom: number;
  private readonly random: Random;
  private runLeft = 0;

  constructor(spec: TurnsSpec) {
    this.runIos = spec.runIos;
    this.percentRandom = spec.percentRandom;
    this.random = new Random(...spec.seeds, STREAM);
  }

  /** Of the next I/O. */
  draws(): boolean {
    this.runLeft -= 1;
    if (this.runLeft > 0) return false;
    this.runLeft = this.runIos;
    return this.percentRandom === PERCENT || this.random.below(PERCENT) < this.percentRandom;
  }
}

export interface DrawnSpec extends TurnsSpec {
  readonly blocks: number;
  readonly blockBytes: number;
}

export class DrawnPositions extends Positions {
  private readonly draw: Draw;
  private readonly turns: DrawnTurns;
  /** The block of the last I/O; before the first one, that before the region. */
  private at = -1;

  constructor(spec: DrawnSpec, draw: Draw) {
    super(spec.blocks, spec.blockBytes, spec.blockBytes);
    this.draw = draw;
    this.turns = new DrawnTurns(spec);
  }

  next(): number {
    if (this.index === this.blocks) {
      this.index = 0;
      this.passes += 1;
    }
    this.index += 1;
    const draws = this.turns.draws() || this.at + 1 === this.blocks;
    this.at = draws ? this.draw.next() : this.at + 1;
    return this.at;
  }
}
