import { expect, test } from 'vitest';
import { Overlap } from '../../../src/workload/overlap.ts';
import { COPY, READ, Slots, TRIM, WRITE } from '../../../src/workload/slots.ts';
import { DONE, ISSUE, WAIT } from '../../../src/workload/workload.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const BLOCK = 4096;

interface Placed {
  readonly direction: number;
  readonly at: number;
  readonly blocks?: number;
  readonly to?: number;
  readonly ranges?: readonly number[];
  readonly file?: number;
}

function place(slots: Slots, slot: number, { direction, at, ...placed }: Placed): void {
  const ranges = placed.ranges ?? [at];
  slots.direction[slot] = direction;
  slots.file[slot] = placed.file ?? 0;
  slots.offsetBytes[slot] = at * BLOCK;
  slots.lengthBytes[slot] = (placed.blocks ?? 1) * ranges.length * BLOCK;
  slots.destOffsetBytes[slot] = (placed.to ?? 0) * BLOCK;
  slots.rangeCount[slot] = ranges.length;
  ranges.forEach((range, nth) => {
    slots.rangeOffsetBytes[slot * slots.numRange + nth] = range * BLOCK;
  });
}

/** Whether the second may begin while the first is in flight. */
function mayBegin(first: Placed, second: Placed, apart = [false, false]): boolean {
  const slots = new Slots(2, 4);
  const overlap = new Overlap(slots, apart);
  place(slots, 0, first);
  if (!overlap.admits(0)) throw new Error('nothing is in flight yet');
  place(slots, 1, second);
  return overlap.admits(1);
}

const read = (at: number, more: Partial<Placed> = {}) => ({ direction: READ, at, ...more });
const write = (at: number, more: Partial<Placed> = {}) => ({ direction: WRITE, at, ...more });
const copy = (at: number, to: number, more: Partial<Placed> = {}) => ({
  direction: COPY,
  at,
  to,
  ...more,
});
const trim = (...ranges: number[]) => ({ direction: TRIM, at: ranges[0] ?? 0, ranges });

test.each<[string, Placed, Placed, boolean]>([
  ['side by side', write(0), write(1), true],
  ['the same block', write(3), write(3), false],
  ['one block of several', write(0, { blocks: 4 }), write(3), false],
  ['behind several', write(0, { blocks: 4 }), write(4), true],
  ['a read from a write', write(3), read(3), false],
  ['a read from a read, as in fio', read(3), read(3), false],
  ['in two files', write(3), write(3, { file: 1 }), true],
  ['a write from a range that is trimmed', trim(0, 5, 9), write(5), false],
  ['a trim of ranges from a write', write(9), trim(0, 5, 9), false],
  ['between the ranges', trim(0, 5, 9), write(6), true],
  ['trims that share a range', trim(1, 4), trim(4, 7), false],
  ['trims that do not', trim(1, 4), trim(2, 5), true],
  ['copies to the same block', copy(0, 100), copy(1, 100), false],
  ['copies from the same block', copy(0, 100), copy(0, 101), true],
  ['a copy onto what is being copied', copy(0, 100), copy(7, 0), false],
  ['a copy of what is being written', copy(0, 100), copy(100, 200), false],
  ['a copy onto one of several sources', copy(0, 100, { ranges: [0, 6] }), copy(9, 6), false],
  ['one of several sources being written', copy(9, 6), copy(0, 100, { ranges: [0, 6] }), false],
])('%s', (_, first, second, expected) => {
  expect(mayBegin(first, second)).toBe(expected);
});

test('on another file a destination touches no source', () => {
  expect(mayBegin(copy(0, 100), copy(100, 200), [true])).toBe(true);
  expect(mayBegin(copy(0, 100), copy(5, 100), [true])).toBe(false);
});

test('what had to wait begins when the other has ended, in whatever slot is free', () => {
  const slots = new Slots(3, 1);
  const overlap = new Overlap(slots, [false]);
  place(slots, 0, write(3));
  overlap.admits(0);
  place(slots, 2, read(3));
  expect([overlap.admits(2), overlap.holds, overlap.admitsHeld(2)]).toEqual([false, true, false]);
  overlap.ended(0);
  expect([overlap.admitsHeld(0), overlap.holds]).toEqual([true, false]);
  expect([slots.direction[0], slots.offsetBytes[0], slots.lengthBytes[0]]).toEqual([
    READ,
    3 * BLOCK,
    BLOCK,
  ]);
});

test('a workload holds an I/O back, and those behind it, and loses none', () => {
  const workload = aWorkload({
    access: 'write',
    depth: 2,
    sizeBytes: BLOCK,
    ioSizeBytes: 3 * BLOCK,
    serializeOverlap: [false],
  });
  const { slots } = workload;
  workload.begin(0);
  expect(workload.next(0, 5)).toBe(ISSUE);
  expect(workload.next(1, 6)).toBe(WAIT);
  expect(workload.next(1, 7)).toBe(WAIT);
  workload.complete(0, 10, BLOCK, false);
  // In the slot that was free last; its time begins when it does.
  expect(workload.next(0, 11)).toBe(ISSUE);
  expect([slots.offsetBytes[0], slots.startNs[0]]).toEqual([0, 11]);
  expect(workload.next(1, 12)).toBe(WAIT);
  workload.complete(0, 20, BLOCK, false);
  // All bytes are asked for, and one of them waits.
  expect(workload.next(1, 20)).toBe(ISSUE);
  workload.complete(1, 30, BLOCK, false);
  expect([workload.next(0, 30), workload.ended]).toEqual([DONE, 3]);
});

test('a job that is stopped forgets what waits', () => {
  const options = { access: 'write', depth: 2, sizeBytes: BLOCK, loops: 9 } as const;
  const workload = aWorkload({ ...options, serializeOverlap: [false] });
  workload.begin(0);
  workload.next(0, 0);
  workload.next(1, 0);
  workload.stop();
  expect(workload.next(1, 1)).toBe(WAIT);
  workload.complete(0, 10, BLOCK, false);
  expect(workload.next(0, 10)).toBe(DONE);
  expect(workload.ended).toBe(1);
});
