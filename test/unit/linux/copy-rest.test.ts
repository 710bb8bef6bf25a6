import { expect, test } from 'vitest';
import { CopyRest } from '../../../src/linux/copy-rest.ts';
import { Attempts } from '../../../src/linux/engine.ts';
import { AssertionFailure } from '../../../src/units/assert.ts';
import { Slots } from '../../../src/workload/slots.ts';

/** Slot 1 of 2: three ranges of 1000 bytes at 0, 50000 and 20000, to 7. */
function located(doneBytes: number): readonly [number, number, number] {
  const slots = new Slots(2, 4);
  const attempts = new Attempts(2);
  slots.lengthBytes[1] = 3000;
  slots.rangeCount[1] = 3;
  slots.rangeOffsetBytes.set([0, 50_000, 20_000], 4);
  slots.destOffsetBytes[1] = 7;
  attempts.doneBytes[1] = doneBytes;
  const rest = new CopyRest(slots, attempts);
  rest.locate(1);
  return [rest.sourceOffsetBytes, rest.destOffsetBytes, rest.lengthBytes];
}

test.each([
  [0, [0, 7, 1000]],
  [1, [1, 8, 999]],
  [999, [999, 1006, 1]],
  [1000, [50_000, 1007, 1000]],
  [2400, [20_400, 2407, 600]],
])('after %i bytes', (doneBytes, expected) => {
  expect(located(doneBytes)).toEqual(expected);
});

test('a copy that is done has no rest', () => {
  expect(() => located(3000)).toThrow(AssertionFailure);
});
