/** An NVMe controller with its driver: one block device per namespace. */

import { describeWaiting } from '../../block/describe-waiting.ts';
import { RequestQueue } from '../../block/request-queue.ts';
import type { Trace } from '../../block/trace.ts';
import type { Host } from '../../host/host.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { present } from '../../units/assert.ts';
import { SECOND_NS } from '../../units/quantity.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { contentAccess } from '../store/content-access.ts';
import type { BackingStore } from '../store/store.ts';
import type { NvmeConfig, NvmeNamespaceConfig } from './config.ts';
import { Controller } from './controller.ts';
import { NamespaceDriver, NvmeDriver } from './driver.ts';

/** NVME_IO_TIMEOUT. */
const TIMEOUT_NS = 30 * SECOND_NS;
const QUEUES_MAX = 64;

export interface NvmeOptions {
  readonly name: string;
  readonly config: NvmeConfig;
  /** The first is the controller's own. */
  readonly namespaces: readonly {
    readonly name: string;
    readonly config: NvmeNamespaceConfig;
    readonly store: BackingStore;
  }[];
  readonly host: Host;
  readonly simulation: Simulation;
  readonly trace: Trace | null;
}

/** Brings the controller up, which takes simulated time. */
export function createNvme(options: NvmeOptions): SimulatedDevice[] {
  const { name, config, host, simulation, trace } = options;
  const driver = new NvmeDriver(host, simulation);
  const queues = config.queues ?? Math.min(host.cpus.length, QUEUES_MAX);
  const controller = new Controller(
    { name, config, namespaces: options.namespaces, queues },
    host.memory,
    simulation,
    driver,
    driver,
  );
  const attached = driver.attach(controller);
  return options.namespaces.map((namespace, index) => {
    const found = present(attached[index], 'a namespace is found by Identify');
    const queue = new RequestQueue(
      {
        name: namespace.name,
        limits: found.limits,
        capacitySectors: found.capacitySectors,
        tags: driver.ioQueues.map(({ tags }) => tags),
        timeoutNs: TIMEOUT_NS,
      },
      new NamespaceDriver(driver, found),
      host,
      simulation,
      trace,
    );
    return {
      name: namespace.name,
      blockDevice: queue,
      content: contentAccess(namespace.store),
      meters: { pcie: true, fabric: false, media: true },
      totals: present(controller.namespaces[index], 'each namespace').totals,
      background: present(driver.background[index], 'each namespace'),
      describeWaiting: () => describeWaiting(queue, () => null),
      close: () => namespace.store.close(),
    };
  });
}
