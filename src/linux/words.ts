/**
 * 64-bit words in memory that system calls read and write: offsets, and the fields of a structure.
 * Set and read as two halves: a BigInt would be allocated for each.
 */

import { Arena } from './arena.ts';
import type { Memory, Syscalls } from './syscalls.ts';

const WORD_BYTES = 8;
const HIGH = 2 ** 32;

export class Words {
  private readonly arena: Arena;
  private halves: Uint32Array;

  /** `count` words that are 0. Throws OutOfMemory. */
  constructor(syscalls: Syscalls, count: number) {
    this.arena = new Arena(syscalls, count * WORD_BYTES);
    this.halves = new Uint32Array(this.arena.memory, 0, count * 2);
  }

  addressOf(word: number): Memory {
    return this.arena.address + word * WORD_BYTES;
  }

  /** `value`: a whole number from 0 to 2^53. */
  set(word: number, value: number): void {
    // A store into a Uint32Array takes the value modulo 2^32, its fraction cut off.
    this.halves[word * 2] = value;
    this.halves[word * 2 + 1] = value / HIGH;
  }

  get(word: number): number {
    return this.half(word * 2) + this.half(word * 2 + 1) * HIGH;
  }

  /** 32 bits: of two in a word, the lower one has the even index. */
  half(index: number): number {
    return this.halves[index] ?? 0;
  }

  close(): void {
    this.halves = new Uint32Array(0);
    this.arena.close();
  }
}
