/**
 * The logs of a simulated world. Rows that do not fit the memory of a clone go to disk while it
 * runs: that takes no time of the virtual clock, and the wall clock stands still meanwhile.
 */

import type { RunPlan } from '../job/plan.ts';
import type { IoLog } from '../measure/io-log.ts';
import { present } from '../units/assert.ts';
import type { Workload } from '../workload/workload.ts';
import { logOf } from './clone-log.ts';
import { type LoggingClone, loggingClones, type LogPlace, spoolPath } from './log-files.ts';
import { LogSpool } from './log-spool.ts';
import type { Outside, WorldJob } from './world-job.ts';
import { clearUnfinished, type CloneLog, writeLogs } from './write-logs.ts';

interface Kept {
  readonly clone: LoggingClone;
  readonly workload: Workload;
  readonly log: IoLog;
  readonly spool: LogSpool;
}

export class WorldLogs {
  private readonly run: RunPlan;
  private readonly place: LogPlace;
  private readonly kept: readonly Kept[];

  /** `jobs`: of the world, none of which has begun. */
  constructor(run: RunPlan, place: LogPlace, jobs: readonly WorldJob[], outside: Outside) {
    this.run = run;
    this.place = place;
    this.kept = loggingClones(run).map((clone) => {
      const of = present(jobs[clone.job]?.clones[clone.clone], 'the clones of the plan');
      const { workload } = of.process;
      const spool = new LogSpool((stream) => spoolPath(run, place, clone, stream));
      const log = logOf(clone.plan, workload, (stream, words) =>
        outside(() => spool.append(stream, words)),
      );
      return { clone, workload, log, spool };
    });
  }

  /** When the world has come to its end. Why not all is there, in a sentence; null: it is. */
  write(): string | null {
    const { run, place, kept } = this;
    const problem = kept.find(({ spool }) => spool.problem !== null)?.spool.problem ?? null;
    if (problem !== null) {
      // A log with chunks missing would pass for a whole one.
      clearUnfinished(run, place);
      return problem;
    }
    const clones: CloneLog[][] = run.jobs.map(() => []);
    for (const { clone, workload, log } of kept) {
      const ofJob = present(clones[clone.job], 'logs by job');
      ofJob[clone.clone] = { data: log.finish(workload.endedNs), epochMs: 0 };
    }
    return writeLogs(run, place, clones);
  }
}
