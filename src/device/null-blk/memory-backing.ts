/**
 * memory_backed=1: null_handle_memory_backed of drivers/block/null_blk/main.c. The data of a
 * request moves between its buffers and the store under one lock for the whole device, taken with
 * interrupts off, so requests of several CPUs wait for each other, and wait spinning: all of it is
 * CPU time of the submitter.
 *
 * Left out: interrupts held back meanwhile, page allocation, the radix tree, the write-back cache.
 * The requests of one flushed plug take the lock in one go, where others could come between.
 */

import type { Bio } from '../../block/bio.ts';
import { Operation } from '../../block/operation.ts';
import type { Plug } from '../../block/plug.ts';
import type { Request } from '../../block/request.ts';
import type { Host } from '../../host/host.ts';
import type { Account } from '../../measure/account.ts';
import { Resource } from '../../sim/resource.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { present } from '../../units/assert.ts';
import { type Bytes, SECTOR_BYTES, type Sectors } from '../../units/quantity.ts';
import { Status } from '../../workload/status.ts';
import type { BackingStore } from '../store/store.ts';
import { copyBlocks } from './copy.ts';

export class MemoryBacking {
  private readonly store: BackingStore;
  private readonly host: Host;
  private readonly totals: Account;
  private readonly simulation: Simulation;
  private readonly blockSectors: Sectors;
  private readonly lock = new Resource();

  constructor(store: BackingStore, host: Host, totals: Account, simulation: Simulation) {
    this.store = store;
    this.host = host;
    this.totals = totals;
    this.simulation = simulation;
    this.blockSectors = store.logicalBlockBytes / SECTOR_BYTES;
  }

  /** Moves the first `lengthSectors` of the request's range; of a copy, of both its ranges. */
  transfer(request: Request, lengthSectors: Sectors, plug: Plug): Status {
    if (request.operation === Operation.COPY_DST) return this.copy(request, lengthSectors, plug);
    let leftSectors = lengthSectors;
    for (let bio: Bio | null = request.first; bio !== null && leftSectors > 0; bio = bio.next) {
      const sectors = Math.min(leftSectors, bio.sizeSectors);
      this.move(bio, sectors);
      leftSectors -= sectors;
    }
    // Discarding only frees pages: no bytes move.
    const moved = request.operation === Operation.DISCARD ? 0 : lengthSectors * SECTOR_BYTES;
    this.spend(request, moved, plug);
    return Status.OK;
  }

  private copy(request: Request, lengthSectors: Sectors, plug: Plug): Status {
    const destination = request.first;
    const source = present(destination.next, 'the pair was checked');
    const blocks = lengthSectors / this.blockSectors;
    const srcLba = source.sector / this.blockSectors;
    const dstLba = destination.sector / this.blockSectors;
    const copied = copyBlocks(this.store, srcLba, dstLba, blocks);
    const bytes = copied * this.store.logicalBlockBytes;
    this.count(destination.account, bytes, bytes);
    this.spend(request, bytes, plug);
    return copied === blocks ? Status.OK : Status.IOERR;
  }

  private move(bio: Bio, sectors: Sectors): void {
    const store = this.store;
    const lba = bio.sector / this.blockSectors;
    const blocks = sectors / this.blockSectors;
    const bytes = sectors * SECTOR_BYTES;
    if (bio.operation === Operation.DISCARD) {
      store.deallocate(lba, blocks);
      return;
    }
    const region = present(this.host.memory.find(bio.address), 'a bio has a buffer');
    const offset = region.contentOffset(bio.address);
    if (bio.operation === Operation.READ) {
      store.read(lba, blocks, region.content, offset);
      this.count(bio.account, bytes, 0);
    } else {
      store.write(lba, blocks, region.content, offset);
      this.count(bio.account, 0, bytes);
    }
  }

  private count(account: Account, readBytes: Bytes, writeBytes: Bytes): void {
    account.mediaReadBytes += readBytes;
    account.mediaWriteBytes += writeBytes;
    this.totals.mediaReadBytes += readBytes;
    this.totals.mediaWriteBytes += writeBytes;
  }

  /** Waits for the lock and copies, on the submitter's CPU. */
  private spend(request: Request, bytes: Bytes, plug: Plug): void {
    const arrivalNs = this.simulation.nowNs + plug.costNs;
    const doneNs = this.lock.serve(arrivalNs, bytes / this.host.costs.memoryBytesPerNs);
    plug.charge(request.account, doneNs - arrivalNs);
  }
}
