/**
 * bio: one operation on one contiguous range of one block device, as its submitter sees it
 * (include/linux/blk_types.h). Pooled objects of one shape. Left out: bi_io_vec (a bio's buffer is
 * one range of host memory), iterators, integrity, cgroups, crypto.
 */

import type { Address } from '../host/memory.ts';
import type { Account } from '../measure/account.ts';
import type { Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import { Operation } from './operation.ts';

/** Who is told when a bio has ended; `kind` and `slot` are its own words. */
export interface BioOwner {
  /**
   * The bio is the owner's again. `atNs`: end of the interrupt or call that ended it, not before
   * now.
   */
  bioEnded(bio: Bio, atNs: number): void;
}

export class Bio {
  operation: Operation = Operation.READ;
  sector: Sectors = 0;
  sizeSectors: Sectors = 0;
  /** Its buffer in host memory; 0 for what carries no data. */
  address: Address = 0;
  status: Status = Status.OK;
  fua = false;
  owner: BioOwner;
  kind = 0;
  slot = 0;
  account: Account;
  /** Number of this bio in the trace; 0 when nobody traces. */
  id = 0;
  /** The bio this one was split from. */
  parent: Bio | null = null;
  /** Pieces that have not ended yet, itself included. */
  pending = 1;
  /** Next bio of the same request, or of the pool. */
  next: Bio | null = null;

  constructor(owner: BioOwner, account: Account) {
    this.owner = owner;
    this.account = account;
  }
}

/** Bios to use again. */
export class BioPool {
  private free: Bio | null = null;

  take(owner: BioOwner, account: Account): Bio {
    const bio = this.free;
    if (bio === null) return new Bio(owner, account);
    this.free = bio.next;
    bio.next = null;
    bio.owner = owner;
    bio.account = account;
    bio.status = Status.OK;
    bio.fua = false;
    bio.address = 0;
    bio.parent = null;
    bio.pending = 1;
    bio.id = 0;
    return bio;
  }

  give(bio: Bio): void {
    bio.next = this.free;
    this.free = bio;
  }
}
