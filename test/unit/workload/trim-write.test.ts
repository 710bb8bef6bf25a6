import { expect, test } from 'vitest';
import { TRIM, WRITE } from '../../../src/workload/slots.ts';
import { OwedWrites } from '../../../src/workload/trim-write.ts';
import { DONE, ISSUE, WAIT } from '../../../src/workload/workload.ts';
import { aWorkload, errorsEnd, runWhole } from '../../support/workload-spec.ts';

const BLOCK = 4096;

test('owed writes come in the order in which their trims ended, each of its file', () => {
  const owed = new OwedWrites(2);
  owed.push(3 * BLOCK, 1);
  owed.push(0, 0);
  expect([owed.count, owed.shift(), owed.file]).toEqual([2, 3 * BLOCK, 1]);
  expect([owed.shift(), owed.file, owed.count]).toEqual([0, 0, 0]);
  owed.push(BLOCK, 0);
  expect([owed.shift(), owed.count]).toEqual([BLOCK, 0]);
  owed.push(0, 0);
  owed.push(0, 0);
  expect(() => owed.push(0, 0)).toThrow('a write for each slot');
});

test('at depth 1 each block is trimmed, then written: the pair is one of number_ios', () => {
  const asked = runWhole(aWorkload({ access: 'trimwrite', numberIos: 7 }));
  expect(asked.map(({ direction }) => direction)).toEqual(
    Array.from({ length: 7 }, () => [TRIM, WRITE]).flat(),
  );
  expect(asked.map(({ offsetBytes }) => offsetBytes / BLOCK)).toEqual(
    Array.from({ length: 7 }, (_, block) => [block, block]).flat(),
  );
});

test('deeper, a write waits for the trim of its own block, and other trims go on', () => {
  const workload = aWorkload({ access: 'trimwrite', depth: 3, numberIos: 3 });
  const { slots } = workload;
  workload.begin(0);
  for (const slot of [0, 1, 2]) expect(workload.next(slot, 0)).toBe(ISSUE);
  expect([...slots.direction]).toEqual([TRIM, TRIM, TRIM]);
  workload.complete(1, 10, BLOCK, false);
  expect(workload.next(1, 10)).toBe(ISSUE);
  expect([slots.direction[1], slots.offsetBytes[1]]).toEqual([WRITE, BLOCK]);
  workload.complete(1, 20, BLOCK, false);
  expect(workload.next(1, 20)).toBe(WAIT);
  workload.complete(0, 30, BLOCK, false);
  workload.complete(2, 30, BLOCK, false);
  expect(workload.next(2, 30)).toBe(ISSUE);
  expect([slots.direction[2], slots.offsetBytes[2]]).toEqual([WRITE, 0]);
  expect(workload.next(0, 30)).toBe(ISSUE);
  expect([slots.direction[0], slots.offsetBytes[0]]).toEqual([WRITE, 2 * BLOCK]);
  workload.complete(0, 40, BLOCK, false);
  workload.complete(2, 40, BLOCK, false);
  expect(workload.next(0, 40)).toBe(DONE);
  expect(workload.measurement(TRIM).ios).toBe(3);
  expect(workload.measurement(WRITE).ios).toBe(3);
});

test('a block whose trim failed is not written, and a job that is stopped writes no more', () => {
  const continueOnError = errorsEnd(false);
  const workload = aWorkload({ access: 'trimwrite', depth: 2, continueOnError });
  workload.begin(0);
  workload.next(0, 0);
  workload.next(1, 0);
  workload.complete(0, 10, 0, true);
  expect(workload.next(0, 10)).toBe(ISSUE);
  expect(workload.slots.direction[0]).toBe(TRIM);
  workload.complete(1, 20, BLOCK, false);
  workload.stop();
  expect(workload.next(1, 20)).toBe(WAIT);
});
