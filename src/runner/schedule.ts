/**
 * Which runs execute side by side: virtual worlds know no time but their own, so any number may
 * share the machine; a wall-clock run has it to itself, and so has one with a named backing file,
 * which another run may name too.
 */

import type { RunPlan } from '../job/plan.ts';

/** Performs every run, starting them in their order; settles when all are done. */
export async function schedule(
  runs: readonly RunPlan[],
  workers: number,
  perform: (run: RunPlan) => Promise<void>,
): Promise<void> {
  for (const batch of batchesOf(runs)) {
    const lanes = batch.every(sharesMachine) ? Math.min(workers, batch.length) : 1;
    const waiting = batch.values();
    const lane = async (): Promise<void> => {
      for (const run of waiting) await perform(run);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
}

function sharesMachine(run: RunPlan): boolean {
  return (
    run.clock === 'virtual' &&
    run.devices.every(({ attributes }) => (attributes['backing_file'] ?? null) === null)
  );
}

/** Neighbours that share, and neighbours that do not. */
function batchesOf(runs: readonly RunPlan[]): readonly (readonly RunPlan[])[] {
  const batches: RunPlan[][] = [];
  let shared: boolean | null = null;
  for (const run of runs) {
    const shares = sharesMachine(run);
    if (shares === shared) batches.at(-1)?.push(run);
    else batches.push([run]);
    shared = shares;
  }
  return batches;
}
