/**
 * `--shard i/n`: the runs that fall to one of n invocations. Points are dealt, over all files, and
 * the repetitions of a point stay together: under the wall clock they are one sample, and a sample
 * is of one machine. Runs keep their numbers in the whole plan, so that traces and messages of all
 * shards fit together.
 */

import { holdsPlace, type Shard } from '../units/shard.ts';
import type { Plan, RunPlan } from './plan.ts';

/** The plans, each with those of its runs that the shard has: with none, where none falls to it. */
export function takeShard(plans: readonly Plan[], shard: Shard): readonly Plan[] {
  let place = -1;
  return plans.map((plan) => ({
    ...plan,
    runs: plan.runs.filter((run) => {
      if (beginsPoint(run)) place += 1;
      return holdsPlace(shard, place);
    }),
  }));
}

export function pointsOf(plans: readonly Plan[]): number {
  return plans.reduce((sum, { runs }) => sum + runs.filter(beginsPoint).length, 0);
}

function beginsPoint({ repetition }: RunPlan): boolean {
  return repetition === 1;
}
