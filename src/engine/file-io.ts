/**
 * The I/O in a slot of a job with several files: one for each file, made when it first comes, of
 * which the one whose file the workload has put into the slot is in use. What it costs is the
 * account's of that file's device.
 */

import type { Plug } from '../block/plug.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';
import type { SlotIo } from './slot-io.ts';

export class FileIo implements SlotIo {
  private readonly slot: number;
  private readonly workload: Workload;
  private readonly make: (file: number) => SlotIo;
  /** By file; null: not needed yet. */
  private readonly ios: (SlotIo | null)[];
  private io: SlotIo;
  /** Which of the job's devices the file is. */
  private device = 0;

  constructor(slot: number, workload: Workload, files: number, make: (file: number) => SlotIo) {
    this.slot = slot;
    this.workload = workload;
    this.make = make;
    this.ios = new Array<SlotIo | null>(files).fill(null);
    this.io = this.at(0);
  }

  get doneBytes(): Bytes {
    return this.io.doneBytes;
  }

  get status(): Status {
    return this.io.status;
  }

  begin(): void {
    const { slots, spec } = this.workload;
    const file = slots.file[this.slot] ?? 0;
    this.device = spec.files?.each[file]?.device ?? 0;
    this.io = this.at(file);
    this.io.begin();
  }

  submit(plug: Plug): boolean {
    const direction = this.workload.slots.direction[this.slot] ?? 0;
    const measurement = this.workload.measurement(direction);
    return this.io.submit(plug, measurement.accountOf(this.device));
  }

  sent(atNs: Nanoseconds): void {
    this.io.sent(atNs);
  }

  reaped(): boolean {
    return this.io.reaped();
  }

  credit(): void {
    this.io.credit();
  }

  private at(file: number): SlotIo {
    const io = this.ios[file] ?? this.make(file);
    this.ios[file] = io;
    return io;
  }
}
