/** A simulated host from its plan. */

import { hostCosts } from '../host/config.ts';
import { Host } from '../host/host.ts';
import { type ContentFormat, HostMemory } from '../host/memory.ts';
import type { HostPlan } from '../job/plan.ts';
import type { Simulation } from '../sim/simulation.ts';

export function buildHost(plan: HostPlan, format: ContentFormat, simulation: Simulation): Host {
  return new Host(plan.name, hostCosts(plan.attributes), new HostMemory(format), simulation);
}
