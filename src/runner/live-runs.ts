/** The runs under way and how far each was when it last told. */

import type { RunPlan } from '../job/plan.ts';
import type { JobLive, RunLive } from './live.ts';

/** null: nothing new. */
type Ask = (latencies: boolean) => readonly JobLive[] | null;

interface UnderWay {
  readonly plan: RunPlan;
  readonly ask: Ask;
  readonly startedMs: number;
  told: readonly JobLive[];
}

export class LiveRuns {
  private readonly underWay = new Set<UnderWay>();

  /** While `work` is at it, the run is one of those under way. */
  async during<T>(plan: RunPlan, ask: Ask, work: () => Promise<T>): Promise<T> {
    const run: UnderWay = { plan, ask, startedMs: performance.now(), told: [] };
    this.underWay.add(run);
    try {
      return await work();
    } finally {
      this.underWay.delete(run);
    }
  }

  look(latencies: boolean): readonly RunLive[] {
    return [...this.underWay].map((run) => {
      run.told = run.ask(latencies) ?? run.told;
      const elapsedMs = performance.now() - run.startedMs;
      return { plan: run.plan, elapsedMs, jobs: run.told };
    });
  }
}
