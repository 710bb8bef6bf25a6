/** A null_blk device: its driver, its request queue, its store. */

import { describeWaiting } from '../../block/describe-waiting.ts';
import { RequestQueue } from '../../block/request-queue.ts';
import { Tags } from '../../block/tags.ts';
import type { Trace } from '../../block/trace.ts';
import type { Host } from '../../host/host.ts';
import { Account } from '../../measure/account.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { type Nanoseconds, SECOND_NS, SECTOR_BYTES } from '../../units/quantity.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { contentAccess } from '../store/content-access.ts';
import type { BackingStore } from '../store/store.ts';
import { type BadBlocks, badblocksOf } from './badblocks.ts';
import type { NullBlkConfig } from './config.ts';
import { nullBlkLimits } from './limits.ts';
import { MemoryBacking } from './memory-backing.ts';
import { NullBlkDriver } from './driver.ts';

/** tag_set.timeout */
const TIMEOUT_NS: Nanoseconds = 5 * SECOND_NS;

export interface NullBlkOptions {
  readonly name: string;
  readonly config: NullBlkConfig;
  readonly store: BackingStore;
  readonly host: Host;
  readonly simulation: Simulation;
  readonly trace: Trace | null;
  /** The table of a device whose badblocks attribute may be written while it runs (configfs.ts). */
  readonly badblocks?: BadBlocks;
}

export interface NullBlk extends SimulatedDevice {
  readonly blockDevice: RequestQueue;
}

export function createNullBlk(options: NullBlkOptions): NullBlk {
  const { name, config, store, host, simulation, trace } = options;
  const totals = new Account();
  // More than one queue per CPU is never used: the kernel clamps submit_queues to nr_cpu_ids.
  const hardwareQueues = Math.min(config.submitQueues, host.cpus.length);
  const backing = config.memoryBacked ? new MemoryBacking(store, host, totals, simulation) : null;
  const badblocks = options.badblocks ?? badblocksOf(config.badblocks);
  const driver = new NullBlkDriver(
    config,
    hardwareQueues,
    badblocks,
    backing,
    host,
    totals,
    simulation,
  );
  const queue = new RequestQueue(
    {
      name,
      limits: nullBlkLimits(config),
      capacitySectors: config.sizeBytes / SECTOR_BYTES,
      tags: Array.from({ length: hardwareQueues }, () => new Tags(config.hwQueueDepth)),
      timeoutNs: TIMEOUT_NS,
    },
    driver,
    host,
    simulation,
    trace,
  );
  return {
    name,
    blockDevice: queue,
    content: contentAccess(store),
    meters: { pcie: false, fabric: false, media: config.memoryBacked },
    totals,
    background: new Account(),
    describeWaiting: () =>
      describeWaiting(queue, (waiting) => driver.throttle?.neverAdmits(waiting) ?? null),
    close: () => store.close(),
  };
}
