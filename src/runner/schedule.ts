/**
 * Which runs execute side by side: virtual worlds know no time but their own, so any number may share the
 * machine; a wall-clock run has it to itself.
 */

import type { RunPlan } from '../job/plan.ts';

/** Performs every run, starting them in their order; settles when all are done. */
export async function schedule(
  runs: readonly RunPlan[],
  workers: number,
  perform: (run: RunPlan) => Promise<void>,
): Promise<void> {
  for (const batch of batchesOf(runs)) {
    const lanes = batch[0]?.clock === 'wall' ? 1 : Math.min(workers, batch.length);
    const waiting = batch.values();
    const lane = async (): Promise<void> => {
      for (const run of waiting) await perform(run);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
}

/** Neighbours of one clock. */
function batchesOf(runs: readonly RunPlan[]): readonly (readonly RunPlan[])[] {
  const batches: RunPlan[][] = [];
  for (const run of runs) {
    const batch = batches.at(-1);
    if (batch?.[0]?.clock === run.clock) batch.push(run);
    else batches.push([run]);
  }
  return batches;
}
