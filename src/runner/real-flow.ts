/**
 * A real clone in its flow: who is held back looks again by itself. With flow_sleep=0 fio spins,
 * which is quickest where each clone has a CPU; where not, each waits for the slice of another to
 * end (three clones on two CPUs did 180 I/Os a second, fio 3.33). So here it spins as long as an
 * I/O of a fast device takes, and then sleeps in between.
 */

import type { JobPlan } from '../job/plan.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { FlowMember, FlowShares, type FlowWaiting } from '../workload/flow.ts';
import type { FlowPlace } from './flows.ts';

const SPIN_NS: Nanoseconds = 200_000;
/** What is left of a wait is spun (linux/clone-loop.ts): this is a sleep of some 50 µs. */
const LOOK_EVERY_NS: Nanoseconds = 200_000;

/** null: it goes its own way. */
export function realFlow({ flow }: JobPlan, place: FlowPlace | null): FlowMember | null {
  if (flow === null || place === null) return null;
  const { sleepNs, weight } = flow;
  const waiting: FlowWaiting = {
    retryNs: (nowNs, sinceNs) => nowNs + (sleepNs > 0 ? sleepNs : pauseNs(nowNs - sinceNs)),
    // Nobody is told: the others look.
    moved: () => undefined,
  };
  return new FlowMember(new FlowShares(place.memory), place.member, weight, waiting);
}

/** `heldNs`: how long it has been held back. */
function pauseNs(heldNs: Nanoseconds): Nanoseconds {
  return heldNs < SPIN_NS ? 0 : LOOK_EVERY_NS;
}
