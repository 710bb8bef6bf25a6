/**
 * `ioengine=null`: nothing is done, to test the harness itself. Its copies count as I/Os, and never
 * as bytes that any path has served.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';

export class NullIo implements SlotIo {
  doneBytes: Bytes = 0;
  readonly status: Status = Status.OK;
  private readonly slot: number;
  private readonly owner: StageOwner;
  private readonly workload: Workload;

  constructor(slot: number, owner: StageOwner, workload: Workload) {
    this.slot = slot;
    this.owner = owner;
    this.workload = workload;
  }

  begin(): void {
    this.doneBytes = this.workload.slots.lengthBytes[this.slot] ?? 0;
  }

  submit(): boolean {
    return false;
  }

  sent(atNs: Nanoseconds): void {
    this.owner.stageEnded(this.slot, atNs);
  }

  reaped(): boolean {
    return true;
  }

  credit(): void {}
}
