import { expect, test } from 'vitest';
import { Ring } from '../../../src/engine/ring.ts';

test('gives slots back in the order they came, round and round', () => {
  const ring = new Ring(3);
  const out: number[] = [];
  for (let slot = 0; slot < 20; slot += 1) {
    ring.push(slot);
    if (slot >= 2) out.push(ring.shift());
  }
  expect(out).toEqual(Array.from({ length: 18 }, (_, slot) => slot));
  expect([ring.size, ring.peek(), ring.size]).toEqual([2, 18, 2]);
});

test.each([1, 2, 32, 33, 1000])('a ring of %d has room for every slot', (depth) => {
  const ring = new Ring(depth);
  for (let slot = 0; slot < depth; slot += 1) ring.push(slot);
  expect(ring.size).toBe(depth);
});

test('more than that is our own mistake', () => {
  const ring = new Ring(2);
  ring.push(0);
  ring.push(1);
  expect(() => ring.push(2)).toThrow('a ring has room for every slot');
});
