/** NVMe namespaces in a world of their own, driven through the block layer. */

import { Bio } from '../../src/block/bio.ts';
import { Operation } from '../../src/block/operation.ts';
import { Plug } from '../../src/block/plug.ts';
import type { NvmeConfig, NvmeNamespaceConfig, NvmeTiming } from '../../src/device/nvme/config.ts';
import { createNvme } from '../../src/device/nvme/nvme.ts';
import type { SimulatedDevice } from '../../src/device/simulated-device.ts';
import type { DataMode } from '../../src/device/store/mode.ts';
import { openStore } from '../../src/device/store/open-store.ts';
import type { BackingStore } from '../../src/device/store/store.ts';
import { Host, type HostCosts } from '../../src/host/host.ts';
import { type ContentFormat, HostMemory, type Region } from '../../src/host/memory.ts';
import { Account } from '../../src/measure/account.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { present } from '../../src/units/assert.ts';
import { SECTOR_BYTES } from '../../src/units/quantity.ts';
import type { Status } from '../../src/workload/status.ts';

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

/**
 * Figures that are easy to add up: 4 dies, 1 B/ns on PCIe, 2 B/ns on a channel, 4 B/ns in the
 * engine.
 */
export const timing: NvmeTiming = {
  channels: 2,
  diesPerChannel: 2,
  pageBytes: 16_384,
  readNs: 50_000,
  programNs: 400_000,
  programUnitBytes: 32_768,
  channelBytesPerNs: 2,
  pcieBytesPerNs: 1,
  pcieLatencyNs: 500,
  commandNs: 1000,
  firmwareReadNs: 3000,
  writeCacheBytes: 1_048_576,
  writeCacheNs: 2000,
  copyBytesPerNs: 4,
  copySetupNs: 7000,
  cloneNs: 900,
  deallocateNs: 6000,
};

export const config: NvmeConfig = {
  mdts: 7,
  queues: null,
  queueDepth: 63,
  behavior: 'spec',
  copyEngine: 'media',
  copyFormats: 1,
  fastCopy: false,
  copyCommands: Infinity,
  timing,
};

export const namespaceConfig: NvmeNamespaceConfig = {
  sizeBytes: 64 * 1024 * 1024,
  lbaBytes: 4096,
  mssrl: 128,
  mcl: 128,
  msrc: 127,
  protection: 0,
  guardBits: 16,
  zoned: null,
  copyGroup: 1,
};

export class Io {
  readonly bio: Bio;
  status: Status | 'waiting' = 'waiting';
  atNs = -1;

  constructor(account: Account) {
    this.bio = new Bio(this, account);
  }

  bioEnded(bio: Bio, atNs: number): void {
    this.status = bio.status;
    this.atNs = atNs;
  }
}

export interface NvmeWorldOptions {
  readonly config?: NvmeConfig;
  readonly namespaces?: readonly NvmeNamespaceConfig[];
  readonly data?: DataMode;
  readonly costs?: HostCosts;
}

export class NvmeWorld {
  readonly simulation = new Simulation();
  readonly account = new Account();
  readonly host: Host;
  readonly stores: BackingStore[];
  readonly devices: SimulatedDevice[];
  readonly device: SimulatedDevice;

  constructor(options: NvmeWorldOptions = {}) {
    const data = options.data ?? 'none';
    const namespaces = options.namespaces ?? [namespaceConfig];
    const unitBytes = Math.min(...namespaces.map(({ lbaBytes }) => lbaBytes));
    const contentBytes = { none: 0, tags: 8, memory: unitBytes, file: unitBytes }[data];
    const format: ContentFormat = { unitBytes, contentBytes };
    const memory = new HostMemory(format);
    this.host = new Host('host', options.costs ?? costs, memory, this.simulation);
    this.stores = namespaces.map(({ sizeBytes, lbaBytes }, index) =>
      openStore({
        mode: data,
        name: `nvme0n${index + 1}`,
        deviceIndex: index + 1,
        logicalBlockBytes: lbaBytes,
        blocks: sizeBytes / lbaBytes,
        format,
        backingFile: null,
        backingDirectory: null,
        overwrite: false,
      }),
    );
    this.devices = createNvme({
      name: 'nvme0',
      config: options.config ?? config,
      namespaces: namespaces.map((namespace, index) => ({
        name: `nvme0n${index + 1}`,
        config: namespace,
        store: present(this.stores[index], 'a store each'),
      })),
      host: this.host,
      simulation: this.simulation,
      trace: null,
    });
    this.device = present(this.devices[0], 'the first namespace');
  }

  buffer(bytes: number): Region {
    return this.host.memory.allocateData(bytes);
  }

  io(operation: Operation, byte: number, bytes: number, address = 0, fua = false): Io {
    const io = new Io(this.account);
    io.bio.operation = operation;
    io.bio.sector = byte / SECTOR_BYTES;
    io.bio.sizeSectors = bytes / SECTOR_BYTES;
    io.bio.address = address;
    io.bio.fua = fua;
    return io;
  }

  /** Submits in one plug, now, on CPU 0. */
  submit(ios: readonly Io[], device: SimulatedDevice = this.device): void {
    const plug = new Plug(this.host, 0);
    for (const { bio } of ios) device.blockDevice.submitBio(bio, plug);
    plug.flush();
  }

  /** Submits a copy: destination first, then source. */
  copy(source: number, destination: number, bytes: number, fua = false): readonly [Io, Io] {
    const pair = [
      this.io(Operation.COPY_DST, destination, bytes, 0, fua),
      this.io(Operation.COPY_SRC, source, bytes),
    ] as const;
    this.submit(pair);
    return pair;
  }

  /** Until each of these has ended; returns the time since `fromNs`. */
  run(ios: readonly Io[], fromNs = 0): number {
    while (ios.some(({ status }) => status === 'waiting')) {
      if (!this.simulation.step()) throw new Error('nothing is due, and I/O is out');
    }
    return Math.max(...ios.map(({ atNs }) => atNs)) - fromNs;
  }

  /** Until nothing but the request timeout is due: what is cached is programmed. */
  settle(ns = 1_000_000_000): void {
    this.simulation.advanceTo(this.simulation.nowNs + ns);
  }
}
