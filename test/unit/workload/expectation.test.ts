import { expect, test } from 'vitest';
import { Expectation, type Fingerprints } from '../../../src/workload/expectation.ts';
import { COPY, Slots } from '../../../src/workload/slots.ts';
import { WriteLedger, WriteOrder } from '../../../src/workload/write-ledger.ts';

const UNIT = 512;
const DEST = 100;

/** A device of 200 units, each holding a number. */
class Units implements Fingerprints {
  readonly content = Float64Array.from({ length: 200 }, (_, unit) => 1000 + unit);

  fingerprints(firstUnit: number, units: number, into: Float64Array, at: number): void {
    into.set(this.content.subarray(firstUnit, firstUnit + units), at);
  }

  copy(from: number, to: number, units: number): void {
    this.content.copyWithin(to, from, from + units);
  }
}

/** Copies of units 0 … 15 to 100 … 115, two units a range. */
class Copies {
  readonly device = new Units();
  readonly slots: Slots;
  readonly expectation: Expectation;

  readonly ledger = new WriteLedger(new WriteOrder(), UNIT);

  constructor(numRange = 1, blockUnits = 1) {
    this.slots = new Slots(2, numRange);
    this.expectation = new Expectation(
      this.slots,
      { content: this.device, ledger: this.ledger },
      { content: this.device, ledger: this.ledger },
      {
        offsetBytes: DEST * UNIT,
        sizeBytes: 16 * UNIT,
        blockBytes: blockUnits * UNIT,
      },
    );
  }

  issue(slot: number, destination: number, ...sources: readonly number[]): void {
    const { slots } = this;
    slots.direction[slot] = COPY;
    slots.destOffsetBytes[slot] = destination * UNIT;
    slots.lengthBytes[slot] = sources.length * 2 * UNIT;
    slots.rangeCount[slot] = sources.length;
    sources.forEach((source, range) => {
      slots.rangeOffsetBytes[slot * slots.numRange + range] = source * UNIT;
    });
    this.expectation.issued(slot);
  }

  end(slot: number, doneUnits: number): void {
    this.expectation.ended(slot, doneUnits * UNIT);
  }
}

test('a copy that arrived is no error, one that did not is one for each unit', () => {
  const copies = new Copies();
  copies.issue(0, DEST, 0);
  copies.device.copy(0, DEST, 2);
  copies.end(0, 2);
  expect(copies.expectation.errors()).toBe(0);
  copies.issue(0, DEST + 2, 2);
  copies.end(0, 2);
  expect(copies.expectation.errors()).toBe(2);
});

test('what nobody copied to is held against nothing', () => {
  expect(new Copies().expectation.errors()).toBe(0);
});

test('holds what the source held when the copy was issued, not what it holds at the end', () => {
  const copies = new Copies();
  copies.issue(0, DEST, 0);
  copies.device.copy(0, DEST, 2);
  copies.end(0, 2);
  copies.device.content.fill(7, 0, 2);
  expect(copies.expectation.errors()).toBe(0);
});

test('the last copy of a unit is what counts', () => {
  const copies = new Copies();
  for (const source of [0, 4]) {
    copies.issue(0, DEST, source);
    copies.device.copy(source, DEST, 2);
    copies.end(0, 2);
  }
  expect(copies.expectation.errors()).toBe(0);
  copies.device.copy(0, DEST, 2);
  expect(copies.expectation.errors()).toBe(2);
});

test('ranges stand one after the other', () => {
  const copies = new Copies(3);
  copies.issue(0, DEST + 4, 8, 0, 6);
  copies.device.copy(8, DEST + 4, 2);
  copies.device.copy(0, DEST + 6, 2);
  copies.device.copy(6, DEST + 8, 2);
  copies.end(0, 6);
  expect(copies.expectation.errors()).toBe(0);
  copies.device.copy(8, DEST + 6, 2);
  expect(copies.expectation.errors()).toBe(2);
});

test.each([
  [0, 0],
  [1, 1],
  [2, 2],
])('of a copy that failed after %d units, %d are held against their source', (done, errors) => {
  const copies = new Copies();
  copies.issue(0, DEST, 0);
  copies.end(0, done);
  expect(copies.expectation.errors()).toBe(errors);
});

test('where two I/Os are in flight at once, nobody can say, whichever ends first', () => {
  for (const [first, second] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const copies = new Copies();
    copies.issue(0, DEST, 0);
    copies.issue(1, DEST + 1, 8);
    copies.end(first, 2);
    copies.end(second, 2);
    // Nothing was copied: the units of one copy alone, 100 and 102, are wrong; 101 is unknown.
    expect(copies.expectation.errors()).toBe(2);
  }
});

test('a unit that was in doubt is known again after a copy of its own', () => {
  const copies = new Copies();
  copies.issue(0, DEST, 0);
  copies.issue(1, DEST, 8);
  copies.end(0, 2);
  copies.end(1, 2);
  expect(copies.expectation.errors()).toBe(0);
  copies.issue(0, DEST, 4);
  copies.end(0, 2);
  expect(copies.expectation.errors()).toBe(2);
});

test('counts logical blocks: one with a wrong unit is one error', () => {
  const copies = new Copies(1, 2);
  copies.issue(0, DEST, 0);
  copies.device.copy(0, DEST, 1);
  copies.end(0, 2);
  expect(copies.expectation.errors()).toBe(1);
});

test.each([
  ['its source while the copy is under way', 0, 'during', 0],
  ['its destination while the copy is under way', DEST, 'during', 0],
  ['its destination afterwards', DEST, 'after', 0],
  ['its source afterwards', 0, 'after', 1],
  ['elsewhere', 50, 'during', 1],
])('another job writes %s', (_, unit, when, errors) => {
  const copies = new Copies(1, 2);
  const write = (): void => {
    copies.ledger.begin(unit, 2);
    copies.ledger.end(unit, 2);
  };
  copies.issue(0, DEST, 0);
  if (when === 'during') write();
  copies.end(0, 2);
  if (when === 'after') write();
  // Nothing was copied: an error wherever it can be told.
  expect(copies.expectation.errors()).toBe(errors);
});

test('another job whose write is under way at issue, or at the end', () => {
  for (const unit of [0, DEST]) {
    const copies = new Copies(1, 2);
    copies.ledger.begin(unit, 2);
    copies.issue(0, DEST, 0);
    copies.end(0, 2);
    expect(copies.expectation.errors()).toBe(0);
  }
});
