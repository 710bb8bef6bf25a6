/**
 * The event queue: a timing wheel of 4096 buckets of 64 ns for what is due within 262 us, and a
 * heap for the rest. Each bucket is kept in the total order of `before`, so the wheel fires exactly
 * as the heap would (property test): near events cost a short list walk instead of log n
 * comparisons.
 *
 * Far timers are not moved into the wheel when their window comes; the earlier of the two heads
 * fires. (A wheel that migrates was tried on paper: it fires late whenever it forgets a window.)
 */

import { TimerHeap } from './heap.ts';
import { before, type Timer } from './timer.ts';

const BUCKETS = 4096;
const MASK = BUCKETS - 1;
const BUCKET_NS = 64;
const PER_NS = 1 / BUCKET_NS;
/** One bucket less than a turn: a bucket never holds timers of two turns. */
const HORIZON_NS = (BUCKETS - 1) * BUCKET_NS;
const WORDS = BUCKETS / 32;

export class EventQueue {
  readonly #heads: (Timer | null)[] = new Array<Timer | null>(BUCKETS).fill(null);
  /** A bit per bucket that holds something. */
  readonly #occupied = new Int32Array(WORDS);
  readonly #far = new TimerHeap();
  #near = 0;
  /**
   * Due time of the last event fired: no timer is due before it, none in the wheel a turn after it.
   */
  #firedNs = -0;
  /** Head of the wheel where it is known; null asks for a search. */
  #first: Timer | null = null;

  get size(): number {
    return this.#near + this.#far.size;
  }

  /** `timer.dueNs` is not before the last event fired. */
  push(timer: Timer): void {
    if (timer.dueNs - this.#firedNs >= HORIZON_NS) {
      this.#far.push(timer);
      return;
    }
    const bucket = (timer.dueNs * PER_NS) & MASK;
    const head = this.#heads[bucket] ?? null;
    this.#near += 1;
    if (head !== null && before(head, timer)) {
      insertBehind(head, timer);
      return;
    }
    timer.next = head;
    this.#heads[bucket] = timer;
    if (head === null) this.#mark(bucket);
    // Only the head of a bucket may be the head of the wheel.
    const first = this.#first;
    if (this.#near === 1 || (first !== null && before(timer, first))) this.#first = timer;
  }

  peek(): Timer | null {
    const near = this.#near === 0 ? null : (this.#first ?? this.#search());
    const far = this.#far.peek();
    if (near === null) return far;
    return far === null || before(near, far) ? near : far;
  }

  pop(): Timer | null {
    const timer = this.peek();
    if (timer === null) return null;
    const dueNs = timer.dueNs;
    this.#firedNs = dueNs;
    if (timer !== this.#first) return this.#far.pop();
    const bucket = (dueNs * PER_NS) & MASK;
    const rest = timer.next;
    this.#heads[bucket] = rest;
    timer.next = null;
    this.#near -= 1;
    this.#first = rest;
    if (rest === null) this.#clear(bucket);
    return timer;
  }

  #mark(bucket: number): void {
    const word = bucket >> 5;
    this.#occupied[word] = (this.#occupied[word] ?? 0) | (1 << (bucket & 31));
  }

  #clear(bucket: number): void {
    const word = bucket >> 5;
    this.#occupied[word] = (this.#occupied[word] ?? 0) & ~(1 << (bucket & 31));
  }

  /** The first occupied bucket from the last event on, once around. */
  #search(): Timer | null {
    const from = (this.#firedNs * PER_NS) & MASK;
    let word = from >> 5;
    let bits = (this.#occupied[word] ?? 0) & (-1 << (from & 31));
    for (let turned = 0; turned <= WORDS; turned += 1) {
      if (bits !== 0) {
        const bucket = (word << 5) + 31 - Math.clz32(bits & -bits);
        this.#first = this.#heads[bucket] ?? null;
        return this.#first;
      }
      word = (word + 1) & (WORDS - 1);
      bits = this.#occupied[word] ?? 0;
    }
    return null;
  }
}

/** Into a bucket's list, at its place behind the head. */
function insertBehind(head: Timer, timer: Timer): void {
  let at = head;
  let next = at.next;
  while (next !== null && before(next, timer)) {
    at = next;
    next = at.next;
  }
  timer.next = next;
  at.next = timer;
}
