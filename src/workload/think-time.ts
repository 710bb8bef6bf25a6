/**
 * The pauses of an application that does something with what it read (`thinktime`): after so many
 * I/Os, or after so much time, whichever comes first. As in fio (measured, 3.33) a pause begins
 * when nothing is in flight, what ends until then counts towards the next one, and the last I/O of
 * a job is followed by one as well. Whether one is due is asked once for each I/O that is issued:
 * at once, or, where that filled the queue, when the first has ended that makes room.
 *
 * Unlike there a pause ends with the runtime, the first one by time comes after thinktime_iotime
 * and not a thinktime later, and a pause of which all is spent spinning has an end.
 */

import type { Nanoseconds } from '../units/quantity.ts';

export interface ThinkTimeSpec {
  readonly pauseNs: Nanoseconds;
  /** So much of it is spent on the CPU, at its beginning. */
  readonly spinNs: Nanoseconds;
  /** I/Os between two pauses; null: they do not matter. */
  readonly blocks: number | null;
  /** Which of them count: those issued, or those that have ended. */
  readonly counts: 'issue' | 'complete';
  /** Time between two pauses; null: it does not matter. */
  readonly ioTimeNs: Nanoseconds | null;
}

export class ThinkTime {
  readonly countsIssues: boolean;
  /** A pause begins as soon as nothing is in flight. Only read these. */
  due = false;
  untilNs: Nanoseconds = -0;
  spinUntilNs: Nanoseconds = -0;
  private readonly spec: ThinkTimeSpec;
  private readonly blocks: number;
  private readonly ioTimeNs: Nanoseconds;
  private count = 0;
  /** When the pause before ended. */
  private fromNs: Nanoseconds = -0;

  constructor(spec: ThinkTimeSpec) {
    this.spec = spec;
    this.countsIssues = spec.counts === 'issue';
    this.blocks = spec.blocks ?? Infinity;
    this.ioTimeNs = spec.ioTimeNs ?? Infinity;
  }

  begin(nowNs: Nanoseconds): void {
    this.fromNs = nowNs;
    this.untilNs = nowNs;
    this.spinUntilNs = nowNs;
  }

  /** One of those that count. */
  counted(): void {
    this.count += 1;
  }

  /** Whether a pause has become due. */
  ask(nowNs: Nanoseconds): void {
    if (this.due || this.count === 0) return;
    if (this.count < this.blocks && nowNs - this.fromNs < this.ioTimeNs) return;
    this.due = true;
    this.count = 0;
  }

  /** The time that counts towards the next pause stood still for so long. */
  shift(byNs: Nanoseconds): void {
    this.fromNs += byNs;
  }

  pause(nowNs: Nanoseconds): void {
    this.due = false;
    this.untilNs = nowNs + this.spec.pauseNs;
    this.spinUntilNs = nowNs + this.spec.spinNs;
    this.fromNs = this.untilNs;
  }
}
