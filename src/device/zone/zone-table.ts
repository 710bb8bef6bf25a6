/**
 * The zones of a zoned device (ZNS command set §2.1, drivers/block/null_blk/zoned.c): the state and
 * the write pointer of each, and the resources that open and active zones take. It decides what may
 * be done and keeps what was done; content, bounds of the device and time are the device's.
 *
 * Two devices, two rules of who is closed to make room for an implicit open: null_blk looks for
 * room to be active first, and closes in turn; QEMU (hw/nvme/ctrl.c nvme_zrm_auto) closes the zone
 * that has been open longest, and only then looks whether another may be active.
 *
 * Left out: zone descriptor extensions, zone attributes and their changes of their own accord.
 */

import { assert } from '../../units/assert.ts';
import type { LogicalBlocks } from '../../units/quantity.ts';

/** enum blk_zone_cond (include/uapi/linux/blkzoned.h). */
export const ZoneState = {
  NOT_WP: 0,
  EMPTY: 1,
  IMPLICIT_OPEN: 2,
  EXPLICIT_OPEN: 3,
  CLOSED: 4,
  READ_ONLY: 13,
  FULL: 14,
  OFFLINE: 15,
} as const;
export type ZoneState = (typeof ZoneState)[keyof typeof ZoneState];

/** Why a zone does not take it. */
export const ZoneRefusal = {
  NONE: 0,
  BOUNDARY: 1,
  FULL: 2,
  READ_ONLY: 3,
  OFFLINE: 4,
  INVALID_WRITE: 5,
  TOO_MANY_ACTIVE: 6,
  TOO_MANY_OPEN: 7,
  INVALID_TRANSITION: 8,
} as const;
export type ZoneRefusal = (typeof ZoneRefusal)[keyof typeof ZoneRefusal];

export interface ZoneGeometry {
  /** Of each zone; a power of two for null_blk. */
  readonly zoneBlocks: LogicalBlocks;
  /** What of it can be written. */
  readonly capacityBlocks: LogicalBlocks;
  readonly zones: number;
  /** The first of them have no write pointer. */
  readonly conventional: number;
  /** 0: no limit. */
  readonly maxOpen: number;
  readonly maxActive: number;
}

export type ZoneRules = 'null_blk' | 'qemu';

export class ZoneTable {
  readonly geometry: ZoneGeometry;
  private readonly rules: ZoneRules;
  private readonly states: Uint8Array;
  private readonly pointers: Float64Array;
  /** Implicitly open zones, those that have been so for longest first. */
  private readonly implicit: number[] = [];
  private explicitCount = 0;
  private closedCount = 0;
  /** null_blk: where the search for a zone to close goes on. */
  private turn: number;

  constructor(geometry: ZoneGeometry, rules: ZoneRules) {
    this.geometry = geometry;
    this.rules = rules;
    this.states = new Uint8Array(geometry.zones).fill(ZoneState.EMPTY);
    this.states.fill(ZoneState.NOT_WP, 0, geometry.conventional);
    this.pointers = Float64Array.from({ length: geometry.zones }, (_, zone) => this.start(zone));
    this.turn = geometry.conventional;
  }

  /** The zone of a block that is on the device. */
  zoneOf(lba: number): number {
    return Math.floor(lba / this.geometry.zoneBlocks);
  }

  start(zone: number): number {
    return zone * this.geometry.zoneBlocks;
  }

  state(zone: number): ZoneState {
    const state = this.states[zone];
    assert(isState(state), 'a zone of the table');
    return state;
  }

  /** Block that is written next. Of a full zone, where its capacity ends. */
  pointer(zone: number): number {
    return this.pointers[zone] ?? 0;
  }

  get open(): number {
    return this.implicit.length + this.explicitCount;
  }

  get active(): number {
    return this.open + this.closedCount;
  }

  /** For recorded cases, and zone_full: as if all that leads there had been done. */
  put(zone: number, state: ZoneState, pointer: number): void {
    this.leave(zone);
    this.enter(zone, state);
    this.pointers[zone] = pointer;
  }

  /** Whether a write may go there; `written` follows when it has. Opens nothing. */
  checkWrite(lba: number, blocks: LogicalBlocks): ZoneRefusal {
    const zone = this.zoneOf(lba);
    const state = this.state(zone);
    if (state === ZoneState.NOT_WP) return ZoneRefusal.NONE;
    if (state === ZoneState.FULL) return ZoneRefusal.FULL;
    if (state === ZoneState.READ_ONLY) return ZoneRefusal.READ_ONLY;
    if (state === ZoneState.OFFLINE) return ZoneRefusal.OFFLINE;
    if (lba !== this.pointer(zone)) return ZoneRefusal.INVALID_WRITE;
    const end = this.start(zone) + this.geometry.capacityBlocks;
    return lba + blocks > end ? ZoneRefusal.BOUNDARY : ZoneRefusal.NONE;
  }

  /** The write pointer moves on; the zone is full where its capacity ends. */
  written(lba: number, blocks: LogicalBlocks): void {
    const zone = this.zoneOf(lba);
    if (this.state(zone) === ZoneState.NOT_WP) return;
    this.pointers[zone] = lba + blocks;
    if (lba + blocks < this.start(zone) + this.geometry.capacityBlocks) return;
    this.leave(zone);
    this.enter(zone, ZoneState.FULL);
  }

  /** Before a write: an empty or closed zone is opened, another one closed if it must be. */
  openImplicitly(zone: number): ZoneRefusal {
    switch (this.state(zone)) {
      case ZoneState.NOT_WP:
      case ZoneState.IMPLICIT_OPEN:
      case ZoneState.EXPLICIT_OPEN:
        return ZoneRefusal.NONE;
      case ZoneState.EMPTY:
      case ZoneState.CLOSED:
        return this.openAs(zone, ZoneState.IMPLICIT_OPEN, true);
      default:
        return ZoneRefusal.INVALID_TRANSITION;
    }
  }

  openExplicitly(zone: number): ZoneRefusal {
    switch (this.state(zone)) {
      case ZoneState.EXPLICIT_OPEN:
        return ZoneRefusal.NONE;
      case ZoneState.IMPLICIT_OPEN:
        this.leave(zone);
        this.enter(zone, ZoneState.EXPLICIT_OPEN);
        return ZoneRefusal.NONE;
      case ZoneState.EMPTY:
      case ZoneState.CLOSED:
        return this.openAs(zone, ZoneState.EXPLICIT_OPEN, this.rules === 'null_blk');
      default:
        return ZoneRefusal.INVALID_TRANSITION;
    }
  }

  close(zone: number): ZoneRefusal {
    const state = this.state(zone);
    if (state === ZoneState.CLOSED) return ZoneRefusal.NONE;
    const open = state === ZoneState.IMPLICIT_OPEN || state === ZoneState.EXPLICIT_OPEN;
    if (!open) return ZoneRefusal.INVALID_TRANSITION;
    this.shut(zone);
    return ZoneRefusal.NONE;
  }

  finish(zone: number): ZoneRefusal {
    const state = this.state(zone);
    if (state === ZoneState.FULL) return ZoneRefusal.NONE;
    if (state === ZoneState.EMPTY || state === ZoneState.CLOSED) {
      // It passes through being open, for which there must be room.
      const refusal = this.makeRoom(zone, true);
      if (refusal !== ZoneRefusal.NONE) return refusal;
    } else if (state !== ZoneState.IMPLICIT_OPEN && state !== ZoneState.EXPLICIT_OPEN) {
      return ZoneRefusal.INVALID_TRANSITION;
    }
    this.put(zone, ZoneState.FULL, this.start(zone) + this.geometry.capacityBlocks);
    return ZoneRefusal.NONE;
  }

  reset(zone: number): ZoneRefusal {
    const state = this.state(zone);
    const stuck = [ZoneState.NOT_WP, ZoneState.READ_ONLY, ZoneState.OFFLINE];
    if (stuck.some((one) => one === state)) return ZoneRefusal.INVALID_TRANSITION;
    this.put(zone, ZoneState.EMPTY, this.start(zone));
    return ZoneRefusal.NONE;
  }

  private openAs(zone: number, state: ZoneState, closesOthers: boolean): ZoneRefusal {
    const refusal = this.makeRoom(zone, closesOthers);
    if (refusal !== ZoneRefusal.NONE) return refusal;
    this.leave(zone);
    this.enter(zone, state);
    return ZoneRefusal.NONE;
  }

  private makeRoom(zone: number, closesOthers: boolean): ZoneRefusal {
    const becomesActive = this.state(zone) === ZoneState.EMPTY;
    return this.rules === 'qemu'
      ? this.makeRoomAsQemu(becomesActive, closesOthers)
      : this.makeRoomAsNullBlk(becomesActive, closesOthers);
  }

  private makeRoomAsQemu(becomesActive: boolean, closesOthers: boolean): ZoneRefusal {
    const [oldest] = this.implicit;
    if (closesOthers && this.openIsFull && oldest !== undefined) this.shut(oldest);
    if (becomesActive && this.activeIsFull) return ZoneRefusal.TOO_MANY_ACTIVE;
    return this.openIsFull ? ZoneRefusal.TOO_MANY_OPEN : ZoneRefusal.NONE;
  }

  private makeRoomAsNullBlk(becomesActive: boolean, closesOthers: boolean): ZoneRefusal {
    if (becomesActive && this.activeIsFull) return ZoneRefusal.TOO_MANY_ACTIVE;
    if (!this.openIsFull) return ZoneRefusal.NONE;
    if (!closesOthers || this.implicit.length === 0 || this.activeIsFull) {
      return ZoneRefusal.TOO_MANY_OPEN;
    }
    this.shut(this.nextToClose());
    return ZoneRefusal.NONE;
  }

  /** null_close_imp_open_zone: in turn, from where the last search ended. */
  private nextToClose(): number {
    const { conventional, zones } = this.geometry;
    for (;;) {
      const zone = this.turn;
      this.turn = zone + 1 === zones ? conventional : zone + 1;
      if (this.state(zone) === ZoneState.IMPLICIT_OPEN) return zone;
    }
  }

  private get openIsFull(): boolean {
    return this.geometry.maxOpen > 0 && this.open >= this.geometry.maxOpen;
  }

  private get activeIsFull(): boolean {
    return this.geometry.maxActive > 0 && this.active >= this.geometry.maxActive;
  }

  /** An open zone is closed; one that nobody has written is null_blk's to call empty again. */
  private shut(zone: number): void {
    const untouched = this.rules === 'null_blk' && this.pointer(zone) === this.start(zone);
    this.leave(zone);
    this.enter(zone, untouched ? ZoneState.EMPTY : ZoneState.CLOSED);
  }

  /** Gives back what the zone's state takes. */
  private leave(zone: number): void {
    const state = this.state(zone);
    if (state === ZoneState.IMPLICIT_OPEN) this.implicit.splice(this.implicit.indexOf(zone), 1);
    else if (state === ZoneState.EXPLICIT_OPEN) this.explicitCount -= 1;
    else if (state === ZoneState.CLOSED) this.closedCount -= 1;
  }

  private enter(zone: number, state: ZoneState): void {
    this.states[zone] = state;
    if (state === ZoneState.IMPLICIT_OPEN) this.implicit.push(zone);
    else if (state === ZoneState.EXPLICIT_OPEN) this.explicitCount += 1;
    else if (state === ZoneState.CLOSED) this.closedCount += 1;
  }
}

const STATES: readonly number[] = Object.values(ZoneState);

function isState(state: number | undefined): state is ZoneState {
  return state !== undefined && STATES.includes(state);
}
