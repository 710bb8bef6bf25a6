/** A simulated host: its CPUs, its memory, and what work costs there (`[host NAME]`). */

import type { Simulation } from '../sim/simulation.ts';
import { present } from '../units/assert.ts';
import type { BytesPerNanosecond, Nanoseconds } from '../units/quantity.ts';
import { Cpu } from './cpu.ts';
import type { HostMemory } from './memory.ts';

/** The attributes of `host/attributes.ts`, in base units. */
export interface HostCosts {
  readonly cpus: number;
  readonly syscallNs: Nanoseconds;
  readonly applicationNs: Nanoseconds;
  readonly bioNs: Nanoseconds;
  readonly requestNs: Nanoseconds;
  readonly interruptNs: Nanoseconds;
  readonly completionNs: Nanoseconds;
  readonly contextSwitchNs: Nanoseconds;
  readonly memoryBytesPerNs: BytesPerNanosecond;
}

export class Host {
  readonly name: string;
  readonly costs: HostCosts;
  readonly memory: HostMemory;
  readonly simulation: Simulation;
  readonly cpus: readonly Cpu[];

  constructor(name: string, costs: HostCosts, memory: HostMemory, simulation: Simulation) {
    this.name = name;
    this.costs = costs;
    this.memory = memory;
    this.simulation = simulation;
    this.cpus = Array.from({ length: costs.cpus }, () => new Cpu(simulation));
  }

  cpu(index: number): Cpu {
    return present(this.cpus[index % this.cpus.length], 'a host has a CPU');
  }
}
