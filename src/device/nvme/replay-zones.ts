/** Zones as they are recorded: before a case, and as Linux reports them (blkzone report). */

import { assert } from '../../units/assert.ts';
import type { BackingStore } from '../store/store.ts';
import { ZoneState, type ZoneTable } from '../zone/zone-table.ts';
import type { RecordedZone } from './replay-vectors.ts';

const NAMES: readonly (readonly [string, ZoneState])[] = [
  ['empty', ZoneState.EMPTY],
  ['iopen', ZoneState.IMPLICIT_OPEN],
  ['eopen', ZoneState.EXPLICIT_OPEN],
  ['closed', ZoneState.CLOSED],
  ['full', ZoneState.FULL],
  ['readonly', ZoneState.READ_ONLY],
  ['offline', ZoneState.OFFLINE],
];
/** Of a full zone, which has none: 64 bits of ones, as a double holds them. */
const NO_POINTER = 0x1_0000_0000 * 0x1_0000_0000;

/** Zones that are not recorded are empty; nothing lies above a write pointer. */
export function setZones(
  table: ZoneTable,
  store: BackingStore,
  recorded: readonly RecordedZone[],
): void {
  const { capacityBlocks, zoneBlocks, zones } = table.geometry;
  for (let zone = 0; zone < zones; zone += 1) {
    const start = table.start(zone);
    const [name, , , pointer = start] = recorded[zone] ?? ['empty'];
    const state = NAMES.find(([candidate]) => candidate === name)?.[1];
    assert(state !== undefined, `a recorded zone is in a known state, not ${name}`);
    const written = Math.min(pointer, start + capacityBlocks);
    table.put(zone, state, written);
    store.deallocate(written, start + zoneBlocks - written);
  }
}

export function reportZones(table: ZoneTable): RecordedZone[] {
  return Array.from({ length: table.geometry.zones }, (_, zone) => {
    const state = table.state(zone);
    const name = NAMES.find(([, candidate]) => candidate === state)?.[0] ?? 'conventional';
    const pointer = state === ZoneState.FULL ? NO_POINTER : table.pointer(zone);
    return [name, table.start(zone), table.geometry.capacityBlocks, pointer];
  });
}
