/** Clones that begin together, in one control block: their barrier, and the word to end a job. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { RunPlan } from '../job/plan.ts';
import { Control } from '../linux/control.ts';
import { present } from '../units/assert.ts';
import type { SteadyMemory } from '../workload/steady-state.ts';
import { steadyMemory } from './ends-spec.ts';

/** How often the barrier is looked at. */
const LOOK_EVERY_MS = 1;

interface Places {
  readonly first: number;
  readonly clones: number;
  /** What its clones are judged steady by, as one; null: each by itself. */
  readonly steady: SteadyMemory | null;
}

export class RealGroup {
  readonly control: Control;
  /** Those that have ended, or never began: the others do not wait for them. */
  over = 0;
  /** By job; its clones stand side by side. */
  private readonly places = new Map<number, Places>();

  constructor({ jobs }: RunPlan, starting: readonly number[]) {
    let first = 0;
    for (const job of starting) {
      const plan = present(jobs[job], 'a job that starts');
      const clones = plan.numjobs;
      this.places.set(job, { first, clones, steady: steadyMemory(plan) });
      first += clones;
    }
    this.control = Control.for(first);
  }

  /** Where its clones stand in the control block. */
  placesOf(job: number): Places {
    return present(this.places.get(job), 'a job of the group');
  }

  /** Settles when all its clones have what they need, or never will. */
  async ready(): Promise<void> {
    const { control } = this;
    while (control.ready + this.over < control.clones) await sleep(LOOK_EVERY_MS);
  }

  /** Its clones end after what is under way; those that wait for their time never begin. */
  stop(job: number): void {
    const { first, clones } = this.placesOf(job);
    for (let place = first; place < first + clones; place += 1) this.control.stopClone(place);
  }
}
