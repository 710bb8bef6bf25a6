/**
 * The I/O in a slot of a job with several files: one for each file, made when it first comes, of
 * which the one whose file the workload has put into the slot is in use. What it costs is the
 * account's of that file's device.
 */

import type { Plug } from '../block/plug.ts';
import type { Workload } from '../workload/workload.ts';
import { ChosenIo } from './chosen-io.ts';
import type { SlotIo } from './slot-io.ts';

export class FileIo extends ChosenIo {
  private readonly slot: number;
  private readonly workload: Workload;
  private readonly make: (file: number) => SlotIo;
  /** By file; null: not needed yet. */
  private readonly ios: (SlotIo | null)[];
  /** Which of the job's devices the file is. */
  private device = 0;

  constructor(slot: number, workload: Workload, files: number, make: (file: number) => SlotIo) {
    const first = make(0);
    super(first);
    this.slot = slot;
    this.workload = workload;
    this.make = make;
    this.ios = new Array<SlotIo | null>(files).fill(null);
    this.ios[0] = first;
  }

  override submit(plug: Plug): boolean {
    const direction = this.workload.slots.direction[this.slot] ?? 0;
    const measurement = this.workload.measurement(direction);
    return super.submit(plug, measurement.accountOf(this.device));
  }

  protected override choose(): SlotIo {
    const { slots, spec } = this.workload;
    const file = slots.file[this.slot] ?? 0;
    this.device = spec.files?.each[file]?.device ?? 0;
    const io = this.ios[file] ?? this.make(file);
    this.ios[file] = io;
    return io;
  }
}
