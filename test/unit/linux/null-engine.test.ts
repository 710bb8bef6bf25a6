import { expect, test } from 'vitest';
import { Attempts } from '../../../src/linux/engine.ts';
import { NullEngine, NullQueue } from '../../../src/linux/null-engine.ts';
import { Slots } from '../../../src/workload/slots.ts';

function slots(depth: number): { readonly slots: Slots; readonly attempts: Attempts } {
  const made = { slots: new Slots(depth, 1), attempts: new Attempts(depth) };
  made.slots.lengthBytes.forEach((_, slot) => {
    made.slots.lengthBytes[slot] = 4096 + slot;
    made.attempts.errno[slot] = 5;
  });
  return made;
}

test('one at a time: all of it at once', () => {
  const { slots: made, attempts } = slots(2);
  const engine = new NullEngine(made, attempts);
  engine.perform(1);
  engine.close();
  expect([...attempts.doneBytes]).toEqual([0, 4097]);
  expect([...attempts.errno]).toEqual([5, 0]);
});

test('at depth: what was handed over has ended, once', () => {
  const { slots: made, attempts } = slots(3);
  const engine = new NullQueue(made, attempts);
  engine.queue(2);
  engine.queue(0);
  engine.submit();
  expect(engine.reap()).toBe(2);
  expect([...engine.ended.subarray(0, 2)]).toEqual([2, 0]);
  expect([...attempts.doneBytes]).toEqual([4096, 0, 4098]);
  expect([...attempts.errno]).toEqual([0, 5, 0]);
  expect(engine.reap()).toBe(0);
  engine.close();
});
