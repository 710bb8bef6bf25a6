/**
 * Turns of a job's files by a skewed draw, fio's `file_service_type=zipf:…`, `pareto:…` and
 * `normal:…`: some files have far more I/Os than others. As in fio a file stands for 1024 ranks one
 * behind the other, and one that is through begins anew at once.
 *
 * Which file is the hottest, chance says, but of `normal`, whose middle files are. fio lets the
 * ranks begin anywhere, inside a file too, so that its hottest may have lost a few to the one
 * before; here they begin with a file.
 */

import { Random } from '../sim/random.ts';
import type { Skew } from '../units/file-service.ts';
import type { FileTurns } from './file-turns.ts';
import { NormalDraw, ParetoDraw, ZipfDraw } from './skewed-draw.ts';

const RANKS_PER_FILE = 1024;
/** Tells the stream of the hottest file from that of the turns. */
const HOTTEST = 0x686f_7421;

interface Ranks {
  rank(): number;
}

export class SkewedTurns implements FileTurns {
  private readonly files: number;
  private readonly open: number;
  private readonly ranks: Ranks;
  /** Rank 0 is so many ranks from the start of the first file. */
  private readonly firstRank: number;
  private readonly isOpen: Uint8Array;
  private opened = 0;

  constructor(files: number, open: number, skew: Skew, seeds: readonly number[]) {
    this.files = files;
    this.open = open;
    const count = files * RANKS_PER_FILE;
    this.ranks = ranksOf(skew, count, seeds);
    this.firstRank =
      skew.kind === 'normal'
        ? middle(skew.deviationPercent, count)
        : new Random(...seeds, HOTTEST).below(files) * RANKS_PER_FILE;
    this.isOpen = new Uint8Array(files);
  }

  next(): number {
    for (;;) {
      const file = this.draw();
      if (this.isOpen[file] === 1) return file;
      if (this.opened === this.open) continue;
      this.isOpen[file] = 1;
      this.opened += 1;
      return file;
    }
  }

  through(file: number): void {
    this.isOpen[file] = 0;
    this.opened -= 1;
  }

  private draw(): number {
    const rank = this.ranks.rank() + this.firstRank;
    return Math.floor(rank / RANKS_PER_FILE) % this.files;
  }
}

/** A normal draw is moved on by up to its deviation (NormalDraw): here about the middle. */
function middle(deviationPercent: number, ranks: number): number {
  const moved = Math.min(deviationPercent / 100, 0.5);
  return ranks - Math.floor((moved / 2) * ranks);
}

function ranksOf(skew: Skew, count: number, seeds: readonly number[]): Ranks {
  switch (skew.kind) {
    case 'zipf':
      return new ZipfDraw(count, skew.theta, seeds, seeds);
    case 'pareto':
      return new ParetoDraw(count, skew.h, seeds, seeds);
    case 'normal':
      return new NormalDraw(count, skew.deviationPercent, seeds, seeds);
  }
}
