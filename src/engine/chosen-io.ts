/** The I/O in a slot that has several to choose from, each time that it begins. */

import type { Plug } from '../block/plug.ts';
import type { Account } from '../measure/account.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Status } from '../workload/status.ts';
import type { SlotIo } from './slot-io.ts';

export abstract class ChosenIo implements SlotIo {
  private io: SlotIo;

  constructor(first: SlotIo) {
    this.io = first;
  }

  /** The one for what the workload has put into the slot. */
  protected abstract choose(): SlotIo;

  get doneBytes(): Bytes {
    return this.io.doneBytes;
  }

  get status(): Status {
    return this.io.status;
  }

  begin(): void {
    this.io = this.choose();
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
