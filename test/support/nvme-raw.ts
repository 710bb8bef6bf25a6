/** A raw host: sends commands as bytes to an NVMe controller, and reads the completion entries. */

import { AdminQueue } from '../../src/device/nvme/admin-queue.ts';
import type { NvmeConfig, NvmeNamespaceConfig } from '../../src/device/nvme/config.ts';
import { Controller } from '../../src/device/nvme/controller.ts';
import {
  completionDoNotRetry,
  completionStatus,
  putCommand,
} from '../../src/device/nvme/encode.ts';
import type { Namespace } from '../../src/device/nvme/namespace.ts';
import type { CommandCosts, InterruptHandler, Probe } from '../../src/device/nvme/probe.ts';
import { QueuePair } from '../../src/device/nvme/queue-pair.ts';
import { openStore } from '../../src/device/store/open-store.ts';
import type { BackingStore } from '../../src/device/store/store.ts';
import { HostMemory, type Region } from '../../src/host/memory.ts';
import { Account } from '../../src/measure/account.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { config, namespaceConfig } from './nvme-world.ts';

export interface Completion {
  readonly status: number;
  readonly dnr: boolean;
  readonly dw0: number;
}

export class RawNvme implements Probe, InterruptHandler {
  readonly simulation = new Simulation();
  readonly memory = new HostMemory({ unitBytes: 4096, contentBytes: 4096 });
  readonly controller: Controller;
  readonly admin: AdminQueue;
  readonly io: QueuePair;
  readonly stores: BackingStore[];
  /** What the probe reported for the last command. */
  costs: CommandCosts | null = null;
  readonly unaskedFor = new Account();

  constructor(
    changes: Partial<NvmeConfig> = {},
    namespaces: readonly NvmeNamespaceConfig[] = [namespaceConfig],
    entries = 16,
  ) {
    this.stores = namespaces.map(({ sizeBytes, lbaBytes }, index) =>
      openStore({
        mode: 'memory',
        name: `n${index + 1}`,
        deviceIndex: index + 1,
        logicalBlockBytes: lbaBytes,
        blocks: sizeBytes / lbaBytes,
        format: this.memory.dataFormat,
        backingFile: null,
        backingDirectory: null,
        overwrite: false,
      }),
    );
    this.controller = new Controller(
      {
        name: 'raw',
        config: { ...config, ...changes },
        namespaces: namespaces.map((namespace, index) => ({
          config: namespace,
          store: this.store(index + 1),
        })),
        queues: 4,
      },
      this.memory,
      this.simulation,
      this,
      this,
    );
    this.admin = new AdminQueue(this.controller, this.memory, this.simulation);
    this.admin.enable();
    this.io = new QueuePair(1, entries, this.memory, this.controller);
    this.admin.createQueues(this.io);
  }

  store(nsid: number): BackingStore {
    const store = this.stores[nsid - 1];
    if (store === undefined) throw new Error(`no namespace ${nsid}`);
    return store;
  }

  finished(queueId: number, _commandId: number, _namespace: Namespace, costs: CommandCosts): void {
    if (queueId !== 0) this.costs = { ...copyOf(costs) };
  }

  unasked(_namespace: Namespace, costs: CommandCosts): void {
    this.unaskedFor.mediaWriteBytes += costs.mediaWriteBytes;
    this.unaskedFor.mediaReadBytes += costs.mediaReadBytes;
  }

  interrupt(vector: number): void {
    if (vector === 0) this.admin.interrupt();
  }

  /** Fills an entry, rings, waits for the answer. */
  send(opcode: number, nsid: number, fill: (words: Uint32Array, at: number) => void): Completion {
    this.post(opcode, nsid, 1, fill);
    this.io.ring();
    return this.wait();
  }

  post(
    opcode: number,
    nsid: number,
    id: number,
    fill: (words: Uint32Array, at: number) => void,
  ): void {
    const at = this.io.next();
    putCommand(this.io.sqWords, at, opcode, id, nsid);
    fill(this.io.sqWords, at);
  }

  wait(): Completion & { readonly id: number } {
    for (;;) {
      const at = this.io.take();
      if (at !== -1) {
        this.io.release();
        const dw3 = this.io.cqWords[at + 3] ?? 0;
        return {
          id: dw3 & 0xffff,
          status: completionStatus(dw3),
          dnr: completionDoNotRetry(dw3),
          dw0: this.io.cqWords[at] ?? 0,
        };
      }
      if (!this.simulation.step()) throw new Error('no answer');
    }
  }

  structure(bytes: number): Region {
    return this.memory.allocate(bytes);
  }
}

function copyOf(costs: CommandCosts): CommandCosts {
  const { pcieTxBytes, pcieRxBytes, mediaReadBytes, mediaWriteBytes } = costs;
  return { pcieTxBytes, pcieRxBytes, mediaReadBytes, mediaWriteBytes };
}
