/**
 * The event queue: the earliest timer, a timing wheel of 4096 buckets of 64 ns for what is due
 * within 262 us, and a heap for the rest. It fires by due time, then in order of scheduling,
 * exactly as the heap alone would (property test): near events cost a short list walk instead of
 * log n comparisons. Order of scheduling is order of arrival, so that only the heap has to number
 * it: a bucket takes a timer behind its equals, and of two that are due at once the far one came
 * first, when its time was still beyond the wheel.
 *
 * The earliest of the near ones waits outside the wheel: where few are under way it fires before
 * another comes, and nothing enters the wheel at all. Far timers are not moved into the wheel when
 * their window comes; the earlier of the two heads fires. (A wheel that migrates was tried on
 * paper: it fires late whenever it forgets a window.)
 */

import type { Nanoseconds } from '../units/quantity.ts';
import { TimerHeap } from './heap.ts';
import { NEVER, type Timer } from './timer.ts';

const BUCKETS = 4096;
const MASK = BUCKETS - 1;
const BUCKET_NS = 64;
const PER_NS = 1 / BUCKET_NS;
/** One bucket less than a turn: a bucket never holds timers of two turns. */
const HORIZON_NS = (BUCKETS - 1) * BUCKET_NS;
const WORDS = BUCKETS / 32;

export class EventQueue {
  private readonly heads: Timer[] = [];
  /** A bit per bucket that holds something. */
  private readonly occupied = new Int32Array(WORDS);
  /** Timers in the wheel. */
  private near = 0;
  private readonly far = new TimerHeap();
  private firstFar: Timer = NEVER;
  /** Before all in the wheel, and not in it. NEVER: the wheel is empty. */
  private first: Timer = NEVER;
  /**
   * Due time of the last event fired: no timer is due before it, none in the wheel a turn after it.
   */
  private firedNs: Nanoseconds = -0;

  constructor() {
    // A loop: Array.from, which calls a function, is a tenth of what a tiny world costs.
    for (let bucket = 0; bucket < BUCKETS; bucket++) this.heads.push(NEVER);
  }

  get size(): number {
    return this.near + this.far.size + (this.first === NEVER ? 0 : 1);
  }

  /** `timer.dueNs` is not before the last event fired. */
  push(timer: Timer): void {
    if (timer.dueNs - this.firedNs >= HORIZON_NS) {
      this.far.push(timer);
      this.firstFar = this.far.peek();
      return;
    }
    const first = this.first;
    if (timer.dueNs < first.dueNs) {
      this.first = timer;
      if (first !== NEVER) this.insertFirst(first);
    } else {
      this.insert(timer);
    }
  }

  /** NEVER when nothing waits. */
  peek(): Timer {
    return this.firstFar.dueNs <= this.first.dueNs ? this.firstFar : this.first;
  }

  /** NEVER when nothing waits. */
  pop(): Timer {
    const timer = this.first;
    const { dueNs } = timer;
    if (this.firstFar.dueNs <= dueNs) return this.popFar();
    this.firedNs = dueNs;
    if (this.near === 0) this.first = NEVER;
    else this.takeFirst((dueNs * PER_NS) & MASK);
    return timer;
  }

  /** The heap's, or NEVER: that is in neither. */
  private popFar(): Timer {
    const timer = this.far.pop();
    if (timer === NEVER) return NEVER;
    this.firstFar = this.far.peek();
    this.firedNs = timer.dueNs;
    return timer;
  }

  /** Into its bucket, behind those due no later. */
  private insert(timer: Timer): void {
    const bucket = (timer.dueNs * PER_NS) & MASK;
    const head = this.heads[bucket] ?? NEVER;
    if (timer.dueNs < head.dueNs) {
      this.putHead(bucket, head, timer);
      return;
    }
    this.near += 1;
    insertBehind(head, timer);
  }

  /** Into its bucket, before all that are in the wheel. */
  private insertFirst(timer: Timer): void {
    const bucket = (timer.dueNs * PER_NS) & MASK;
    this.putHead(bucket, this.heads[bucket] ?? NEVER, timer);
  }

  private putHead(bucket: number, head: Timer, timer: Timer): void {
    this.near += 1;
    timer.next = head;
    this.heads[bucket] = timer;
    if (head !== NEVER) return;
    const word = bucket >> 5;
    this.occupied[word] = (this.occupied[word] ?? 0) | (1 << (bucket & 31));
  }

  /** Out of the first occupied bucket from `from` on, once around: the wheel is not empty. */
  private takeFirst(from: number): void {
    let word = from >> 5;
    let bits = (this.occupied[word] ?? 0) & (-1 << (from & 31));
    while (bits === 0) {
      word = (word + 1) & (WORDS - 1);
      bits = this.occupied[word] ?? 0;
    }
    const lowest = bits & -bits;
    const bucket = (word << 5) + 31 - Math.clz32(lowest);
    const timer = this.heads[bucket] ?? NEVER;
    const rest = timer.next ?? NEVER;
    this.first = timer;
    this.near -= 1;
    this.heads[bucket] = rest;
    if (rest === NEVER) this.occupied[word] = (this.occupied[word] ?? 0) & ~lowest;
  }
}

/** Into a bucket's list, at its place behind the head. */
function insertBehind(head: Timer, timer: Timer): void {
  const { dueNs } = timer;
  let at = head;
  let next = at.next ?? NEVER;
  while (next.dueNs <= dueNs) {
    at = next;
    next = at.next ?? NEVER;
  }
  timer.next = next;
  at.next = timer;
}
