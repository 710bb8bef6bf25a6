/** Which I/Os a workload has: the direction of the next one, and its place and size in a slot. */

import { Random } from '../sim/random.ts';
import type { Bytes } from '../units/quantity.ts';
import { Files } from './files.ts';
import { Placement } from './placement.ts';
import { COPY, READ, type Slots, TRIM, WRITE } from './slots.ts';
import type { Access, WorkloadSpec } from './spec.ts';
import { OwedWrites } from './trim-write.ts';

/** Direction of the I/Os that nothing else decides. */
const FIRST: Readonly<Record<Access, number>> = {
  read: READ,
  mixed: READ,
  write: WRITE,
  copy: COPY,
  trim: TRIM,
  trimwrite: TRIM,
};

export class Supply {
  /** Of every I/O that is not of a mix. */
  readonly direction: number;
  /** Either of two directions may come next. */
  readonly mixes: boolean;
  /** Of trimwrite alone. */
  readonly owed: OwedWrites | null;
  private readonly spec: WorkloadSpec;
  private readonly slots: Slots;
  private readonly placement: Placement | Files;
  private readonly mix: Random | null;
  /** I/Os have several sizes. */
  private readonly sized: boolean;

  constructor(spec: WorkloadSpec, slots: Slots) {
    this.spec = spec;
    this.slots = slots;
    this.direction = FIRST[spec.access];
    this.placement =
      spec.files === null ? new Placement(spec, slots) : new Files(spec, spec.files, slots);
    this.mix = spec.access === 'mixed' ? new Random(...spec.seeds, 0x6d6978) : null;
    this.mixes = this.mix !== null && spec.readPercent > 0 && spec.readPercent < 100;
    const pairs = spec.access === 'trimwrite' && spec.iolog === null;
    this.owed = pairs ? new OwedWrites(spec.depth) : null;
    this.sized = spec.sizes !== null;
  }

  /** Direction of the next I/O. */
  draw(): number {
    if (this.mix === null) return this.direction;
    return this.mix.below(100) < this.spec.readPercent ? READ : WRITE;
  }

  /** Places the next I/O in the slot; the bytes that count as issued by it. */
  place(slot: number, direction: number, bytesLeft: Bytes): Bytes {
    this.placement.place(slot, direction, bytesLeft);
    const bytes = this.slots.lengthBytes[slot] ?? 0;
    return this.sized ? bytes + this.leftOutBytes(direction) : bytes;
  }

  /** Of trimwrite the write that is owed, now that the trim in the slot has ended. */
  trimmed(slot: number): void {
    this.owed?.push(this.slots.offsetBytes[slot] ?? 0, this.slots.file[slot] ?? 0);
  }

  /** The write behind a trim: it belongs to that I/O, and counts as none of its own. */
  placeOwed(slot: number, owed: OwedWrites): void {
    const offsetBytes = owed.shift();
    this.slots.file[slot] = owed.file;
    this.placement.placeWrite(slot, offsetBytes);
  }

  /** As in fio a loop over the region is over where no size fits any more; not so an io_size. */
  private leftOutBytes(direction: number): Bytes {
    const { ioSizeBytes, sizeBytes } = this.spec;
    return ioSizeBytes === sizeBytes ? this.placement.leftOutBytes(direction) : 0;
  }
}
