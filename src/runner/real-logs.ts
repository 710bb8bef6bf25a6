/**
 * The logs of a run on real targets, in the main thread: chunks that the threads of the clones send
 * while they are measured go to disk, and what the clones answer at their end is kept for the
 * files.
 */

import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import type { RunPlan } from '../job/plan.ts';
import { assert, present } from '../units/assert.ts';
import { chunkOf } from './clone-log-sender.ts';
import { type LoggingClone, loggingClones, type LogPlace, spoolPath } from './log-files.ts';
import { LogSpool } from './log-spool.ts';
import type { TaskOutcome } from './pool.ts';
import { whyNot } from './real-outcome.ts';
import type { LogTask, RealReport } from './real-task.ts';
import { clearUnfinished, type CloneLog } from './write-logs.ts';

export class RealLogs {
  private readonly run: RunPlan;
  private readonly place: LogPlace;
  /** Why no log is whole, in a sentence; null: all can be. */
  private problem: string | null = null;
  private readonly clones: readonly LoggingClone[];
  private readonly kept: (CloneLog | null)[][];

  constructor(run: RunPlan, place: LogPlace) {
    this.run = run;
    this.place = place;
    this.clones = loggingClones(run);
    this.kept = run.jobs.map(({ numjobs }) => Array.from({ length: numjobs }, () => null));
  }

  /**
   * When no job runs; `perform` has a thread do it. Why not all of them are there, in a sentence;
   * null: they are.
   */
  async write(
    perform: (task: LogTask) => Promise<TaskOutcome<RealReport>>,
  ): Promise<string | null> {
    const { run, place, kept: clones } = this;
    if (this.problem !== null) {
      clearUnfinished(run, place);
      return this.problem;
    }
    if (this.clones.length === 0) return null;
    const outcome = await perform({ kind: 'log', run, place, clones });
    if (outcome.kind !== 'ended') return whyNot(outcome);
    assert(outcome.result.kind === 'logged', 'a task is answered in kind');
    return outcome.result.problem;
  }

  /** Before the clone begins; null: it has no logs. */
  open(job: number, clone: number): Intake | null {
    const { run, place } = this;
    const logging = this.clones.find((each) => each.job === job && each.clone === clone);
    if (logging === undefined) return null;
    const spool = new LogSpool((stream) => spoolPath(run, place, logging, stream));
    return new Intake(spool, (log) => {
      present(this.kept[job], 'logs by job')[clone] = log;
      this.problem ??= spool.problem;
    });
  }
}

/** What one clone sends. */
class Intake {
  /** Of the channel. */
  readonly name = `coffer log ${randomUUID()}`;
  private readonly channel = new BroadcastChannel(this.name);
  private readonly keep: (log: CloneLog | null) => void;
  private received = 0;
  private arrived: () => void = () => {};

  constructor(spool: LogSpool, keep: (log: CloneLog | null) => void) {
    this.keep = keep;
    this.channel.addEventListener('message', (message: unknown) => {
      const { stream, words } = chunkOf(message);
      spool.append(stream, words);
      this.received += 1;
      this.arrived();
    });
  }

  /** When the clone has answered, which may overtake its chunks; null: it never will. */
  async close(log: CloneLog | null): Promise<void> {
    const streams = log?.data.streams ?? [];
    const chunks = streams.reduce((sum, { spilled }) => sum + spilled, 0);
    while (this.received < chunks) {
      await new Promise<void>((resolve) => {
        this.arrived = resolve;
      });
    }
    this.channel.close();
    this.keep(log);
  }
}
