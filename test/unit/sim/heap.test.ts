import { expect, test } from 'vitest';
import { TimerHeap } from '../../../src/sim/heap.ts';
import { NEVER, Timer } from '../../../src/sim/timer.ts';

function heapOf(...dues: readonly number[]): TimerHeap {
  const heap = new TimerHeap();
  dues.forEach((dueNs, index) => {
    const timer = new Timer({ fire: () => {} }, 0, index);
    timer.dueNs = dueNs;
    heap.push(timer);
  });
  return heap;
}

function drain(heap: TimerHeap): [number, number][] {
  const order: [number, number][] = [];
  for (let timer = heap.pop(); timer !== NEVER; timer = heap.pop()) {
    order.push([timer.dueNs, timer.slot]);
  }
  return order;
}

test('is empty at first', () => {
  const heap = new TimerHeap();
  expect([heap.size, heap.peek(), heap.pop()]).toEqual([0, NEVER, NEVER]);
});

test('gives timers back by due time, those of one instant in order of scheduling', () => {
  expect(drain(heapOf(30, 10, 20, 10, 0, 30, 10))).toEqual([
    [0, 4],
    [10, 1],
    [10, 3],
    [10, 6],
    [20, 2],
    [30, 0],
    [30, 5],
  ]);
});

test('keeps the order of scheduling among many of few instants', () => {
  const dues = Array.from({ length: 200 }, (_, index) => (index * 7919) % 5);
  const expected = dues
    .map((dueNs, index): [number, number] => [dueNs, index])
    .sort(([a, i], [b, j]) => a - b || i - j);
  expect(drain(heapOf(...dues))).toEqual(expected);
});

test('peeks at what it would pop, and keeps it', () => {
  const heap = heapOf(2, 1);
  expect([heap.peek().dueNs, heap.size]).toEqual([1, 2]);
});
