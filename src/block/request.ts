/**
 * request: what a driver receives, owning its bios (include/linux/blk-mq.h). `dataSectors` is the
 * kernel's __data_len: for a copy pair of L it is 2 L, as v20 has it, and null_blk's mbps charges
 * that.
 */

import type { Address } from '../host/memory.ts';
import type { Account } from '../measure/account.ts';
import type { Nanoseconds, Sectors } from '../units/quantity.ts';
import type { Bio } from './bio.ts';
import { Operation } from './operation.ts';
import type { RequestQueue } from './request-queue.ts';

export class Request {
  readonly queue: RequestQueue;
  /** Index in the queue's pool: the tag of a driver is (hardwareQueue, tag). */
  tag = -1;
  hardwareQueue = 0;
  /** CPU that submitted it, and that its interrupt goes to. */
  cpu = 0;
  operation: Operation = Operation.READ;
  sector: Sectors = 0;
  dataSectors: Sectors = 0;
  /** Physical segments (pages of 4 KiB, not held to be adjacent); of a copy, its bios. */
  segments = 0;
  fua = false;
  first: Bio;
  last: Bio;
  account: Account;
  /** When it was sent to the driver; -1 while it waits. */
  sentNs: Nanoseconds = -0;
  /** Next in a plug, in a queue's waiting list, or in the pool. */
  next: Request | null = null;

  constructor(queue: RequestQueue, bio: Bio) {
    this.queue = queue;
    this.first = bio;
    this.last = bio;
    this.account = bio.account;
  }

  /** Start of its buffer; the bios of a merged request have buffers of their own. */
  get address(): Address {
    return this.first.address;
  }
}
