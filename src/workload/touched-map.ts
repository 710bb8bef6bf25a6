/**
 * The random map of I/Os that have several sizes: which units of a region have been touched. One
 * bit a unit, and above it a bit for each full word, up to a single word: the next free unit is
 * found in a few steps however large the region (fio's axmap is built so too).
 *
 * I/Os of one size need no memory for it: permutation.ts.
 */

import { assert } from '../units/assert.ts';

const WORD_BITS = 32;
const FULL = -1;

export class TouchedMap {
  readonly units: number;
  /** From single units up; a bit stands for a full word of the level before. */
  private readonly levels: readonly Int32Array[];
  private readonly bits: readonly number[];
  private touched = 0;

  constructor(units: number) {
    this.units = units;
    const levels: Int32Array[] = [];
    const bits: number[] = [];
    for (let count = units; ; count = Math.ceil(count / WORD_BITS)) {
      bits.push(count);
      levels.push(new Int32Array(Math.ceil(count / WORD_BITS)));
      if (count <= WORD_BITS) break;
    }
    this.levels = levels;
    this.bits = bits;
    this.clear();
  }

  get full(): boolean {
    return this.touched === this.units;
  }

  clear(): void {
    this.touched = 0;
    for (const [level, words] of this.levels.entries()) {
      words.fill(0);
      // Bits behind the last are never free.
      const used = (this.bits[level] ?? 0) % WORD_BITS;
      if (used > 0) words[words.length - 1] = FULL << used;
    }
  }

  /** The first free unit from `unit` on, and round from the start. The map is not full. */
  freeFrom(unit: number): number {
    assert(!this.full, 'a free unit');
    const behind = this.freeBehind(unit);
    return behind < 0 ? this.freeBehind(0) : behind;
  }

  /** Touches the free units from `unit` on, at most so many; returns how many. */
  take(unit: number, most: number): number {
    const end = Math.min(unit + most, this.units);
    let at = unit;
    for (; at < end && !this.has(at); at += 1) this.touch(at);
    this.touched += at - unit;
    return at - unit;
  }

  private has(unit: number): boolean {
    const word = this.levels[0]?.[Math.floor(unit / WORD_BITS)] ?? 0;
    return (word & (1 << (unit % WORD_BITS))) !== 0;
  }

  private touch(unit: number): void {
    let bit = unit;
    for (const words of this.levels) {
      const index = Math.floor(bit / WORD_BITS);
      const word = (words[index] ?? 0) | (1 << (bit % WORD_BITS));
      words[index] = word;
      if (word !== FULL) return;
      bit = index;
    }
  }

  /** Below 0: none from there on. */
  private freeBehind(unit: number): number {
    let bit = unit;
    for (let level = 0; level < this.levels.length; level += 1) {
      const found = this.freeInWord(level, bit);
      if (found >= 0) return this.descend(level, found);
      bit = Math.floor(bit / WORD_BITS) + 1;
    }
    return -1;
  }

  /** In the word that the bit is in, from it on; below 0: none. */
  private freeInWord(level: number, bit: number): number {
    const index = Math.floor(bit / WORD_BITS);
    const words = this.levels[level];
    if (words === undefined || index >= words.length) return -1;
    const free = ~(words[index] ?? 0) & (FULL << (bit % WORD_BITS));
    return free === 0 ? -1 : index * WORD_BITS + lowestBit(free);
  }

  /** The first free unit under a bit that is not set. */
  private descend(level: number, bit: number): number {
    let at = bit;
    for (let lower = level - 1; lower >= 0; lower -= 1) {
      at = this.freeInWord(lower, at * WORD_BITS);
    }
    return at;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
