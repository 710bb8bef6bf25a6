/**
 * A trim: a discard bio for each of its ranges, built under one plug, so that a device whose
 * discards take several ranges gets one command (block/merge.ts). It is what ioctl(BLKDISCARD)
 * sends (blk_ioctl_discard of block/ioctl.c), which waits for it; here it is asynchronous, as
 * BLOCK_URING_CMD_DISCARD of Linux 6.12 is. One failed bio fails the whole trim.
 */

import { Bio, type BioOwner } from '../block/bio.ts';
import type { BlockDevice } from '../block/block-device.ts';
import { Operation } from '../block/operation.ts';
import type { Plug } from '../block/plug.ts';
import type { Account } from '../measure/account.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { Workload } from '../workload/workload.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';

export class TrimIo implements SlotIo, BioOwner {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  private readonly slot: number;
  private readonly owner: StageOwner;
  private readonly workload: Workload;
  private readonly device: BlockDevice;
  private readonly bios: Bio[] = [];
  private pending = 0;
  private atNs: Nanoseconds = -0;

  constructor(slot: number, owner: StageOwner, workload: Workload, device: BlockDevice) {
    this.slot = slot;
    this.owner = owner;
    this.workload = workload;
    this.device = device;
  }

  begin(): void {
    this.status = Status.OK;
    this.doneBytes = 0;
    this.atNs = -0;
  }

  submit(plug: Plug, account: Account): boolean {
    const { slots } = this.workload;
    const ranges = slots.rangeCount[this.slot] ?? 0;
    const sizeSectors = (slots.lengthBytes[this.slot] ?? 0) / ranges / 512;
    // One more than there are bios, so that it cannot end before the last is sent.
    this.pending = ranges + 1;
    for (let range = 0; range < ranges; range += 1) {
      const bio = this.bio(range, account);
      bio.sector = (slots.rangeOffsetBytes[this.slot * slots.numRange + range] ?? 0) / 512;
      bio.sizeSectors = sizeSectors;
      this.device.submitBio(bio, plug);
    }
    this.ended(this.atNs);
    return false;
  }

  sent(): void {}

  bioEnded(bio: Bio, atNs: Nanoseconds): void {
    if (bio.status !== Status.OK && this.status === Status.OK) this.status = bio.status;
    this.ended(atNs);
  }

  reaped(): boolean {
    if (this.status === Status.OK) {
      this.doneBytes = this.workload.slots.lengthBytes[this.slot] ?? 0;
    }
    return true;
  }

  credit(): void {}

  private ended(atNs: Nanoseconds): void {
    if (atNs > this.atNs) this.atNs = atNs;
    this.pending -= 1;
    if (this.pending === 0) this.owner.stageEnded(this.slot, this.atNs);
  }

  /** Its bios are kept: the slot asks for the same again and again. */
  private bio(index: number, account: Account): Bio {
    while (this.bios.length <= index) this.bios.push(new Bio(this, account));
    const bio = present(this.bios[index], 'a bio for each range');
    bio.operation = Operation.DISCARD;
    bio.account = account;
    bio.status = Status.OK;
    bio.pending = 1;
    return bio;
  }
}
