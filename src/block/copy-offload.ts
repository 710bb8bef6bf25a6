/**
 * blkdev_copy_offload of Shetty's series v20: a copy inside one device, cut by its caller into
 * chunks of max_copy_sectors; each chunk is a DST bio and a SRC bio that must merge in the plug
 * (bio-pair.ts). All chunks are sent without waiting; what has arrived is the prefix before the
 * lowest chunk that failed.
 *
 * Left out: two devices (the proposal has one bdev), retries, and v20's bug of reporting an error
 * as 0.
 */

import type { Account } from '../measure/account.ts';
import type { Nanoseconds, Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import { type Bio, type BioOwner, BioPool } from './bio.ts';
import { type CopyOwner, type CopyRange, checkCopy } from './copy.ts';
import { Operation } from './operation.ts';
import type { Plug } from './plug.ts';

export class CopyOffload implements BioOwner {
  private readonly owner: CopyOwner;
  private readonly slot: number;
  private readonly account: Account;
  private readonly bios = new BioPool();
  private range: CopyRange | null = null;
  /** Sectors handed to the device so far. */
  private sent: Sectors = 0;
  private done: Sectors = 0;
  private status: Status = Status.OK;
  private pending = 0;
  private atNs: Nanoseconds = -0;

  constructor(owner: CopyOwner, slot: number, account: Account) {
    this.owner = owner;
    this.slot = slot;
    this.account = account;
  }

  /** What can be refused before anything is sent; OK: call `sendChunk` until it says false. */
  begin(range: CopyRange): Status {
    const refusal = checkCopy(range);
    if (refusal !== Status.OK) return refusal;
    if (range.source !== range.destination) return Status.NOTSUPP;
    if (range.source.limits.maxCopySectors === 0) return Status.NOTSUPP;
    this.range = range;
    this.sent = 0;
    this.done = range.sizeSectors;
    this.status = Status.OK;
    this.atNs = -0;
    this.pending = 1;
    return Status.OK;
  }

  /** Sends one chunk; the plug is to be flushed after it. True: there is more. */
  sendChunk(plug: Plug): boolean {
    const range = this.range;
    if (range === null) return false;
    const chunk = Math.min(range.sizeSectors - this.sent, range.source.limits.maxCopySectors);
    this.pending += 2;
    const at = this.sent;
    this.submit(plug, Operation.COPY_DST, range, range.destinationSector + at, chunk);
    this.submit(plug, Operation.COPY_SRC, range, range.sourceSector + at, chunk);
    this.sent += chunk;
    if (this.sent < range.sizeSectors) return true;
    this.range = null;
    this.chunkEnded(-0);
    return false;
  }

  bioEnded(bio: Bio, atNs: Nanoseconds): void {
    if (bio.status !== Status.OK) {
      if (this.status === Status.OK || bio.slot < this.done) this.status = bio.status;
      if (bio.slot < this.done) this.done = bio.slot;
    }
    this.bios.give(bio);
    this.chunkEnded(atNs);
  }

  private submit(
    plug: Plug,
    operation: Operation,
    range: CopyRange,
    sector: Sectors,
    chunk: Sectors,
  ) {
    const bio = this.bios.take(this, this.account);
    bio.operation = operation;
    bio.sector = sector;
    bio.sizeSectors = chunk;
    // Where its chunk begins in the copy: what has arrived if it fails.
    bio.slot = this.sent;
    range.source.submitBio(bio, plug);
  }

  private chunkEnded(atNs: Nanoseconds): void {
    if (atNs > this.atNs) this.atNs = atNs;
    this.pending -= 1;
    if (this.pending > 0) return;
    this.owner.copyEnded(this.slot, this.done, this.status, this.atNs);
  }
}
