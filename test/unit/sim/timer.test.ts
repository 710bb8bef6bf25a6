import { expect, test } from 'vitest';
import { before, Timer } from '../../../src/sim/timer.ts';

function timer(dueNs: number, sequence: number): Timer {
  const made = new Timer({ fire: () => {} }, 0, 0);
  made.dueNs = dueNs;
  made.sequence = sequence;
  return made;
}

test.each([
  [1, 5, 2, 0, true],
  [2, 0, 1, 5, false],
  [1, 0, 1, 1, true],
  [1, 1, 1, 0, false],
  [1.25, 9, 1.5, 0, true],
])('due %d as number %d comes before due %d as number %d: %j', (dueA, a, dueB, b, expected) => {
  expect(before(timer(dueA, a), timer(dueB, b))).toBe(expected);
});

test('comes not before itself', () => {
  const one = timer(1, 1);
  expect(before(one, one)).toBe(false);
});
