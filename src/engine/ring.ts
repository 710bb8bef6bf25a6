/** A queue of slot numbers, no larger than the depth of its job. */

import { assert } from '../units/assert.ts';

export class Ring {
  private readonly slots: Int32Array;
  private readonly mask: number;
  private head = 0;
  private tail = 0;

  constructor(capacity: number) {
    let size = 1;
    while (size < capacity) size *= 2;
    this.slots = new Int32Array(size);
    this.mask = size - 1;
  }

  get size(): number {
    return (this.tail - this.head) | 0;
  }

  push(slot: number): void {
    assert(this.size <= this.mask, 'a ring has room for every slot');
    this.slots[this.tail & this.mask] = slot;
    this.tail = (this.tail + 1) | 0;
  }

  peek(): number {
    return this.slots[this.head & this.mask] ?? 0;
  }

  /** The nth of the queue, from 0. */
  at(nth: number): number {
    return this.slots[(this.head + nth) & this.mask] ?? 0;
  }

  shift(): number {
    const slot = this.slots[this.head & this.mask] ?? 0;
    this.head = (this.head + 1) | 0;
    return slot;
  }
}
