/** What ends the workload of a clone by what it measures, and with whom it is judged. */

import type { JobPlan } from '../job/plan.ts';
import type { Ends, EndsSpec } from '../workload/ends.ts';
import { minimumRates } from './pace-spec.ts';
import { steadyBytes, type SteadyGroup, type SteadyMemory } from '../workload/steady-state.ts';

/** null: nothing does. */
export function endsSpec({ ends }: JobPlan): EndsSpec | null {
  const { latencyTarget, maxLatencyNs, minimumRate, steadyState } = ends;
  const asked = [latencyTarget, maxLatencyNs, minimumRate, steadyState];
  if (asked.every((end) => end === null)) return null;
  const most = (ns: number | undefined) => (ns === undefined || ns === 0 ? Infinity : ns);
  return {
    maxLatencyNs: {
      read: most(maxLatencyNs?.read),
      write: most(maxLatencyNs?.write),
      trim: most(maxLatencyNs?.trim),
      copy: most(maxLatencyNs?.copy),
    },
    minimumRates: minimumRates(minimumRate),
    latencyTarget,
    steadyState,
  };
}

/** What the clones of a row have come to, together. */
export function endsReached(
  clones: readonly (Pick<Ends, 'latencyDepth' | 'steadyStateAttained'> | null)[],
): Pick<Ends, 'latencyDepth' | 'steadyStateAttained'> {
  const depths = new Set(clones.map((clone) => clone?.latencyDepth ?? null));
  const [depth = null] = depths;
  const attained = clones.flatMap((clone) => clone?.steadyStateAttained ?? []);
  return {
    latencyDepth: depths.size === 1 ? depth : null,
    steadyStateAttained: attained.length === 0 ? null : attained.every((each) => each),
  };
}

/** Memory that the clones of a job share to be judged as one; null: each is judged by itself. */
export function steadyMemory({ ends, numjobs }: JobPlan): SteadyMemory | null {
  const { steadyState } = ends;
  if (steadyState?.together !== true) return null;
  return new SharedArrayBuffer(steadyBytes(steadyState, numjobs));
}

export function steadyGroup(
  memory: SteadyMemory | null,
  { numjobs }: JobPlan,
  clone: number,
): SteadyGroup | null {
  return memory === null ? null : { memory, clones: numjobs, place: clone };
}
