/** How a job stands to the others of its run, beside what holds it back: part of its plan. */

import type { Nanoseconds } from '../units/quantity.ts';

/** Whom the end of a job ends. */
export interface ExitPlan {
  /** Any end of any job: given by one, it holds for all jobs of the run. */
  readonly exitall: boolean;
  /** An end of this job that is a failure. */
  readonly onError: boolean;
  /** Its reporting group, those up to the next stonewall, or all. */
  readonly what: 'group' | 'stonewall' | 'all';
}

/** The share of the I/Os that a job has among those of its flow. */
export interface FlowPlan {
  readonly id: number;
  /** Of each clone. */
  readonly weight: number;
  /** How long one that is ahead of its share sleeps; 0: until it no longer is. */
  readonly sleepNs: Nanoseconds;
}

/** What its end and the ends of others mean to a job. */
export interface ExitPlace {
  readonly what: ExitPlan['what'];
  /** Reporting group. */
  readonly group: number;
  /** As stagesOf counts them. */
  readonly stage: number;
}

/** Of each job, by what it says of a stonewall; the first begins the first stage in any case. */
export function stagesOf(stonewalls: readonly boolean[]): readonly number[] {
  let stage = 0;
  return stonewalls.map((stonewall, index) => {
    if (stonewall && index > 0) stage += 1;
    return stage;
  });
}

export function endsOther(ender: ExitPlace, other: ExitPlace): boolean {
  if (ender.what === 'all') return true;
  return ender.what === 'group' ? ender.group === other.group : ender.stage === other.stage;
}
