/** One null_blk device in a world of its own, driven through the block layer. */

import { Bio } from '../../src/block/bio.ts';
import { Operation } from '../../src/block/operation.ts';
import { Plug } from '../../src/block/plug.ts';
import type { BadBlocks } from '../../src/device/null-blk/badblocks.ts';
import { type NullBlkConfig, nullBlkConfig } from '../../src/device/null-blk/config.ts';
import { kernelAttributes } from '../../src/device/null-blk/kernel-attributes.ts';
import { createNullBlk } from '../../src/device/null-blk/null-blk.ts';
import type { SimulatedDevice } from '../../src/device/simulated-device.ts';
import { openStore } from '../../src/device/store/open-store.ts';
import type { BackingStore } from '../../src/device/store/store.ts';
import { Host, type HostCosts } from '../../src/host/host.ts';
import { type ContentFormat, HostMemory, type Region } from '../../src/host/memory.ts';
import { Account } from '../../src/measure/account.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import type { AttributeValue, AttributeValues } from '../../src/units/option.ts';
import { MIB, SECTOR_BYTES } from '../../src/units/quantity.ts';
import { errnoOf, Status } from '../../src/workload/status.ts';

/** Costs that are easy to add up. */
export const costs: HostCosts = {
  cpus: 2,
  syscallNs: 0,
  applicationNs: 0,
  bioNs: 0,
  requestNs: 0,
  interruptNs: 1000,
  completionNs: 100,
  contextSwitchNs: 0,
  memoryBytesPerNs: 10,
};

/** The kernel's defaults with `changes`, in base units; 64 MiB. */
export function attributes(changes: AttributeValues = {}): AttributeValues {
  const values: Record<string, AttributeValue> = {};
  for (const { name, type, initial } of kernelAttributes) {
    values[name] = type === 'bool' ? initial === 1 : initial;
  }
  return { ...values, memory_backed: null, data: null, size: 64 * MIB, cache_size: 0, ...changes };
}

export function config(changes: AttributeValues = {}): NullBlkConfig {
  return nullBlkConfig(attributes(changes));
}

export interface Ended {
  readonly status: Status;
  readonly atNs: number;
}

/** An I/O on its way. */
export class Io {
  readonly bio: Bio;
  readonly buffer: Region | null;
  ended: Ended | null = null;

  constructor(account: Account, buffer: Region | null) {
    this.bio = new Bio(this, account);
    this.buffer = buffer;
  }

  bioEnded(bio: Bio, atNs: number): void {
    this.ended = { status: bio.status, atNs };
  }

  get status(): Status | 'waiting' {
    return this.ended === null ? 'waiting' : this.ended.status;
  }
}

export class NullBlkWorld {
  readonly simulation = new Simulation();
  readonly account = new Account();
  readonly host: Host;
  readonly device: SimulatedDevice;
  readonly store: BackingStore;
  readonly plug: Plug;

  constructor(device: NullBlkConfig, badblocks?: BadBlocks) {
    const { blockBytes, sizeBytes, data } = device;
    const format: ContentFormat = { unitBytes: blockBytes, contentBytes: blockBytes };
    this.host = new Host('host', costs, new HostMemory(format), this.simulation);
    this.plug = new Plug(this.host, 0);
    this.store = openStore({
      mode: data,
      name: 'null0',
      deviceIndex: 1,
      logicalBlockBytes: blockBytes,
      blocks: sizeBytes / blockBytes,
      format,
      backingFile: null,
      backingDirectory: null,
      overwrite: false,
    });
    this.device = createNullBlk({
      name: 'null0',
      config: device,
      store: this.store,
      host: this.host,
      simulation: this.simulation,
      trace: null,
      ...(badblocks === undefined ? {} : { badblocks }),
    });
  }

  submit(operation: Operation, offset: number, bytes: number, fill = 0, plug = this.plug): Io {
    const carries = operation === Operation.READ || operation === Operation.WRITE;
    const io = new Io(this.account, carries ? this.host.memory.allocateData(bytes) : null);
    io.buffer?.content.fill(fill);
    io.bio.operation = operation;
    io.bio.sector = offset / SECTOR_BYTES;
    io.bio.sizeSectors = bytes / SECTOR_BYTES;
    io.bio.address = io.buffer?.address ?? 0;
    this.device.blockDevice.submitBio(io.bio, plug);
    return io;
  }

  /** Sends what was submitted; returns what that cost the submitter. */
  flush(plug = this.plug): number {
    plug.takeCost();
    plug.flush();
    return plug.takeCost();
  }

  /** Submits, sends and waits. */
  run(operation: Operation, offset: number, bytes: number, fill = 0): Io {
    const io = this.submit(operation, offset, bytes, fill);
    this.flush();
    this.settle();
    return io;
  }

  copy(source: number, destination: number, bytes: number): Io {
    const dst = this.submit(Operation.COPY_DST, destination, bytes);
    this.submit(Operation.COPY_SRC, source, bytes);
    this.flush();
    this.settle();
    return dst;
  }

  settle(): void {
    while (this.simulation.step());
  }

  /** pread with O_DIRECT: the content, or the errno. */
  pread(offset: number, bytes: number): Uint8Array | string {
    if (this.misaligned(offset, bytes)) return 'EINVAL';
    const io = this.run(Operation.READ, offset, bytes, 0xee);
    if (io.status === 'waiting') return 'waiting';
    if (io.status !== Status.OK) return errnoOf(io.status);
    return io.buffer?.content.slice(0, bytes) ?? 'no buffer';
  }

  /**
   * pwrite with O_DIRECT, cut at the end of the device as blkdev_write_iter does: bytes, or the
   * errno.
   */
  pwrite(offset: number, bytes: number, fill: number): number | string {
    if (this.misaligned(offset, bytes)) return 'EINVAL';
    const end = this.device.blockDevice.capacitySectors * SECTOR_BYTES;
    const length = Math.min(bytes, end - offset);
    const io = this.run(Operation.WRITE, offset, length, fill);
    if (io.status === 'waiting') return 'waiting';
    return io.status === Status.OK ? length : errnoOf(io.status);
  }

  private misaligned(offset: number, bytes: number): boolean {
    const block = this.device.blockDevice.limits.logicalBlockBytes;
    return offset % block !== 0 || bytes % block !== 0;
  }
}
