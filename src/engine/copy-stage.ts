/** One path of a copy, over what is left of its ranges; and where the copy lies. */

import type { BlockDevice } from '../block/block-device.ts';
import type { CopyRange } from '../block/copy.ts';
import type { Plug } from '../block/plug.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { Bytes, Nanoseconds, Sectors } from '../units/quantity.ts';
import { COPY } from '../workload/slots.ts';
import { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';

export interface CopyStage {
  /** Good prefix of this stage, from where it began. */
  readonly doneBytes: Bytes;
  readonly status: Status;
  /** Why it failed, where the status does not tell. */
  readonly reason: string | null;
  /** The first `fromBytes` of the copy have been served. */
  begin(fromBytes: Bytes): void;
  submit(plug: Plug): boolean;
  sent(atNs: Nanoseconds): void;
  /** True: the path is through, well or not; false: it wants another submission. */
  reaped(): boolean;
}

/** The sources of a slot's copy, laid end to end, and its one destination. */
export class CopyPlace {
  readonly source: BlockDevice;
  readonly destination: BlockDevice;
  private readonly workload: Workload;
  private readonly slot: number;
  totalBytes: Bytes = 0;
  /** Of each source. */
  private rangeBytes: Bytes = 0;

  constructor(
    workload: Workload,
    slot: number,
    devices: { readonly source: BlockDevice; readonly destination: BlockDevice },
  ) {
    this.workload = workload;
    this.slot = slot;
    this.source = devices.source;
    this.destination = devices.destination;
  }

  begin(): void {
    this.totalBytes = this.workload.slots.lengthBytes[this.slot] ?? 0;
    this.rangeBytes = this.totalBytes / this.ranges;
  }

  get measurement(): Measurement {
    return this.workload.measurement(COPY);
  }

  get ranges(): number {
    return this.workload.slots.rangeCount[this.slot] ?? 0;
  }

  get destinationSector(): Sectors {
    return (this.workload.slots.destOffsetBytes[this.slot] ?? 0) / 512;
  }

  /** What is left of a range when the first `fromBytes` of the copy are served; null: nothing. */
  rest(range: number, fromBytes: Bytes): CopyRange | null {
    const begin = range * this.rangeBytes;
    const skip = Math.max(0, fromBytes - begin);
    if (skip >= this.rangeBytes) return null;
    const slots = this.workload.slots;
    const offset = slots.rangeOffsetBytes[this.slot * slots.numRange + range] ?? 0;
    return {
      source: this.source,
      sourceSector: (offset + skip) / 512,
      destination: this.destination,
      destinationSector: this.destinationSector + (begin + skip) / 512,
      sizeSectors: (this.rangeBytes - skip) / 512,
    };
  }
}

/**
 * What became of ranges that went their ways at once: the good prefix ends in the lowest that
 * failed. A range may end while others are still being sent, hence the count.
 */
export class RangeOutcomes {
  private readonly done: Float64Array;
  private readonly wanted: Float64Array;
  private readonly statuses: Status[];
  private count = 0;

  constructor(ranges: number) {
    this.done = new Float64Array(ranges);
    this.wanted = new Float64Array(ranges);
    this.statuses = new Array<Status>(ranges).fill(Status.OK);
  }

  begin(): void {
    this.count = 0;
  }

  /** A range of the copy, in order; returns its number here. */
  add(wantedSectors: Sectors): number {
    const index = this.count;
    this.count += 1;
    this.wanted[index] = wantedSectors;
    this.done[index] = 0;
    this.statuses[index] = Status.OK;
    return index;
  }

  end(index: number, doneSectors: Sectors, status: Status): void {
    this.done[index] = doneSectors;
    this.statuses[index] = status;
  }

  get status(): Status {
    for (let i = 0; i < this.count; i += 1) {
      const status = this.statuses[i];
      if (status !== undefined && status !== Status.OK) return status;
    }
    return Status.OK;
  }

  get doneBytes(): Bytes {
    let sectors = 0;
    for (let i = 0; i < this.count; i += 1) {
      sectors += this.done[i] ?? 0;
      if ((this.done[i] ?? 0) < (this.wanted[i] ?? 0)) break;
    }
    return sectors * 512;
  }
}
