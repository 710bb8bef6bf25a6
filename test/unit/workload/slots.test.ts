import { expect, test } from 'vitest';
import { COPY, READ, SLOT_DIRECTIONS, Slots, WRITE } from '../../../src/workload/slots.ts';

test('the numbers of the directions are their places in the list of names', () => {
  expect([READ, WRITE, COPY].map((direction) => SLOT_DIRECTIONS[direction])).toEqual([
    'read',
    'write',
    'copy',
  ]);
});

test('has a row per I/O in flight, and ranges for each', () => {
  const slots = new Slots(32, 4);
  expect([slots.startNs.length, slots.rangeOffsetBytes.length]).toEqual([32, 128]);
});
