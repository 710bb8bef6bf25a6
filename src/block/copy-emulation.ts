/**
 * blkdev_copy_emulation of Shetty's series v20 (blkdev_copy_emulation_work): the block layer's own
 * copy, between one device or two. One work item per copy on the system workqueue, strictly serial
 * inside: read a chunk into a kernel buffer, wait, write it, wait, next. The buffer is as large as
 * both devices' limits allow (max_hw_sectors, max_segments) and no larger than the copy.
 *
 * v20's bug is left out: there a failed synchronous emulation reports its full length; here what
 * has arrived is the chunks written before the failure. Left out too: a smaller buffer when memory
 * is short, and the limit on workers of the workqueue.
 */

import type { Host } from '../host/host.ts';
import { Slice } from '../host/cpu.ts';
import type { Region } from '../host/memory.ts';
import { type TimerTarget, Timer } from '../sim/timer.ts';
import { present } from '../units/assert.ts';
import { type Nanoseconds, PAGE_BYTES, SECTOR_SHIFT, type Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { BlockDevice } from './block-device.ts';
import { type CopyAccounts, type CopyOwner, type CopyRange, checkCopy } from './copy.ts';
import { DirectIo, type DirectIoOwner } from './direct-io.ts';
import { Operation } from './operation.ts';
import { Plug } from './plug.ts';

type Step = 'read' | 'write' | 'end';

export class CopyEmulation implements TimerTarget, DirectIoOwner {
  private readonly owner: CopyOwner;
  private readonly slot: number;
  private readonly accounts: CopyAccounts;
  private readonly host: Host;
  private readonly cpu: number;
  private readonly plug: Plug;
  private readonly slice: Slice;
  private readonly read: DirectIo;
  private readonly write: DirectIo;
  private buffer: Region | null = null;
  private range: CopyRange | null = null;
  private step: Step = 'read';
  private chunk: Sectors = 0;
  private done: Sectors = 0;
  private status: Status = Status.OK;
  private building = false;
  private endedAtOnce = false;

  constructor(
    owner: CopyOwner,
    slot: number,
    accounts: CopyAccounts,
    host: Host,
    cpu: number,
    devices: { readonly source: BlockDevice; readonly destination: BlockDevice },
  ) {
    this.owner = owner;
    this.slot = slot;
    this.accounts = accounts;
    this.host = host;
    this.cpu = cpu;
    this.plug = new Plug(host, cpu);
    this.slice = new Slice(new Timer(this, 0, 0));
    this.read = new DirectIo(this, 0, devices.source, Operation.READ);
    this.write = new DirectIo(this, 1, devices.destination, Operation.WRITE);
  }

  /** Punts the copy to a kernel worker; refused before that when it is no copy at all. */
  begin(range: CopyRange, atNs: Nanoseconds): Status {
    const refusal = checkCopy(range);
    if (refusal !== Status.OK) return refusal;
    this.range = range;
    this.done = 0;
    this.status = Status.OK;
    this.chunk = bufferSectors(range);
    const bytes = this.chunk << SECTOR_SHIFT;
    if (this.buffer === null || this.buffer.bytes < bytes) {
      this.buffer = this.host.memory.allocateData(bytes);
    }
    this.step = 'read';
    this.wake(atNs);
    return Status.OK;
  }

  /** The worker's slice is over: what it built goes out, and it sleeps until that has ended. */
  fire(): void {
    if (this.host.cpu(this.cpu).extended(this.slice)) return;
    if (this.step === 'end') {
      this.end();
      return;
    }
    this.building = true;
    this.plug.flush();
    this.building = false;
    if (this.endedAtOnce) this.run(this.host.simulation.nowNs);
  }

  ioEnded(io: DirectIo, atNs: Nanoseconds): void {
    if (io.status !== Status.OK) {
      this.status = io.status;
      this.step = 'end';
    } else if (io === this.read) {
      this.step = 'write';
    } else {
      this.done += io.sizeSectors;
      const range = present(this.range, 'an emulated copy in flight');
      this.step = this.done < range.sizeSectors ? 'read' : 'end';
    }
    // Ended inside the worker's own call (refused, or completed inline): it has not gone to sleep.
    if (this.building) this.endedAtOnce = true;
    else this.wake(atNs);
  }

  private wake(atNs: Nanoseconds): void {
    this.plug.charge(this.accounts.source, this.host.costs.contextSwitchNs);
    this.run(atNs);
  }

  /** Books the worker's next slice, with the I/O of its next step built in it. */
  private run(atNs: Nanoseconds): void {
    const cpu = this.host.cpu(this.cpu);
    this.plug.buildsAtNs = cpu.startNs(atNs);
    this.building = true;
    do {
      this.endedAtOnce = false;
      if (this.step !== 'end') this.submit(this.step);
    } while (this.endedAtOnce);
    this.building = false;
    cpu.run(this.slice, atNs, this.plug.takeCost());
  }

  private submit(step: 'read' | 'write'): void {
    const range = present(this.range, 'an emulated copy in flight');
    const buffer = present(this.buffer, 'its buffer');
    const io = step === 'read' ? this.read : this.write;
    const start = step === 'read' ? range.sourceSector : range.destinationSector;
    io.sector = start + this.done;
    io.sizeSectors = Math.min(this.chunk, range.sizeSectors - this.done);
    io.address = buffer.address;
    const { source, destination } = this.accounts;
    io.submit(this.plug, step === 'read' ? source : destination);
  }

  private end(): void {
    this.range = null;
    this.owner.copyEnded(this.slot, this.done, this.status, this.host.simulation.nowNs);
  }
}

/**
 * blkdev_copy_alloc_buf: min of both devices' max_hw_bytes and of the copy, whole blocks of both.
 */
function bufferSectors({ source, destination, sizeSectors }: CopyRange): Sectors {
  const sectors = Math.min(hardwareSectors(source), hardwareSectors(destination));
  const blockSectors = Math.max(blockSectorsOf(source), blockSectorsOf(destination));
  return Math.min(Math.max(blockSectors, sectors - (sectors % blockSectors)), sizeSectors);
}

/** One bio must go through whole: max_hw_sectors, and max_segments pages. */
function hardwareSectors({ limits }: BlockDevice): Sectors {
  return Math.min(limits.maxHwSectors, (limits.maxSegments * PAGE_BYTES) >> SECTOR_SHIFT);
}

function blockSectorsOf({ limits }: BlockDevice): Sectors {
  return limits.logicalBlockBytes >> SECTOR_SHIFT;
}
