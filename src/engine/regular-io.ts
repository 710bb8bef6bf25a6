/** A read or a write: one direct I/O. */

import type { BlockDevice } from '../block/block-device.ts';
import { DirectIo, type DirectIoOwner } from '../block/direct-io.ts';
import { Operation } from '../block/operation.ts';
import type { Plug } from '../block/plug.ts';
import type { Address } from '../host/memory.ts';
import type { Account } from '../measure/account.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { READ } from '../workload/slots.ts';
import { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';

export class RegularIo implements SlotIo, DirectIoOwner {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  private readonly slot: number;
  private readonly owner: StageOwner;
  private readonly workload: Workload;
  private readonly io: DirectIo;

  constructor(
    slot: number,
    owner: StageOwner,
    workload: Workload,
    device: BlockDevice,
    buffer: Address,
  ) {
    this.slot = slot;
    this.owner = owner;
    this.workload = workload;
    this.io = new DirectIo(this, slot, device, Operation.READ);
    this.io.address = buffer;
  }

  begin(): void {
    const slots = this.workload.slots;
    const slot = this.slot;
    const io = this.io;
    io.operation = slots.direction[slot] === READ ? Operation.READ : Operation.WRITE;
    io.sector = (slots.offsetBytes[slot] ?? 0) / 512;
    // A small integer, as all that is made of it: cheaper than a double.
    io.sizeSectors = ((slots.lengthBytes[slot] ?? 0) / 512) | 0;
  }

  submit(plug: Plug, account: Account): boolean {
    this.io.submit(plug, account);
    return false;
  }

  sent(): void {}

  ioEnded(io: DirectIo, atNs: Nanoseconds): void {
    this.owner.stageEnded(io.slot, atNs);
  }

  reaped(): boolean {
    this.status = this.io.status;
    this.doneBytes = this.status === Status.OK ? this.io.sizeSectors * 512 : 0;
    return true;
  }

  credit(): void {}
}
