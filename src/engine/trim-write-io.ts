/** A slot of trimwrite: a trim or a write, as the workload says each time. */

import type { Plug } from '../block/plug.ts';
import type { Account } from '../measure/account.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { TRIM } from '../workload/slots.ts';
import type { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';
import type { SlotIo } from './slot-io.ts';

export class TrimWriteIo implements SlotIo {
  private readonly slot: number;
  private readonly workload: Workload;
  private readonly trim: SlotIo;
  private readonly write: SlotIo;
  private io: SlotIo;

  constructor(slot: number, workload: Workload, trim: SlotIo, write: SlotIo) {
    this.slot = slot;
    this.workload = workload;
    this.trim = trim;
    this.write = write;
    this.io = trim;
  }

  get doneBytes(): Bytes {
    return this.io.doneBytes;
  }

  get status(): Status {
    return this.io.status;
  }

  begin(): void {
    this.io = this.workload.slots.direction[this.slot] === TRIM ? this.trim : this.write;
    this.io.begin();
  }

  submit(plug: Plug, account: Account): boolean {
    return this.io.submit(plug, account);
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
}
