/**
 * `path=read-write`: the application's own copy. It reads each range into its buffer, all at once,
 * and when it has seen the last of them writes the whole in one call.
 */

import { DirectIo, type DirectIoOwner } from '../block/direct-io.ts';
import { Operation } from '../block/operation.ts';
import type { Plug } from '../block/plug.ts';
import type { Host } from '../host/host.ts';
import type { Address } from '../host/memory.ts';
import type { Account } from '../measure/account.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { CopyPlace, CopyStage } from './copy-stage.ts';

export class ReadWriteStage implements CopyStage, DirectIoOwner {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  readonly reason = null;
  readonly #place: CopyPlace;
  readonly #account: Account;
  readonly #host: Host;
  readonly #buffer: Address;
  readonly #ended: (atNs: Nanoseconds) => void;
  readonly #reads: DirectIo[] = [];
  readonly #write: DirectIo;
  #half: 'read' | 'write' = 'read';
  #fromBytes: Bytes = 0;
  #pending = 0;
  #atNs: Nanoseconds = -0;

  constructor(
    place: CopyPlace,
    account: Account,
    host: Host,
    buffer: Address,
    ended: (atNs: number) => void,
  ) {
    this.#place = place;
    this.#account = account;
    this.#host = host;
    this.#buffer = buffer;
    this.#ended = ended;
    this.#write = new DirectIo(this, 0, place.destination, Operation.WRITE);
  }

  begin(fromBytes: Bytes): void {
    this.#fromBytes = fromBytes;
    this.#half = 'read';
    this.doneBytes = 0;
    this.status = Status.OK;
  }

  submit(plug: Plug): boolean {
    this.#atNs = -0;
    this.#pending = 1;
    if (this.#half === 'read') this.#submitReads(plug);
    else this.#submitWrite(plug);
    return false;
  }

  sent(atNs: Nanoseconds): void {
    this.#end(atNs);
  }

  ioEnded(io: DirectIo, atNs: Nanoseconds): void {
    if (io.status !== Status.OK && this.status === Status.OK) this.status = io.status;
    this.#end(atNs);
  }

  reaped(): boolean {
    if (this.status !== Status.OK) return true;
    if (this.#half === 'read') {
      this.#half = 'write';
      return false;
    }
    this.doneBytes = this.#place.totalBytes - this.#fromBytes;
    return true;
  }

  #submitReads(plug: Plug): void {
    let index = 0;
    for (let range = 0; range < this.#place.ranges; range += 1) {
      const rest = this.#place.rest(range, this.#fromBytes);
      if (rest === null) continue;
      const io = this.#read(index);
      io.sector = rest.sourceSector;
      io.sizeSectors = rest.sizeSectors;
      const at = (rest.destinationSector - this.#place.destinationSector) * 512;
      io.address = this.#buffer + at;
      // The first read's system call is the submission's own.
      if (index > 0) plug.charge(this.#account, this.#host.costs.syscallNs);
      this.#pending += 1;
      io.submit(plug, this.#account);
      index += 1;
    }
  }

  #submitWrite(plug: Plug): void {
    const io = this.#write;
    io.sector = this.#place.destinationSector + this.#fromBytes / 512;
    io.sizeSectors = (this.#place.totalBytes - this.#fromBytes) / 512;
    io.address = this.#buffer + this.#fromBytes;
    this.#pending += 1;
    io.submit(plug, this.#account);
  }

  #read(index: number): DirectIo {
    while (this.#reads.length <= index) {
      const slot = this.#reads.length;
      this.#reads.push(new DirectIo(this, slot, this.#place.source, Operation.READ));
    }
    return present(this.#reads[index], 'a read per range');
  }

  #end(atNs: Nanoseconds): void {
    if (atNs > this.#atNs) this.#atNs = atNs;
    this.#pending -= 1;
    if (this.#pending === 0) this.#ended(this.#atNs);
  }
}
