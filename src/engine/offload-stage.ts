/**
 * `path=offload`: each range is a copy of its own under `bio-pair`, cut into chunks; every chunk is
 * one submission, flushed before the next is built (blkdev_copy_offload plugs around each chunk).
 */

import { CopyOffload } from '../block/copy-offload.ts';
import type { CopyOwner } from '../block/copy.ts';
import type { Plug } from '../block/plug.ts';
import type { Account } from '../measure/account.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds, Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import { type CopyPlace, type CopyStage, RangeOutcomes } from './copy-stage.ts';

export class OffloadStage implements CopyStage, CopyOwner {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  reason: string | null = null;
  private readonly place: CopyPlace;
  private readonly account: Account;
  private readonly ended: (atNs: Nanoseconds) => void;
  private readonly copies: CopyOffload[] = [];
  private readonly outcomes: RangeOutcomes;
  /** Copies that have not been sent whole, in order. */
  private readonly unsent: CopyOffload[] = [];
  private pending = 0;
  private atNs: Nanoseconds = -0;

  constructor(place: CopyPlace, ranges: number, account: Account, ended: (atNs: number) => void) {
    this.place = place;
    this.account = account;
    this.ended = ended;
    this.outcomes = new RangeOutcomes(ranges);
  }

  begin(fromBytes: Bytes): void {
    this.reason = null;
    this.outcomes.begin();
    this.unsent.length = 0;
    this.atNs = -0;
    // One more than there are copies: the stage cannot end before its last submission.
    this.pending = 1;
    for (let range = 0; range < this.place.ranges; range += 1) {
      const rest = this.place.rest(range, fromBytes);
      if (rest === null) continue;
      const index = this.outcomes.add(rest.sizeSectors);
      const copy = this.copy(index);
      const refusal = copy.begin(rest);
      if (refusal === Status.OK) {
        this.pending += 1;
        this.unsent.push(copy);
      } else {
        const between = rest.source !== rest.destination;
        if (between && refusal === Status.NOTSUPP) this.reason = 'no copy domain';
        this.outcomes.end(index, 0, refusal);
      }
    }
  }

  submit(plug: Plug): boolean {
    const copy = this.unsent[0];
    if (copy !== undefined && !copy.sendChunk(plug)) this.unsent.shift();
    return this.unsent.length > 0;
  }

  sent(atNs: Nanoseconds): void {
    if (this.unsent.length === 0) this.end(atNs);
  }

  copyEnded(index: number, doneSectors: Sectors, status: Status, atNs: Nanoseconds): void {
    this.outcomes.end(index, doneSectors, status);
    this.end(atNs);
  }

  reaped(): boolean {
    this.status = this.outcomes.status;
    this.doneBytes = this.outcomes.doneBytes;
    return true;
  }

  private copy(index: number): CopyOffload {
    while (this.copies.length <= index) {
      this.copies.push(new CopyOffload(this, this.copies.length, this.account));
    }
    return present(this.copies[index], 'a copy per range');
  }

  private end(atNs: Nanoseconds): void {
    if (atNs > this.atNs) this.atNs = atNs;
    this.pending -= 1;
    if (this.pending === 0) this.ended(this.atNs);
  }
}
