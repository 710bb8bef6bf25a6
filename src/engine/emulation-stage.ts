/**
 * `path=emulation`: each range is one work item of the block layer, all of them started at once.
 */

import { CopyEmulation } from '../block/copy-emulation.ts';
import type { CopyAccounts, CopyOwner } from '../block/copy.ts';
import type { Host } from '../host/host.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds, Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import { type CopyPlace, type CopyStage, RangeOutcomes } from './copy-stage.ts';

export class EmulationStage implements CopyStage, CopyOwner {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  readonly reason = null;
  private readonly place: CopyPlace;
  private readonly accounts: CopyAccounts;
  private readonly host: Host;
  private readonly cpu: number;
  private readonly ended: (atNs: Nanoseconds) => void;
  private readonly copies: CopyEmulation[] = [];
  private readonly outcomes: RangeOutcomes;
  private fromBytes: Bytes = 0;
  private pending = 0;
  private atNs: Nanoseconds = -0;

  constructor(
    place: CopyPlace,
    ranges: number,
    accounts: CopyAccounts,
    host: Host,
    cpu: number,
    ended: (atNs: number) => void,
  ) {
    this.place = place;
    this.accounts = accounts;
    this.host = host;
    this.cpu = cpu;
    this.ended = ended;
    this.outcomes = new RangeOutcomes(ranges);
  }

  begin(fromBytes: Bytes): void {
    this.fromBytes = fromBytes;
    this.outcomes.begin();
    this.atNs = -0;
    this.pending = 1;
  }

  /** Nothing is built in the application's own context. */
  submit(): boolean {
    return false;
  }

  sent(atNs: Nanoseconds): void {
    for (let range = 0; range < this.place.ranges; range += 1) {
      const rest = this.place.rest(range, this.fromBytes);
      if (rest === null) continue;
      const index = this.outcomes.add(rest.sizeSectors);
      const refusal = this.copy(index).begin(rest, atNs);
      if (refusal === Status.OK) this.pending += 1;
      else this.outcomes.end(index, 0, refusal);
    }
    this.end(atNs);
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

  private copy(index: number): CopyEmulation {
    while (this.copies.length <= index) {
      const slot = this.copies.length;
      const { source, destination } = this.place;
      const devices = { source, destination };
      this.copies.push(new CopyEmulation(this, slot, this.accounts, this.host, this.cpu, devices));
    }
    return present(this.copies[index], 'a copy per range');
  }

  private end(atNs: Nanoseconds): void {
    if (atNs > this.atNs) this.atNs = atNs;
    this.pending -= 1;
    if (this.pending === 0) this.ended(this.atNs);
  }
}
