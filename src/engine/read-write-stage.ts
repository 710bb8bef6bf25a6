/**
 * `path=read-write`: the application's own copy. It reads each range into its buffer, a call
 * each without waiting, and when it has seen the last of them writes the whole in one call.
 */

import type { CopyAccounts } from '../block/copy.ts';
import { DirectIo, type DirectIoOwner } from '../block/direct-io.ts';
import { Operation } from '../block/operation.ts';
import type { Plug } from '../block/plug.ts';
import type { Host } from '../host/host.ts';
import type { Address } from '../host/memory.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { CopyPlace, CopyStage } from './copy-stage.ts';

export class ReadWriteStage implements CopyStage, DirectIoOwner {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  readonly reason = null;
  private readonly place: CopyPlace;
  private readonly accounts: CopyAccounts;
  private readonly host: Host;
  private readonly buffer: Address;
  private readonly ended: (atNs: Nanoseconds) => void;
  private readonly reads: DirectIo[] = [];
  private readonly write: DirectIo;
  private half: 'read' | 'write' = 'read';
  /** Range to be read next. */
  private range = 0;
  /** A read of this copy has been sent. */
  private called = false;
  private fromBytes: Bytes = 0;
  private pending = 0;
  private atNs: Nanoseconds = -0;

  constructor(
    place: CopyPlace,
    accounts: CopyAccounts,
    host: Host,
    buffer: Address,
    ended: (atNs: number) => void,
  ) {
    this.place = place;
    this.accounts = accounts;
    this.host = host;
    this.buffer = buffer;
    this.ended = ended;
    this.write = new DirectIo(this, 0, place.destination, Operation.WRITE);
  }

  begin(fromBytes: Bytes): void {
    this.fromBytes = fromBytes;
    this.doneBytes = 0;
    this.status = Status.OK;
    this.called = false;
    this.enter('read');
    this.range = this.nextRange(0);
  }

  /**
   * One system call: the read of one range, or the write of all. True: another read is to follow.
   */
  submit(plug: Plug): boolean {
    if (this.half === 'write') {
      this.submitWrite(plug);
      return false;
    }
    this.submitRead(plug, this.range);
    this.range = this.nextRange(this.range + 1);
    return this.range < this.place.ranges;
  }

  sent(atNs: Nanoseconds): void {
    this.end(atNs);
  }

  ioEnded(io: DirectIo, atNs: Nanoseconds): void {
    if (io.status !== Status.OK && this.status === Status.OK) this.status = io.status;
    this.end(atNs);
  }

  reaped(): boolean {
    if (this.status !== Status.OK) return true;
    if (this.half === 'read') {
      this.enter('write');
      return false;
    }
    this.doneBytes = this.place.totalBytes - this.fromBytes;
    return true;
  }

  private enter(half: 'read' | 'write'): void {
    this.half = half;
    this.atNs = -0;
    this.pending = 1;
  }

  /** The first range from `range` on of which something is left. */
  private nextRange(range: number): number {
    let next = range;
    while (next < this.place.ranges && this.place.rest(next, this.fromBytes) === null) next += 1;
    return next;
  }

  private submitRead(plug: Plug, range: number): void {
    const rest = present(this.place.rest(range, this.fromBytes), 'something left of the range');
    const io = this.read(range);
    io.sector = rest.sourceSector;
    io.sizeSectors = rest.sizeSectors;
    const at = (rest.destinationSector - this.place.destinationSector) * 512;
    io.address = this.buffer + at;
    // The system call of a copy's first read is charged by the process, as any submission's.
    if (this.called) plug.charge(this.accounts.source, this.host.costs.syscallNs);
    this.called = true;
    this.pending += 1;
    io.submit(plug, this.accounts.source);
  }

  private submitWrite(plug: Plug): void {
    const io = this.write;
    io.sector = this.place.destinationSector + this.fromBytes / 512;
    io.sizeSectors = (this.place.totalBytes - this.fromBytes) / 512;
    io.address = this.buffer + this.fromBytes;
    this.pending += 1;
    io.submit(plug, this.accounts.destination);
  }

  private read(index: number): DirectIo {
    while (this.reads.length <= index) {
      const slot = this.reads.length;
      this.reads.push(new DirectIo(this, slot, this.place.source, Operation.READ));
    }
    return present(this.reads[index], 'a read per range');
  }

  private end(atNs: Nanoseconds): void {
    if (atNs > this.atNs) this.atNs = atNs;
    this.pending -= 1;
    if (this.pending === 0) this.ended(this.atNs);
  }
}
