import { expect, test } from 'vitest';
import { UnitOwners } from '../../../src/workload/unit-owners.ts';

test('a write owns its units, until the next one is issued', () => {
  const owners = new UnitOwners();
  expect(owners.begin(0, 4, 2, 1)).toBe(true);
  expect(owners.end(0, 4, 2, 1)).toBe(true);
  expect(owners.holds(0, 4, 2, 1)).toBe(true);
  expect(owners.holds(0, 3, 2, 1)).toBe(false);
  owners.begin(0, 5, 1, 2);
  expect(owners.holds(0, 4, 2, 1)).toBe(false);
  expect(owners.holds(0, 4, 1, 1)).toBe(true);
});

test('of two in flight at once neither is alone, whoever ends first', () => {
  const owners = new UnitOwners();
  owners.begin(0, 0, 2, 1);
  expect(owners.begin(0, 1, 2, 2)).toBe(false);
  expect(owners.end(0, 0, 2, 1)).toBe(false);
  // Still in flight: whoever comes now meets it.
  expect(owners.begin(0, 2, 1, 3)).toBe(false);
});

test('disowned units are nobody’s, but for those of a later write', () => {
  const owners = new UnitOwners();
  owners.begin(0, 0, 2, 1);
  owners.end(0, 0, 2, 1);
  owners.begin(0, 1, 1, 2);
  owners.disown(0, 0, 2, 1);
  expect(owners.holds(0, 0, 1, 1)).toBe(false);
  expect(owners.holds(0, 1, 1, 2)).toBe(true);
});

test('files and far places are apart', () => {
  const owners = new UnitOwners();
  owners.begin(0, 4095, 2, 1);
  owners.begin(1, 4095, 2, 2);
  owners.begin(0, 2 ** 40, 1, 3);
  expect(owners.holds(0, 4095, 2, 1)).toBe(true);
  expect(owners.holds(1, 4095, 2, 2)).toBe(true);
  expect(owners.holds(0, 2 ** 40, 1, 3)).toBe(true);
});

test('units of several chunks and files are kept apart, in whatever order they are asked for', () => {
  const owners = new UnitOwners();
  owners.begin(0, 4090, 12, 1);
  owners.begin(1, 4090, 12, 2);
  expect([owners.holds(0, 4090, 12, 1), owners.holds(1, 4090, 12, 2)]).toEqual([true, true]);
  expect([owners.holds(0, 4101, 1, 1), owners.holds(0, 4102, 1, 1)]).toEqual([true, false]);
  expect(owners.holds(0, 4090, 1, 1)).toBe(true);
});
