/**
 * The host driver of one controller (drivers/nvme/host/{pci,core}.c): brings it up by commands it
 * really sends, learns all limits from Identify, and gives each namespace a request queue over the
 * I/O queues that they share. What commands cost is charged to the request's account, and what no
 * request caused to the namespace's background (admin commands: the first one's).
 *
 * Left out: controller reset after an abort that fails (the request is asked after again, every 30
 * s).
 */

import type { Driver } from '../../block/driver.ts';
import type { Limits } from '../../block/limits.ts';
import type { Plug } from '../../block/plug.ts';
import type { Request } from '../../block/request.ts';
import type { Host } from '../../host/host.ts';
import { Account } from '../../measure/account.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { present } from '../../units/assert.ts';
import { SECTOR_BYTES, type Sectors } from '../../units/quantity.ts';
import { Status } from '../../workload/status.ts';
import { AdminQueue } from './admin-queue.ts';
import { Cns, decodeController, decodeNamespace, decodeNamespaceList } from './identify.ts';
import { IoQueue, type NamespaceAddress } from './io-queue.ts';
import { limitsOf } from './limits.ts';
import type { Namespace } from './namespace.ts';
import type { CommandCosts, InterruptHandler, Probe } from './probe.ts';
import type { ControllerRegisters } from './queue-pair.ts';

/** The kernel's io_queue_depth goes up to 4095 commands. */
const QUEUE_ENTRIES_MAX = 4096;

export interface AttachedNamespace extends NamespaceAddress {
  readonly limits: Limits;
  readonly capacitySectors: Sectors;
}

export class NvmeDriver implements Probe, InterruptHandler {
  readonly host: Host;
  /** By namespace, in order of nsid. */
  readonly background: Account[] = [];
  ioQueues: readonly IoQueue[] = [];
  private readonly simulation: Simulation;
  private admin: AdminQueue | null = null;

  constructor(host: Host, simulation: Simulation) {
    this.host = host;
    this.simulation = simulation;
  }

  /** nvme_probe: the namespaces found. The simulation goes on until the controller is up. */
  attach(controller: ControllerRegisters): AttachedNamespace[] {
    const admin = new AdminQueue(controller, this.host.memory, this.simulation);
    this.admin = admin;
    // Its first command needs somewhere to be charged.
    this.background.push(new Account());
    admin.enable();
    const identity = decodeController(admin.identify(Cns.CONTROLLER, 0));
    const nsids = decodeNamespaceList(admin.identify(Cns.ACTIVE_NAMESPACES, 0));
    for (let more = nsids.length - 1; more > 0; more -= 1) this.background.push(new Account());
    const namespaces = nsids.map((nsid) => {
      const namespace = decodeNamespace(admin.identify(Cns.NAMESPACE, nsid));
      return {
        nsid,
        blocksPerSector: SECTOR_BYTES / namespace.lbaBytes,
        capacitySectors: namespace.blocks * (namespace.lbaBytes / SECTOR_BYTES),
        limits: limitsOf(identity, namespace),
      };
    });
    this.createQueues(admin, controller);
    return namespaces;
  }

  interrupt(vector: number): void {
    if (vector === 0) {
      this.admin?.interrupt();
      return;
    }
    const queue = present(this.ioQueues[vector - 1], 'a vector for each I/O queue');
    queue.interrupt();
  }

  finished(queueId: number, commandId: number, namespace: Namespace, costs: CommandCosts): void {
    const account =
      queueId === 0
        ? this.backgroundOf(namespace)
        : present(this.ioQueues[queueId - 1], 'a queue for each command').request(commandId)
            .account;
    account.commands += 1;
    charge(account, costs);
  }

  unasked(namespace: Namespace, costs: CommandCosts): void {
    charge(this.backgroundOf(namespace), costs);
  }

  /** nvme_timeout: asks the controller to abort; the request ends when its command does. */
  timeout(request: Request): void {
    const queue = present(this.ioQueues[request.hardwareQueue], 'a request out at its queue');
    queue.markTimedOut(request);
    this.admin?.abort(queue.pair.id, request.tag);
  }

  private createQueues(admin: AdminQueue, controller: ControllerRegisters): void {
    const entries = Math.min(admin.maxQueueEntries, QUEUE_ENTRIES_MAX);
    const count = admin.setQueueCount(this.host.cpus.length);
    this.ioQueues = Array.from({ length: count }, (_, index) => {
      const queue = new IoQueue(index + 1, entries, index, this.host, controller);
      admin.createQueues(queue.pair);
      return queue;
    });
  }

  private backgroundOf(namespace: Namespace): Account {
    return present(this.background[namespace.nsid - 1], 'a background account per namespace');
  }
}

/** blk_mq_ops of one namespace. */
export class NamespaceDriver implements Driver {
  private readonly driver: NvmeDriver;
  private readonly namespace: NamespaceAddress;

  constructor(driver: NvmeDriver, namespace: NamespaceAddress) {
    this.driver = driver;
    this.namespace = namespace;
  }

  queueRequest(request: Request, _plug: Plug): Status {
    const queue = this.driver.ioQueues[request.hardwareQueue];
    return queue === undefined ? Status.IOERR : queue.submit(request, this.namespace);
  }

  commitRequests(hardwareQueue: number, _plug: Plug): void {
    this.driver.ioQueues[hardwareQueue]?.commit();
  }

  timeout(request: Request): void {
    this.driver.timeout(request);
  }
}

const charge = (account: Account, costs: CommandCosts): void => {
  account.pcieTxBytes += costs.pcieTxBytes;
  account.pcieRxBytes += costs.pcieRxBytes;
  account.mediaReadBytes += costs.mediaReadBytes;
  account.mediaWriteBytes += costs.mediaWriteBytes;
};
