/** A simulated host from its plan. */

import { Host, type HostCosts } from '../host/host.ts';
import { type ContentFormat, HostMemory } from '../host/memory.ts';
import type { HostPlan } from '../job/plan.ts';
import type { Simulation } from '../sim/simulation.ts';
import { assert } from '../units/assert.ts';
import type { AttributeValues } from '../units/option.ts';
import { SECOND_NS } from '../units/quantity.ts';

export function buildHost(plan: HostPlan, format: ContentFormat, simulation: Simulation): Host {
  return new Host(plan.name, hostCosts(plan.attributes), new HostMemory(format), simulation);
}

export function hostCosts(attributes: AttributeValues): HostCosts {
  const number = (name: string): number => {
    const value = attributes[name];
    assert(typeof value === 'number', `host: ${name} is a number`);
    return value;
  };
  return {
    cpus: number('cpus'),
    syscallNs: number('syscall'),
    applicationNs: number('application'),
    bioNs: number('bio'),
    requestNs: number('request'),
    interruptNs: number('interrupt'),
    completionNs: number('completion'),
    contextSwitchNs: number('context_switch'),
    memoryBytesPerNs: number('memory_bandwidth') / SECOND_NS,
  };
}
