/**
 * Blocks drawn with a skew, some far more often than others: Zipf's law and the self-similar
 * (Pareto) one as Gray, Sundaresan, Englert, Baclawski and Weinberger draw them ("Quickly
 * generating billion-record synthetic databases", SIGMOD 1994), and fio's normal one. As in fio the
 * paper's formula for Zipf serves for a theta above 1 as well.
 *
 * What is drawn is a rank. Which block has it, a random order says (fio: a hash), so that what is
 * hot lies scattered. fio's hash puts several ranks on one block and leaves others out, unless the
 * blocks are a power of two; here each block has one rank.
 */

import { exp, log, pow } from '../sim/exact-math.ts';
import { Random } from '../sim/random.ts';
import type { Draw } from './draw.ts';
import { Permutation } from './permutation.ts';

/** Terms of a sum that are added one by one. */
const SUMMED = 1000;
/** Uniform numbers of a nearly normal one. */
const UNIFORM_DRAWS = 12;

/** Scatters what a subclass draws. */
abstract class SkewedDraw implements Draw {
  protected readonly blocks: number;
  protected readonly random: Random;
  private readonly places: Permutation;

  /** `placeSeeds`: the same for all directions, which so have the same hot blocks. */
  constructor(blocks: number, seeds: readonly number[], placeSeeds: readonly number[]) {
    this.blocks = blocks;
    this.random = new Random(...seeds);
    this.places = new Permutation(blocks);
    this.places.shuffle(new Random(...placeSeeds));
  }

  next(): number {
    return this.places.at(this.rank());
  }

  /** 0 … blocks − 1. */
  abstract rank(): number;
}

/** The k-th block has a share proportional to k^−theta of the accesses. */
export class ZipfDraw extends SkewedDraw {
  private readonly zetan: number;
  /** Below these, times zetan, it is the first or the second block. */
  private readonly second: number;
  private readonly eta: number;
  private readonly alpha: number;

  constructor(
    blocks: number,
    theta: number,
    seeds: readonly number[],
    placeSeeds: readonly number[],
  ) {
    super(blocks, seeds, placeSeeds);
    this.zetan = zeta(blocks, theta);
    this.second = 1 + pow(0.5, theta);
    this.alpha = 1 / (1 - theta);
    this.eta = (1 - pow(2 / blocks, 1 - theta)) / (1 - this.second / this.zetan);
  }

  rank(): number {
    const unit = this.random.unit();
    const share = unit * this.zetan;
    if (share < 1) return 0;
    if (share < this.second) return 1;
    const rank = Math.floor(this.blocks * pow(this.eta * unit - this.eta + 1, this.alpha));
    return Math.min(rank, this.blocks - 1);
  }
}

/** `h` of the blocks have 1 − h of the accesses, and so within each part. */
export class ParetoDraw extends SkewedDraw {
  private readonly power: number;

  constructor(blocks: number, h: number, seeds: readonly number[], placeSeeds: readonly number[]) {
    super(blocks, seeds, placeSeeds);
    this.power = log(h) / log(1 - h);
  }

  rank(): number {
    const unit = this.random.unit();
    return unit === 0 ? 0 : Math.floor(this.blocks * exp(this.power * log(unit)));
  }
}

/**
 * The mean of twelve uniform numbers, whose deviation is a twelfth of the region; fio's `deviation`
 * moves it on by an even draw of up to so many percent of the region, at most half, and round to
 * its start where that would leave it (measured).
 */
export class NormalDraw extends SkewedDraw {
  private readonly moved: number;

  constructor(
    blocks: number,
    deviationPercent: number,
    seeds: readonly number[],
    placeSeeds: readonly number[],
  ) {
    super(blocks, seeds, placeSeeds);
    this.moved = Math.min(deviationPercent / 100, 0.5);
  }

  rank(): number {
    let sum = 0;
    for (let draw = 0; draw < UNIFORM_DRAWS; draw += 1) sum += this.random.unit();
    const mean = sum / UNIFORM_DRAWS;
    const at = this.moved === 0 ? mean : mean + this.moved * this.random.unit();
    return Math.floor((at < 1 ? at : at - 1) * this.blocks);
  }
}

/**
 * 1^−theta + … + n^−theta: the first terms one by one, the others by the formula of Euler and
 * Maclaurin, to 1e-13. fio adds ten million terms and leaves out those beyond.
 */
export function zeta(n: number, theta: number): number {
  const summed = Math.min(n, SUMMED);
  let sum = 0;
  for (let k = summed; k >= 1; k -= 1) sum += pow(k, -theta);
  if (n === summed) return sum;
  const first = pow(summed, -theta);
  const last = pow(n, -theta);
  const integral = (n * last - summed * first) / (1 - theta);
  const slopes = (theta * (first / summed - last / n)) / 12;
  return sum + integral + (last - first) / 2 + slopes;
}
