import { expect, test } from 'vitest';
import { EventQueue } from '../../../src/sim/event-queue.ts';
import { NEVER, Timer } from '../../../src/sim/timer.ts';

/** A turn of the wheel: 4096 buckets of 64 ns; beyond a bucket less than that lies the heap. */
const TURN_NS = 4096 * 64;
const HORIZON_NS = TURN_NS - 64;

class Feed {
  readonly queue = new EventQueue();
  private sequence = 0;

  push(...dues: readonly number[]): void {
    for (const dueNs of dues) {
      const timer = new Timer({ fire: () => {} }, 0, this.sequence);
      timer.dueNs = dueNs;
      this.sequence += 1;
      this.queue.push(timer);
    }
  }

  pop(): number | null {
    const timer = this.queue.pop();
    return timer === NEVER ? null : timer.dueNs;
  }

  drain(): number[] {
    const dues: number[] = [];
    for (let due = this.pop(); due !== null; due = this.pop()) dues.push(due);
    return dues;
  }
}

test('is empty at first', () => {
  const { queue } = new Feed();
  expect([queue.size, queue.peek(), queue.pop()]).toEqual([0, NEVER, NEVER]);
});

test.each<[string, number[]]>([
  ['one bucket', [63, 0, 1.5, 63.9, 1.25]],
  ['neighbouring buckets', [64, 63, 128, 127, 65]],
  ['far buckets of one word and of others', [64 * 31, 64 * 32, 64 * 5, 64 * 4000]],
  ['both sides of the horizon', [HORIZON_NS, HORIZON_NS - 1, HORIZON_NS + 1, 1]],
  ['the same bucket a turn later', [TURN_NS + 1, 1, 2 * TURN_NS + 1, 2]],
  ['seconds', [3e9, 1, 2e9, 30e9, 1e9 + 0.5]],
  ['beyond 2^32 buckets', [64 * 2 ** 33, 64 * 2 ** 32 + 5, 7]],
])('fires by due time: %s', (_, dues) => {
  const feed = new Feed();
  feed.push(...dues);
  expect(feed.queue.size).toBe(dues.length);
  expect(feed.drain()).toEqual([...dues].sort((a, b) => a - b));
  expect(feed.queue.size).toBe(0);
});

test('fires what is due at one instant in order of scheduling, near and far alike', () => {
  const feed = new Feed();
  feed.push(HORIZON_NS, 10, 10);
  expect(feed.pop()).toBe(10);
  // The same instant, now within the wheel; the far one was first.
  feed.push(HORIZON_NS);
  expect(feed.pop()).toBe(10);
  expect([feed.queue.pop().slot, feed.queue.pop().slot]).toEqual([0, 3]);
});

test('takes what is due at once, while its bucket is being emptied', () => {
  const feed = new Feed();
  feed.push(5, 6);
  expect(feed.pop()).toBe(5);
  feed.push(5, 5.5);
  expect(feed.drain()).toEqual([5, 5.5, 6]);
});

test('goes round and round', () => {
  const feed = new Feed();
  feed.push(0);
  const fired: number[] = [];
  for (let due = feed.pop(); due !== null && fired.length < 1000; due = feed.pop()) {
    fired.push(due);
    feed.push(due + HORIZON_NS - 1);
  }
  expect(fired).toEqual(Array.from({ length: 1000 }, (_, turn) => turn * (HORIZON_NS - 1)));
});

test('peeks at what it would pop, whatever was pushed between', () => {
  const feed = new Feed();
  feed.push(100, 50);
  expect(feed.queue.peek().dueNs).toBe(50);
  feed.push(20);
  expect(feed.queue.peek().dueNs).toBe(20);
  expect(feed.pop()).toBe(20);
  expect(feed.queue.peek().dueNs).toBe(50);
});

test('keeps the order of scheduling when one due earlier comes between equals', () => {
  const feed = new Feed();
  feed.push(70, 70, 30, 70, 30);
  const slots = Array.from({ length: 5 }, () => feed.queue.pop().slot);
  expect(slots).toEqual([2, 4, 0, 1, 3]);
});
