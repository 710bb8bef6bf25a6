/**
 * One pread or pwrite with O_DIRECT on a block device: bios of at most 256 pages (BIO_MAX_VECS),
 * all sent before the first is waited for (__blkdev_direct_IO_async). One failed bio fails the
 * whole call, as there.
 */

import type { Address } from '../host/memory.ts';
import type { Account } from '../measure/account.ts';
import type { Nanoseconds, Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import { Bio, type BioOwner } from './bio.ts';
import type { BlockDevice } from './block-device.ts';
import type { Operation } from './operation.ts';
import type { Plug } from './plug.ts';

/** BIO_MAX_VECS pages of 4 KiB. */
export const BIO_MAX_SECTORS: Sectors = 2048;

export interface DirectIoOwner {
  ioEnded(io: DirectIo, atNs: Nanoseconds): void;
}

export class DirectIo implements BioOwner {
  device: BlockDevice;
  operation: Operation;
  sector: Sectors = 0;
  sizeSectors: Sectors = 0;
  address: Address = 0;
  status: Status = Status.OK;
  /** The owner's own number for it. */
  readonly slot: number;
  private readonly owner: DirectIoOwner;
  private readonly bios: Bio[] = [];
  private pending = 0;
  private atNs: Nanoseconds = -0;

  constructor(owner: DirectIoOwner, slot: number, device: BlockDevice, operation: Operation) {
    this.owner = owner;
    this.slot = slot;
    this.device = device;
    this.operation = operation;
  }

  submit(plug: Plug, account: Account): void {
    this.status = Status.OK;
    this.atNs = -0;
    // One more than there are bios, so that it cannot end before the last is sent.
    this.pending = 1;
    let index = 0;
    for (let done = 0; done < this.sizeSectors; done += BIO_MAX_SECTORS) {
      const left = this.sizeSectors - done;
      const bio = this.bio(index, account);
      index += 1;
      this.pending += 1;
      bio.operation = this.operation;
      bio.sector = this.sector + done;
      bio.sizeSectors = left < BIO_MAX_SECTORS ? left : BIO_MAX_SECTORS;
      bio.address = this.address + done * 512;
      this.device.submitBio(bio, plug);
    }
    this.ended(this.atNs);
  }

  bioEnded(bio: Bio, atNs: Nanoseconds): void {
    if (bio.status !== Status.OK && this.status === Status.OK) this.status = bio.status;
    this.ended(atNs);
  }

  private ended(atNs: Nanoseconds): void {
    if (atNs > this.atNs) this.atNs = atNs;
    this.pending -= 1;
    if (this.pending === 0) this.owner.ioEnded(this, this.atNs);
  }

  /** Its bios are kept: an I/O slot asks for the same again and again. */
  private bio(index: number, account: Account): Bio {
    let bio = this.bios[index];
    if (bio === undefined) {
      bio = new Bio(this, account);
      this.bios.push(bio);
    }
    bio.account = account;
    bio.status = Status.OK;
    bio.pending = 1;
    return bio;
  }
}
