/**
 * The zones of a namespace (ZNS command set): what the table decides (device/zone/zone-table.ts),
 * as status codes. Reads may not cross into the next zone (OZCS says so), and find zeros above a
 * write pointer.
 *
 * Left out: zone random write area, variable capacity, zone changed events.
 */

import { assert } from '../../units/assert.ts';
import { type ZoneGeometry, ZoneRefusal, ZoneState, ZoneTable } from '../zone/zone-table.ts';
import { StatusCode } from './status-code.ts';

const STATUSES: Readonly<Record<ZoneRefusal, StatusCode>> = {
  [ZoneRefusal.NONE]: StatusCode.SUCCESS,
  [ZoneRefusal.BOUNDARY]: StatusCode.ZONE_BOUNDARY_ERROR,
  [ZoneRefusal.FULL]: StatusCode.ZONE_FULL,
  [ZoneRefusal.READ_ONLY]: StatusCode.ZONE_READ_ONLY,
  [ZoneRefusal.OFFLINE]: StatusCode.ZONE_OFFLINE,
  [ZoneRefusal.INVALID_WRITE]: StatusCode.ZONE_INVALID_WRITE,
  [ZoneRefusal.TOO_MANY_ACTIVE]: StatusCode.TOO_MANY_ACTIVE_ZONES,
  [ZoneRefusal.TOO_MANY_OPEN]: StatusCode.TOO_MANY_OPEN_ZONES,
  [ZoneRefusal.INVALID_TRANSITION]: StatusCode.INVALID_ZONE_STATE_TRANSITION,
};

export class Zones {
  readonly table: ZoneTable;

  constructor(geometry: ZoneGeometry) {
    this.table = new ZoneTable(geometry, 'qemu');
  }

  /** Opens the zone of a write, which must be one on the device. */
  open(lba: number): StatusCode {
    return STATUSES[this.table.openImplicitly(this.table.zoneOf(lba))];
  }

  /** Whether a range may be read: in one zone, which is not offline. */
  checkRead(lba: number, blocks: number): StatusCode {
    const { table } = this;
    const zone = table.zoneOf(lba);
    if (table.state(zone) === ZoneState.OFFLINE) return StatusCode.ZONE_OFFLINE;
    const crosses = lba + blocks > table.start(zone) + table.geometry.zoneBlocks;
    return crosses ? StatusCode.ZONE_BOUNDARY_ERROR : StatusCode.SUCCESS;
  }

  checkWrite(lba: number, blocks: number): StatusCode {
    return STATUSES[this.table.checkWrite(lba, blocks)];
  }

  /** A write at the write pointer: opens, checks, and moves the pointer on. */
  write(lba: number, blocks: number): StatusCode {
    const { table } = this;
    const refusal = table.checkWrite(lba, blocks);
    if (refusal !== ZoneRefusal.NONE) return STATUSES[refusal];
    const opened = table.openImplicitly(table.zoneOf(lba));
    assert(opened !== ZoneRefusal.INVALID_TRANSITION, 'a zone that can be written can be opened');
    if (opened === ZoneRefusal.NONE) table.written(lba, blocks);
    return STATUSES[opened];
  }
}
