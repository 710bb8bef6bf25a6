/**
 * The verification of a workload: when what was written is read back, as fio does it. Behind each
 * pass of writes there is a phase of reads, in the order of the writes (by offset, where offsets
 * may come twice); with verify_backlog=N, once N writes wait, some of them are read back among the
 * writes. A job of reads has each of them looked at, one of `verify_only` reads where it would
 * write. Which bytes are written and whether they are the right ones, `contents.ts` says.
 *
 * As in fio (measured, 3.33): reads that verify count as reads, and neither for number_ios nor for
 * io_size; runtime is that of writes and phases together, and what it ends is read back no further;
 * time_based jobs have no phase; reads of a mix are not looked at. fio goes through io_size in
 * whole passes over its size, each read back; here a pass is what `loops` counts.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Pace } from './pace.ts';
import { READ, type Slots, WRITE } from './slots.ts';
import { type Access, loopBytes, type WorkloadSpec } from './spec.ts';
import { ISSUE, type Verdict, VERIFY, WAIT } from './verdict.ts';
import type { VerifySpec } from './verify-spec.ts';
import { WriteHistory } from './write-history.ts';

export interface Span {
  readonly fromNs: Nanoseconds;
  readonly toNs: Nanoseconds;
}

export class VerifyPhase {
  /** By slot: a read whose content is to be looked at. */
  readonly verifies: Uint8Array;
  /** By slot: the write there, or the one that is read back; counted from 1 as they are issued. */
  readonly number: Float64Array;
  /** Where something is read back; null: nothing is. */
  readonly history: WriteHistory | null;
  private readonly spec: VerifySpec;
  private readonly slots: Slots;
  /** Stands still in a phase; null: the job keeps none. */
  private readonly pace: Pick<Pace, 'resumed'> | null;
  /** All reads are looked at. */
  private readonly all: boolean;
  /** Reads come among the writes: their time is all of the job's. */
  private readonly among: boolean;
  private written = 0;
  private inFlight = 0;
  /** When the last I/O ended. */
  private endedNs: Nanoseconds = -0;
  private reading = false;
  /** Writes that were read back. */
  private taken = 0;
  /** Reads that the backlog still asks for. */
  private batchLeft = 0;
  /** The last I/O that was placed was a read: a backlog is not asked about twice. */
  private lastWasRead = false;
  /** When the first phase began; null: none has. */
  private readFromNs: Nanoseconds | null = null;
  private beganNs: Nanoseconds = -0;
  /** When the writes before the present phase had ended. */
  private leftNs: Nanoseconds = -0;
  /** Of the phases that are over: their reads, and what the writes have waited for them. */
  private readNs: Nanoseconds = -0;
  private pausedNs: Nanoseconds = -0;
  /** Between the phases so far. */
  private awayNs: Nanoseconds = -0;
  /** Where the writes of the present pass end. */
  private passEndBytes: Bytes;
  private readonly passBytes: Bytes;

  /** `passBytes`: of the writes (and reads of a mix) before each phase. */
  constructor(
    spec: VerifySpec,
    access: Access,
    passBytes: Bytes,
    slots: Slots,
    pace: Pick<Pace, 'resumed'> | null,
  ) {
    this.pace = pace;
    this.passBytes = passBytes;
    this.passEndBytes = passBytes;
    this.spec = spec;
    this.slots = slots;
    this.verifies = new Uint8Array(slots.depth);
    this.all = access === 'read';
    this.among = access === 'mixed' || access === 'read' || spec.only || spec.backlog > 0;
    const readsBack = spec.phase || spec.backlog > 0;
    this.number = new Float64Array(slots.depth);
    this.history = readsBack ? new WriteHistory(slots, this.number, spec.unitBytes) : null;
  }

  /**
   * null: the job goes on with I/Os of its own, if it has any. `issuedBytes`: of those, so far;
   * `allIssued`: number_ios is reached.
   */
  next(slot: number, nowNs: Nanoseconds, issuedBytes: Bytes, allIssued: boolean): Verdict | null {
    const { history, inFlight, spec } = this;
    if (history === null) return null;
    if (this.reading) {
      if (history.take(slot)) return this.readsBack(slot, nowNs);
      if (inFlight > 0) return WAIT;
      this.leave();
      this.pace?.resumed(this.endedNs - this.leftNs);
      this.passEndBytes += this.passBytes;
      return null;
    }
    const passOver = allIssued || issuedBytes >= this.passEndBytes;
    if (!passOver || !spec.phase) return this.backlogged(slot, nowNs, history);
    if (inFlight > 0) return WAIT;
    if (history.count > 0) return VERIFY;
    this.passEndBytes += this.passBytes;
    return null;
  }

  /** How much is done, of which the job's own I/Os are so much: reading back is half of it. */
  share(own: number): number {
    if (!this.spec.phase || this.history === null) return own;
    const all = this.taken + this.history.count;
    return all === 0 ? own / 2 : (own + (own * this.taken) / all) / 2;
  }

  /** The phase begins. True: no read was before. */
  began(nowNs: Nanoseconds): boolean {
    const first = this.readFromNs === null && !this.among;
    if (this.spec.sorts) this.history?.sort();
    this.reading = true;
    this.batchLeft = 0;
    this.leftNs = this.endedNs;
    this.awayNs = this.readFromNs === null ? 0 : nowNs - this.readFromNs - this.readNs;
    this.readFromNs ??= nowNs;
    this.beganNs = nowNs;
    return first;
  }

  /** An I/O of the job itself has been placed in the slot. */
  placed(slot: number): void {
    const { history, slots, spec } = this;
    const writes = slots.direction[slot] === WRITE;
    this.inFlight += 1;
    this.lastWasRead = !writes;
    this.verifies[slot] = this.all || (writes && spec.only) ? 1 : 0;
    if (!writes) return;
    this.written += 1;
    this.number[slot] = this.written;
    if (spec.only) slots.direction[slot] = READ;
    else history?.issued(slot);
  }

  /** An I/O has ended; `whole`: without an error, and to its end. */
  ended(slot: number, nowNs: Nanoseconds, whole: boolean): void {
    this.inFlight -= 1;
    this.endedNs = nowNs;
    if (this.slots.direction[slot] === WRITE) this.history?.ended(slot, whole);
  }

  /** What a read brought can be held against something; not so if a write was issued meanwhile. */
  isToBeChecked(slot: number): boolean {
    if (this.verifies[slot] !== 1) return false;
    return this.history === null || this.history.holds(slot);
  }

  /** On the direction's own clock, which stands still while the job does the other. */
  ownNs(direction: number, nowNs: Nanoseconds): Nanoseconds {
    if (direction === WRITE) return nowNs - this.pausedNs;
    return this.among ? nowNs : nowNs - this.awayNs;
  }

  /** From when to when a direction was at work, on its own clock, in a job that has ended. */
  span(direction: number, fromNs: Nanoseconds, toNs: Nanoseconds): Span {
    // A job that was stopped may not have left its last phase.
    this.leave();
    if (direction === WRITE) return { fromNs, toNs: toNs - this.pausedNs };
    if (this.among) return { fromNs, toNs };
    const readFromNs = this.readFromNs ?? toNs;
    return { fromNs: readFromNs, toNs: readFromNs + this.readNs };
  }

  /** Once the writes that wait are as many as the backlog; from then on a batch of them. */
  private backlogged(slot: number, nowNs: Nanoseconds, history: WriteHistory): Verdict | null {
    const { backlog, batch } = this.spec;
    if (this.batchLeft === 0) {
      if (backlog === 0 || history.count < backlog || this.lastWasRead) return null;
      this.batchLeft = batch;
    }
    if (!history.take(slot)) return null;
    this.batchLeft -= 1;
    return this.readsBack(slot, nowNs);
  }

  private readsBack(slot: number, nowNs: Nanoseconds): Verdict {
    this.slots.direction[slot] = READ;
    this.slots.startNs[slot] = nowNs;
    this.taken += 1;
    this.verifies[slot] = 1;
    this.lastWasRead = true;
    this.inFlight += 1;
    return ISSUE;
  }

  /** The phase is over: writes follow, or nothing. */
  private leave(): void {
    if (!this.reading) return;
    this.reading = false;
    this.readNs += this.endedNs - this.beganNs;
    this.pausedNs += this.endedNs - this.leftNs;
  }
}

/** null: the job verifies nothing. */
export function verifyPhase(
  spec: WorkloadSpec,
  slots: Slots,
  pace: Pace | null,
): VerifyPhase | null {
  const { access, timeBased, verification } = spec;
  if (verification === null) return null;
  const passBytes = timeBased ? Infinity : loopBytes(spec);
  return new VerifyPhase(verification, access, passBytes, slots, pace);
}
