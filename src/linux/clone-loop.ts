/**
 * One clone of a job on real files: the workload says what comes next, an engine does it, the clock
 * says how long it took. fio's loop: fill the free slots, hand over, reap when there is nothing to
 * fill.
 *
 * The clock is read before an I/O is prepared, after it was handed over (for all that one system
 * call hands over, as fio does) and when it is reaped; with stamps=batch once for all that are
 * prepared and once for all that are reaped together. A synchronous I/O has two readings: its
 * submission is all of it.
 */

import { assert } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { NO_SYNC } from '../workload/iolog.ts';
import { COPY, READ, TRIM, WRITE } from '../workload/slots.ts';
import { ISSUE, LATER, type Verdict, VERIFY, type Workload } from '../workload/workload.ts';
import type { BufferWork } from './buffer-work.ts';
import type { Clock } from './clock.ts';
import { type Control, PROGRESS } from './control.ts';
import type { AsynchronousEngine, Attempts, SynchronousEngine } from './engine.ts';
import { PendingSyncs } from './pending-syncs.ts';
import { Idle } from './idle.ts';
import type { SlotState } from './slot-state.ts';
import type { Syncer } from './sync-policy.ts';

/** Told of the copies that have been made, so that they can be checked. */
export interface CopyNotes {
  ended(slot: number, doneBytes: number): void;
}

export interface LoopSetting {
  readonly workload: Workload;
  readonly attempts: Attempts;
  readonly state: SlotState;
  readonly syncer: Syncer;
  readonly clock: Clock;
  readonly control: Control;
  /** Which of the clones of the control block this is. */
  readonly clone: number;
  /** Measured time has begun, perhaps again: at once, or about a millisecond after the ramp. */
  readonly measuring: () => void;
  /** null: nobody checks the copies. */
  readonly copies: CopyNotes | null;
  /** null: buffers are written as they are, and nobody looks at what is read. */
  readonly buffers: BufferWork | null;
}

export interface BatchSetting {
  readonly batch: number;
  readonly completeMin: number;
  readonly completeMax: number;
  readonly stamps: 'io' | 'batch';
}

const LOOK_EVERY_NS: Nanoseconds = 1_000_000;
export class CloneLoop {
  /** Of the first I/O or sync that failed. */
  failure: string | null = null;
  /** Of the job's files, the one it went to. */
  failedFile = 0;
  private readonly setting: LoopSetting;
  private readonly workload: Workload;
  private readonly clock: Clock;
  private readonly idle: Idle;
  private readonly progress: Float64Array;
  private doneBytes = 0;
  /** When the control block is looked at next: a look costs as much as a whole null I/O. */
  private lookNs: Nanoseconds = -0;
  private readonly depth: number;
  private readonly free: Int32Array;
  private freeCount: number;
  /** Slots handed over together. */
  private readonly queued: Int32Array;
  private queuedCount = 0;
  /** Slots whose I/O wants another attempt. */
  private readonly again: Int32Array;
  private againCount = 0;
  /** Of those that the engine says have ended: how many, and the next to be seen to. */
  private endedCount = 0;
  private endedAt = 0;
  private readonly syncs: PendingSyncs;
  private measuringFromNs: Nanoseconds = -1;
  private readonly buffers: BufferWork | null;

  constructor(setting: LoopSetting) {
    this.setting = setting;
    this.workload = setting.workload;
    this.clock = setting.clock;
    const { clock, clone, control, workload } = setting;
    this.idle = new Idle(workload, clock, control, clone);
    this.progress = setting.control.progress(setting.clone);
    this.depth = setting.workload.spec.depth;
    // The lowest slot is taken first.
    this.free = Int32Array.from({ length: this.depth }, (_, slot) => this.depth - 1 - slot);
    this.freeCount = this.depth;
    this.queued = new Int32Array(this.depth);
    this.syncs = new PendingSyncs(setting.syncer, this.depth);
    this.again = new Int32Array(this.depth);
    this.buffers = setting.buffers;
  }

  runSynchronous(engine: SynchronousEngine): void {
    assert(this.depth === 1, 'a synchronous engine has one slot');
    const { buffers, workload, clock } = this;
    const { state } = this.setting;
    workload.begin(clock.nowNs());
    for (;;) {
      const startNs = clock.nowNs();
      if (startNs >= this.lookNs) this.look(startNs);
      const verdict = workload.next(0, startNs);
      if (verdict === LATER) {
        this.idle.sleep();
        continue;
      }
      if (verdict === VERIFY) {
        buffers?.readBack();
        continue;
      }
      if (verdict !== ISSUE) break;
      if (buffers !== null) buffers.placed(0);
      state.begin(0);
      do engine.perform(0);
      while (state.goesOn(0));
      this.complete(0, clock.nowNs());
      if (buffers !== null) buffers.settle();
      if (this.syncs.count > 0) this.sync();
    }
    this.end();
  }

  runAsynchronous(engine: AsynchronousEngine, batch: BatchSetting): void {
    const { workload, clock } = this;
    const perIo = batch.stamps === 'io';
    workload.begin(clock.nowNs());
    for (;;) {
      const verdict = this.fill(engine, batch);
      if (this.queuedCount > 0) this.handOver(engine);
      const underWay = this.depth - this.freeCount;
      if (underWay === 0) {
        if (verdict === VERIFY) this.buffers?.readBack();
        else if (verdict === LATER) this.idle.sleep();
        else break;
        continue;
      }
      // What can still be filled is filled first, as fio does; who polls looks meanwhile.
      const more = this.freeCount > 0 && verdict === ISSUE;
      if (more && batch.completeMin > 0) continue;
      if (this.endedAt === this.endedCount) {
        const least = more ? 0 : Math.max(1, Math.min(batch.completeMin, underWay));
        this.endedCount = this.reap(engine, verdict, least);
        this.endedAt = 0;
      }
      this.reaped(engine, batch.completeMax, perIo);
    }
    this.end();
  }

  /** The last verdict of the workload: ISSUE as long as it may have more. */
  private fill(engine: AsynchronousEngine, { batch, stamps }: BatchSetting): Verdict {
    const { buffers, workload, clock, queued } = this;
    const { state } = this.setting;
    let count = 0;
    for (let i = 0; i < this.againCount; i += 1) engine.queue(this.again[i] ?? 0);
    const repeated = this.againCount;
    this.againCount = 0;
    let verdict: Verdict = ISSUE;
    let nowNs: Nanoseconds = -0;
    while (count < batch && this.freeCount > 0) {
      if (count === 0 || stamps === 'io') nowNs = clock.nowNs();
      if (nowNs >= this.lookNs) this.look(nowNs);
      const slot = this.free[this.freeCount - 1] ?? 0;
      verdict = workload.next(slot, nowNs);
      if (verdict !== ISSUE) break;
      this.freeCount -= 1;
      if (buffers !== null) buffers.placed(slot);
      state.begin(slot);
      engine.queue(slot);
      queued[count] = slot;
      count += 1;
    }
    this.queuedCount = count;
    if (count === 0 && repeated > 0) engine.submit();
    return verdict;
  }

  private handOver(engine: AsynchronousEngine): void {
    engine.submit();
    const nowNs = this.clock.nowNs();
    for (let i = 0; i < this.queuedCount; i += 1) {
      this.workload.issued(this.queued[i] ?? 0, nowNs);
    }
    this.queuedCount = 0;
  }

  private reap(engine: AsynchronousEngine, verdict: Verdict, least: number): number {
    // What ends before the next may start is seen when it does.
    return verdict === LATER ? engine.reap(1, this.idle.leftNs) : engine.reap(least);
  }

  /** Sees to at most so many that have ended; the rest after the next filling. */
  private reaped(engine: AsynchronousEngine, most: number, perIo: boolean): void {
    const { state } = this.setting;
    const until = Math.min(this.endedAt + most, this.endedCount);
    if (this.endedAt === until) return;
    let nowNs = this.clock.nowNs();
    for (let at = this.endedAt; at < until; at += 1) {
      const slot = engine.ended[at] ?? 0;
      if (state.goesOn(slot)) {
        this.again[this.againCount] = slot;
        this.againCount += 1;
        continue;
      }
      if (perIo && at > this.endedAt) nowNs = this.clock.nowNs();
      this.complete(slot, nowNs);
      this.free[this.freeCount] = slot;
      this.freeCount += 1;
    }
    this.endedAt = until;
    if (this.buffers !== null) this.buffers.settle();
    if (this.syncs.count > 0) this.sync();
  }

  private complete(slot: number, nowNs: Nanoseconds): void {
    const { workload } = this;
    const { attempts, state, copies } = this.setting;
    const failed = state.failed(slot);
    const doneBytes = attempts.doneBytes[slot] ?? 0;
    workload.complete(slot, nowNs, doneBytes, failed);
    state.credit(slot);
    const file = workload.slots.file[slot] ?? 0;
    if (failed) this.fail(state.describe(slot), file);
    this.doneBytes += doneBytes;
    const direction = workload.slots.direction[slot];
    if (this.buffers !== null) this.buffers.note(slot);
    const asked = workload.replay === null ? NO_SYNC : workload.replay.syncAfter(slot);
    if ((direction === READ || direction === TRIM) && asked === NO_SYNC) return;
    if (direction === COPY && copies !== null) copies.ended(slot, doneBytes);
    this.syncs.note(file, asked);
  }

  /** The syncs that are due, when all that ended has its time. */
  private sync(): void {
    const problem = this.syncs.settle();
    if (problem !== null) this.syncFailed(problem, this.syncs.failedFile);
    // A pause begins behind it.
    if (this.workload.pace !== null) this.workload.endedNs = this.clock.nowNs();
  }

  /** Whether to stop, whether the ramp is over, and how far it is. */
  private look(nowNs: Nanoseconds): void {
    this.lookNs = nowNs + LOOK_EVERY_NS;
    const { measuredFromNs, ramping } = this.workload;
    if (!ramping && this.measuringFromNs !== measuredFromNs) {
      this.measuringFromNs = measuredFromNs;
      this.setting.measuring();
    }
    if (this.setting.control.isStopped(this.setting.clone)) this.workload.stop();
    this.progress[PROGRESS.IOS] = this.workload.ended;
    this.progress[PROGRESS.BYTES] = this.doneBytes;
    this.progress[PROGRESS.SHARE] = this.workload.share(nowNs);
    this.progress[PROGRESS.BEGUN] = 1;
  }

  private end(): void {
    const { syncer } = this.setting;
    const sync = syncer.ended();
    if (sync !== null) this.syncFailed(sync, syncer.failedFile);
    // What the last sync took belongs to the job's time.
    this.workload.endedNs = this.clock.nowNs();
    this.look(this.workload.endedNs);
  }

  private fail(what: string, file: number): void {
    if (this.failure === null) this.failedFile = file;
    this.failure ??= what;
  }

  /** What was written before it may be lost. */
  private syncFailed(what: string, file: number): void {
    this.fail(what, file);
    this.workload.failedIn(this.workload.spec.access === 'copy' ? COPY : WRITE);
  }
}
