/** Builds the simulated devices of a plan: store, model, and what the block layer sees of them. */

import type { Trace } from '../block/trace.ts';
import { createNullBlk } from '../device/null-blk/null-blk.ts';
import { nullBlkConfig } from '../device/null-blk/config.ts';
import { createNvme } from '../device/nvme/nvme.ts';
import { nvmeConfig, nvmeNamespaceConfig } from '../device/nvme/config.ts';
import type { SimulatedDevice } from '../device/simulated-device.ts';
import { openStore } from '../device/store/open-store.ts';
import type { BackingStore } from '../device/store/store.ts';
import type { ContentFormat } from '../host/memory.ts';
import type { Host } from '../host/host.ts';
import type { DevicePlan } from '../job/plan.ts';
import type { Simulation } from '../sim/simulation.ts';
import { present } from '../units/assert.ts';
import { SECTOR_BYTES } from '../units/quantity.ts';

const TAG_BYTES = 8;

/** One format for all devices of a world, so that content survives a copy between them. */
export function contentFormat(plans: readonly DevicePlan[]): ContentFormat {
  const facts = plans.map((plan) => plan.facts);
  if (facts.every(({ data }) => data === 'none')) {
    return { unitBytes: SECTOR_BYTES, contentBytes: 0 };
  }
  const unitBytes = Math.min(...facts.map(({ logicalBlockBytes }) => logicalBlockBytes));
  const tags = facts.some(({ data }) => data === 'tags');
  return { unitBytes, contentBytes: tags ? TAG_BYTES : unitBytes };
}

export class DeviceBuilder {
  private readonly plans: readonly DevicePlan[];
  private readonly hosts: ReadonlyMap<string, Host>;
  private readonly simulation: Simulation;
  private readonly trace: Trace | null;
  private readonly format: ContentFormat;
  private readonly stores: BackingStore[] = [];

  constructor(
    plans: readonly DevicePlan[],
    hosts: ReadonlyMap<string, Host>,
    simulation: Simulation,
    trace: Trace | null,
  ) {
    this.plans = plans;
    this.hosts = hosts;
    this.simulation = simulation;
    this.trace = trace;
    this.format = contentFormat(plans);
  }

  /**
   * Every device by its name; a store that cannot be opened throws, and what was opened is closed.
   */
  build(): Map<string, SimulatedDevice> {
    try {
      return this.buildAll();
    } catch (error) {
      for (const store of this.stores) store.close();
      throw error;
    }
  }

  private buildAll(): Map<string, SimulatedDevice> {
    const devices = new Map<string, SimulatedDevice>();
    for (const plan of this.plans) {
      const built = plan.driver === 'null_blk' ? [this.nullBlk(plan)] : this.nvme(plan);
      for (const device of built) devices.set(device.name, device);
    }
    return devices;
  }

  private nullBlk(plan: DevicePlan): SimulatedDevice {
    return createNullBlk({
      name: plan.name,
      config: nullBlkConfig(plan.attributes),
      store: this.store(plan),
      host: this.host(plan),
      simulation: this.simulation,
      trace: this.trace,
    });
  }

  /** A controller comes with all its namespaces; the further ones are built with it. */
  private nvme(plan: DevicePlan): SimulatedDevice[] {
    if (plan.driver !== 'nvme') return [];
    const further = this.plans.filter(
      ({ driver, attributes }) => driver === 'nvme-ns' && attributes['controller'] === plan.name,
    );
    return createNvme({
      name: plan.name,
      config: nvmeConfig(plan.attributes),
      namespaces: [plan, ...further].map((namespace) => ({
        name: namespace.name,
        config: nvmeNamespaceConfig(namespace.attributes),
        store: this.store(namespace),
      })),
      host: this.host(plan),
      simulation: this.simulation,
      trace: this.trace,
    });
  }

  private store(plan: DevicePlan): BackingStore {
    const { sizeBytes, logicalBlockBytes, data } = plan.facts;
    const { backing_file, backing_directory, overwrite } = plan.attributes;
    const store = openStore({
      mode: data,
      name: plan.name,
      deviceIndex: this.plans.indexOf(plan) + 1,
      logicalBlockBytes,
      blocks: sizeBytes / logicalBlockBytes,
      format: this.format,
      backingFile: typeof backing_file === 'string' ? backing_file : null,
      backingDirectory: typeof backing_directory === 'string' ? backing_directory : null,
      overwrite: overwrite === true,
    });
    this.stores.push(store);
    return store;
  }

  private host(plan: DevicePlan): Host {
    return present(this.hosts.get(plan.host), `host ${plan.host} of device ${plan.name}`);
  }
}
