/**
 * The flows of a world. Who is held back sleeps, and is woken as soon as it may go on: where fio
 * spins, nothing is charged to the CPU. With flow_sleep it looks again when that is over.
 */

import type { JobPlan } from '../job/plan.ts';
import { FlowMember, FlowShares, type FlowWaiting } from '../workload/flow.ts';
import { Flows } from './flows.ts';

interface Waiter {
  readonly member: FlowMember;
  readonly wake: () => void;
}

export class WorldFlows {
  private readonly flows: Flows;
  private readonly jobs: readonly JobPlan[];
  /** By flow. */
  private readonly waiters = new Map<number, Waiter[]>();

  constructor(jobs: readonly JobPlan[]) {
    this.jobs = jobs;
    this.flows = new Flows(jobs);
  }

  /** `wake`: lets a clone that sleeps ask again. null: it goes its own way. */
  member(job: number, clone: number, wake: () => void): FlowMember | null {
    const place = this.flows.place(job, clone);
    const flow = this.jobs[job]?.flow ?? null;
    if (place === null || flow === null) return null;
    const { id, sleepNs, weight } = flow;
    const waiters = this.waiters.get(id) ?? [];
    const waiting: FlowWaiting = {
      retryNs: (nowNs) => (sleepNs > 0 ? nowNs + sleepNs : Infinity),
      moved: () => wakeWaiters(waiters),
    };
    const member = new FlowMember(new FlowShares(place.memory), place.member, weight, waiting);
    if (sleepNs === 0) waiters.push({ member, wake });
    this.waiters.set(id, waiters);
    return member;
  }
}

/** In their order: the same each time. */
function wakeWaiters(waiters: readonly Waiter[]): void {
  for (const { member, wake } of waiters) {
    if (!member.held || !member.mayGoOn) continue;
    member.held = false;
    wake();
  }
}
