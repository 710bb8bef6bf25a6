import { expect, test } from 'vitest';
import { WriteLedger, WriteOrder } from '../../../src/workload/write-ledger.ts';

test('who looks before anybody has written sees who writes then', () => {
  const ledger = new WriteLedger(new WriteOrder(), 4096);
  expect([ledger.stamp(5), ledger.inFlight(5)]).toEqual([0, 0]);
  ledger.begin(5, 1);
  expect([ledger.stamp(5), ledger.inFlight(5)]).toEqual([1, 1]);
  ledger.end(5, 1);
  expect([ledger.stamp(5), ledger.inFlight(5)]).toEqual([2, 0]);
});

test('units of several chunks are kept apart, in whatever order they are asked for', () => {
  const ledger = new WriteLedger(new WriteOrder(), 4096);
  ledger.begin(4095, 2);
  ledger.begin(4096, 1);
  const stamps = [4094, 4095, 4096, 4097, 10_000, 4095].map((unit) => ledger.stamp(unit));
  expect(stamps).toEqual([0, 1, 2, 0, 0, 1]);
  expect([ledger.inFlight(4095), ledger.inFlight(4096)]).toEqual([1, 2]);
});
