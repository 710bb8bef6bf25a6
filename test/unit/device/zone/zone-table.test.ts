/** The null_blk cases are those of ../shared/vectors/null-blk-rules.jsonl ("zoned"), in its order. */

import { expect, test } from 'vitest';
import {
  type ZoneGeometry,
  ZoneRefusal,
  type ZoneRules,
  ZoneState,
  ZoneTable,
} from '../../../../src/device/zone/zone-table.ts';

const GEOMETRY: ZoneGeometry = {
  zoneBlocks: 1024,
  capacityBlocks: 768,
  zones: 8,
  conventional: 1,
  maxOpen: 2,
  maxActive: 3,
};
const { EMPTY, IMPLICIT_OPEN, EXPLICIT_OPEN, CLOSED, FULL, NOT_WP } = ZoneState;

function table(rules: ZoneRules = 'null_blk', changes: Partial<ZoneGeometry> = {}): ZoneTable {
  return new ZoneTable({ ...GEOMETRY, ...changes }, rules);
}

/** As a device writes: check, open, move on. */
function write(zones: ZoneTable, lba: number, blocks: number): ZoneRefusal {
  const refusal = zones.checkWrite(lba, blocks);
  if (refusal !== ZoneRefusal.NONE) return refusal;
  const opened = zones.openImplicitly(zones.zoneOf(lba));
  if (opened === ZoneRefusal.NONE) zones.written(lba, blocks);
  return opened;
}

const states = (zones: ZoneTable): number[] =>
  Array.from({ length: zones.geometry.zones }, (_, zone) => zones.state(zone));

test('a conventional zone is written anywhere, the others at their pointer up to their capacity', () => {
  const zones = table();
  expect(write(zones, 512, 4)).toBe(ZoneRefusal.NONE);
  expect(write(zones, 1024, 1)).toBe(ZoneRefusal.NONE);
  expect([zones.state(0), zones.state(1), zones.pointer(1)]).toEqual([NOT_WP, IMPLICIT_OPEN, 1025]);
  expect(write(zones, 1026, 1)).toBe(ZoneRefusal.INVALID_WRITE);
  expect(write(zones, 1024, 1)).toBe(ZoneRefusal.INVALID_WRITE);
  expect(write(zones, 1025, 768)).toBe(ZoneRefusal.BOUNDARY);
  expect(write(zones, 1025, 767)).toBe(ZoneRefusal.NONE);
  expect([zones.state(1), zones.pointer(1), zones.open]).toEqual([FULL, 1792, 0]);
  expect(write(zones, 1792, 1)).toBe(ZoneRefusal.FULL);
});

test('null_blk: the recorded sequence of opens, closes and finishes', () => {
  const zones = table();
  for (const zone of [1, 2, 3]) expect(write(zones, zone * 1024, 1)).toBe(ZoneRefusal.NONE);
  expect(states(zones).slice(1, 5)).toEqual([CLOSED, IMPLICIT_OPEN, IMPLICIT_OPEN, EMPTY]);
  expect(write(zones, 4096, 1)).toBe(ZoneRefusal.TOO_MANY_ACTIVE);
  expect(zones.openExplicitly(3)).toBe(ZoneRefusal.NONE);
  expect(zones.openExplicitly(2)).toBe(ZoneRefusal.NONE);
  expect(zones.openExplicitly(1)).toBe(ZoneRefusal.TOO_MANY_OPEN);
  expect(zones.openExplicitly(5)).toBe(ZoneRefusal.TOO_MANY_ACTIVE);
  expect(zones.close(2)).toBe(ZoneRefusal.NONE);
  expect(zones.close(5)).toBe(ZoneRefusal.INVALID_TRANSITION);
  expect(zones.finish(2)).toBe(ZoneRefusal.NONE);
  expect(write(zones, 2049, 1)).toBe(ZoneRefusal.FULL);
  expect(zones.finish(6)).toBe(ZoneRefusal.NONE);
  expect(states(zones)).toEqual([NOT_WP, CLOSED, FULL, EXPLICIT_OPEN, EMPTY, EMPTY, FULL, EMPTY]);
});

test('qemu: the zone that has been open longest is closed, and stays so when that does not help', () => {
  const zones = table('qemu', { conventional: 0, maxOpen: 3, maxActive: 4 });
  zones.put(0, CLOSED, 8);
  for (const zone of [2, 1, 3]) expect(write(zones, zone * 1024, 1)).toBe(ZoneRefusal.NONE);
  expect(zones.openImplicitly(4)).toBe(ZoneRefusal.TOO_MANY_ACTIVE);
  expect(states(zones).slice(0, 5)).toEqual([CLOSED, IMPLICIT_OPEN, CLOSED, IMPLICIT_OPEN, EMPTY]);
  expect([zones.open, zones.active]).toEqual([2, 4]);
});

test('qemu: an explicit open closes nobody', () => {
  const zones = table('qemu', { conventional: 0, maxActive: 0 });
  write(zones, 0, 1);
  write(zones, 1024, 1);
  expect(zones.openExplicitly(2)).toBe(ZoneRefusal.TOO_MANY_OPEN);
  expect(zones.openExplicitly(1)).toBe(ZoneRefusal.NONE);
});

test('reset gives back what a zone takes, and no zone without a pointer is reset', () => {
  const zones = table();
  write(zones, 1024, 5);
  zones.openExplicitly(2);
  expect([zones.open, zones.active]).toEqual([2, 2]);
  expect(zones.reset(1)).toBe(ZoneRefusal.NONE);
  expect(zones.reset(2)).toBe(ZoneRefusal.NONE);
  expect([zones.open, zones.active, zones.pointer(1)]).toEqual([0, 0, 1024]);
  expect(zones.reset(0)).toBe(ZoneRefusal.INVALID_TRANSITION);
});

test('null_blk: a zone that was opened and never written is empty when it is closed', () => {
  const zones = table();
  zones.openExplicitly(1);
  zones.close(1);
  expect([zones.state(1), zones.active]).toEqual([EMPTY, 0]);
});

test.each([
  [ZoneState.READ_ONLY, ZoneRefusal.READ_ONLY],
  [ZoneState.OFFLINE, ZoneRefusal.OFFLINE],
])('a zone in state %i is neither written, opened, finished nor reset', (state, refusal) => {
  const zones = table();
  zones.put(1, state, 1024);
  expect(zones.checkWrite(1024, 1)).toBe(refusal);
  for (const refused of [zones.openImplicitly(1), zones.openExplicitly(1), zones.finish(1)]) {
    expect(refused).toBe(ZoneRefusal.INVALID_TRANSITION);
  }
  expect(zones.reset(1)).toBe(ZoneRefusal.INVALID_TRANSITION);
});
