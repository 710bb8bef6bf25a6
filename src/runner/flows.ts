/** The flows of a run: which clones share their I/Os with which, and in which memory. */

import type { JobPlan } from '../job/plan.ts';
import { FlowShares } from '../workload/flow.ts';

/** A clone's place in the memory of its flow. */
export interface FlowPlace {
  readonly memory: SharedArrayBuffer;
  readonly member: number;
}

export class Flows {
  private readonly memories = new Map<number, SharedArrayBuffer>();
  /** By job, the member that its first clone is; its clones stand side by side. */
  private readonly firsts: readonly number[];
  private readonly jobs: readonly JobPlan[];

  constructor(jobs: readonly JobPlan[]) {
    this.jobs = jobs;
    const members = new Map<number, number>();
    this.firsts = jobs.map(({ flow, numjobs }) => {
      if (flow === null) return 0;
      const first = members.get(flow.id) ?? 0;
      members.set(flow.id, first + numjobs);
      return first;
    });
    for (const [id, count] of members) this.memories.set(id, FlowShares.memory(count));
  }

  /** null: the job goes its own way. */
  place(job: number, clone: number): FlowPlace | null {
    const memory = this.memories.get(this.jobs[job]?.flow?.id ?? -1);
    return memory === undefined ? null : { memory, member: (this.firsts[job] ?? 0) + clone };
  }

  /** It runs no longer, should its thread have died: the others do not wait for it. */
  leave(job: number, clone: number): void {
    const place = this.place(job, clone);
    if (place !== null) new FlowShares(place.memory).leave(place.member);
  }
}
