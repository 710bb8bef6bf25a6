/**
 * The issuing state machine: which I/O comes next, and what became of it. Written once for every
 * engine, simulated or real; the engine adds submit and reap. Slots 0 … depth − 1 are rows of typed
 * arrays, so nothing is allocated per I/O and an engine reads what it needs by slot. Which I/Os
 * there are says `supply.ts`, how many `extent.ts`, when `pace.ts`, how many at once `depth.ts`.
 *
 *   next(slot, now)      ISSUE: the slot's arrays say what to do · WAIT: for a completion · DONE
 *                        LATER: not before wakeNs: come back then, or when an I/O ends
 *                        VERIFY: writes are to be read back: readBack(), and ask again
 *   issued(slot, now)    its submission has returned
 *   complete(slot, now, bytesDone, failed)
 */

import type { Background, Measurement } from '../measure/measurement.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Depth } from './depth.ts';
import { Ends } from './ends.ts';
import { Extent } from './extent.ts';
import { Replay } from './iolog.ts';
import type { FlowMember } from './flow.ts';
import { Pace } from './pace.ts';
import { Recorder } from './recorder.ts';
import { READ, SLOT_DIRECTIONS, Slots, TRIM, WRITE } from './slots.ts';
import type { WorkloadSpec } from './spec.ts';
import type { SteadyGroup } from './steady-state.ts';
import { Supply } from './supply.ts';
import type { OwedWrites } from './trim-write.ts';
import { DONE, ISSUE, LATER, type Verdict, WAIT } from './verdict.ts';
import { type Span, type VerifyPhase, verifyPhase } from './verify-phase.ts';

export { DONE, ISSUE, LATER, VERIFY, type Verdict, WAIT } from './verdict.ts';

export class Workload {
  readonly spec: WorkloadSpec;
  readonly slots: Slots;
  readonly recorder: Recorder;
  private readonly extent: Extent;
  readonly supply: Supply;
  /** null: nothing is verified. */
  readonly verification: VerifyPhase | null;
  /** null: I/Os are made up. */
  readonly replay: Replay | null;
  /** null: as fast as its depth lets it. */
  readonly pace: Pace | null;
  /** After LATER: nothing is issued before it. Read it, never set it. */
  wakeNs: Nanoseconds = -0;
  private readonly depth: Depth;
  /** null: what is measured ends nothing. */
  readonly ends: Ends | null;
  /** Read it, never set it. */
  inFlight = 0;
  /** I/Os that have ended since it began, ramp included: its progress. */
  ended = 0;
  /** When the last I/O ended. */
  endedNs: Nanoseconds = -0;
  /** Whom it shares its I/Os with; set before it begins. null: nobody. */
  flow: FlowMember | null = null;

  /**
   * `background` takes what the ramp cost. `latencies`: by direction, memory for the histograms
   * that other threads may look into (LATENCY_WORDS). `steady`: with whom a steadystate is judged.
   */
  constructor(
    spec: WorkloadSpec,
    background: Background,
    latencies?: (direction: number) => Float64Array,
    steady: SteadyGroup | null = null,
  ) {
    this.spec = spec;
    this.slots = new Slots(spec.depth, spec.numRange);
    this.recorder = new Recorder(spec, this.slots, background, latencies);
    this.extent = new Extent(spec, this.slots);
    this.supply = new Supply(spec, this.slots);
    this.replay = spec.iolog === null ? null : new Replay(spec.iolog, this.slots);
    this.pace =
      spec.pace === null ? null : new Pace(spec.pace, this.slots, this.supply, spec.seeds);
    this.verification = verifyPhase(spec, this.slots, this.pace);
    this.depth = new Depth(spec, this.slots);
    this.ends = spec.ends === null ? null : new Ends(spec.ends, this.slots, steady);
  }

  begin(nowNs: Nanoseconds): void {
    this.extent.begin(nowNs);
    this.endedNs = nowNs;
    this.pace?.begin(nowNs);
    this.replay?.begin(nowNs);
    this.measureFrom(nowNs);
    if (!this.ramping) this.watch(nowNs);
  }

  measurement(direction: number): Measurement {
    return this.recorder.measurement(direction);
  }

  get measuredFromNs(): Nanoseconds {
    return this.recorder.fromNs;
  }

  /** Nothing has been measured yet. */
  get ramping(): boolean {
    return this.extent.ramping;
  }

  /** How much of it is done, 0 to 1. */
  share(nowNs: Nanoseconds): number {
    const share = this.extent.share(nowNs);
    return this.verification === null ? share : this.verification.share(share);
  }

  /** No further I/O, whatever is left to do. */
  stop(): void {
    this.extent.stopped = true;
    this.ends?.leave();
  }

  /** An I/O of this direction has failed, or a sync behind it. */
  failedIn(direction: number): void {
    const goesOn = this.spec.continueOnError[SLOT_DIRECTIONS[direction] ?? 'read'];
    if (!goesOn) this.extent.stopped = true;
  }

  /** After VERIFY, when all that was written is where it is to be read from. */
  readBack(nowNs: Nanoseconds): void {
    const first = this.verification?.began(nowNs) ?? false;
    if (first) this.measurement(READ).series.begin(nowNs);
  }

  /** From when to when I/Os of a direction were measured; asked when it has ended. */
  span(direction: number): Span {
    const { endedNs, measuredFromNs: fromNs } = this;
    return this.verification?.span(direction, fromNs, endedNs) ?? { fromNs, toNs: endedNs };
  }

  /** What was recorded so far is none of the measurement. */
  forget(): void {
    this.measureFrom(this.endedNs);
  }

  next(slot: number, nowNs: Nanoseconds): Verdict {
    const { depth, extent, pace, supply } = this;
    if (extent.ramping && nowNs >= extent.rampEndNs) this.endRamp();
    if (nowNs >= extent.stopNs) extent.stopped = true;
    if (this.inFlight >= depth.limit) return WAIT;
    if (depth.holds && !extent.stopped) {
      return depth.admitsHeld(slot) ? this.issue(slot, nowNs) : WAIT;
    }
    if (this.replay !== null) return this.replayNext(this.replay, slot, nowNs);
    const { owed } = supply;
    if (owed !== null && owed.count > 0) return this.issueOwed(slot, nowNs, owed);
    if (this.flow !== null && this.isHeld(this.flow, nowNs)) {
      return this.later(this.flow.retryNs(nowNs));
    }
    if (this.verification !== null && !extent.stopped && !extent.ramping) {
      const { allIosIssued, issuedBytes } = extent;
      const verdict = this.verification.next(slot, nowNs, issuedBytes, allIosIssued);
      if (verdict === ISSUE) this.readsBack(slot);
      if (verdict !== null) return verdict;
    }
    if (pace !== null && !extent.stopped) {
      const verdict = pace.next(nowNs, this.inFlight, this.endedNs, extent.over);
      if (verdict === LATER) return this.later(pace.dueNs);
      if (verdict === WAIT) return WAIT;
    }
    if (this.exhausted()) return this.over(nowNs);
    const direction = pace === null ? supply.draw() : pace.direction;
    extent.issuedBytes += supply.place(slot, direction, extent.bytesLeft);
    extent.issuedIos += 1;
    return this.admit(slot, nowNs);
  }

  issued(slot: number, nowNs: Nanoseconds): void {
    this.slots.issuedNs[slot] = nowNs;
  }

  /** `failed`: ended with an error after `bytesDone` good bytes. An error's time is no latency. */
  complete(slot: number, nowNs: Nanoseconds, bytesDone: Bytes, failed: boolean): void {
    this.inFlight -= 1;
    this.ended += 1;
    this.endedNs = nowNs;
    this.depth.ended(slot, this.inFlight);
    if (this.extent.ramping && this.extent.rampOver(slot, nowNs)) this.endRamp();
    const { pace, recorder, slots, verification } = this;
    const direction = slots.direction[slot] ?? READ;
    if (verification !== null) {
      verification.ended(slot, nowNs, !failed && bytesDone === slots.lengthBytes[slot]);
    }
    recorder.endedNs = nowNs;
    recorder.bytesDone = bytesDone;
    if (pace !== null) recorder.intendedNs = pace.ended(slot, nowNs);
    if (failed) {
      recorder.failed(direction);
      this.failedIn(direction);
    } else {
      recorder.ownNs = verification === null ? nowNs : verification.ownNs(direction, nowNs);
      recorder.ended(slot, direction);
      if (direction === TRIM) this.supply.trimmed(slot);
      if (!this.extent.ramping) this.tell(slot);
    }
    if (this.ends !== null) this.settle(this.ends);
  }

  private exhausted(): boolean {
    if (this.extent.stopped) return true;
    return this.replay === null ? this.extent.over : this.replay.through;
  }

  /** There is no further I/O. */
  private over(nowNs: Nanoseconds): Verdict {
    if (this.inFlight > 0) return WAIT;
    // The last pause, or what was waited for until the runtime was over.
    const pacedNs = this.pace?.endNs(nowNs, this.extent.stopNs) ?? 0;
    if (pacedNs > this.endedNs) this.endedNs = pacedNs;
    return DONE;
  }

  private later(dueNs: Nanoseconds): Verdict {
    this.wakeNs = Math.min(dueNs, this.extent.stopNs);
    return LATER;
  }

  private replayNext(replay: Replay, slot: number, nowNs: Nanoseconds): Verdict {
    if (this.exhausted()) return this.inFlight === 0 ? DONE : WAIT;
    if (replay.dueNs > nowNs) return this.later(replay.dueNs);
    this.extent.issuedBytes += replay.place(slot);
    this.extent.issuedIos += 1;
    return this.admit(slot, nowNs);
  }

  private issueOwed(slot: number, nowNs: Nanoseconds, owed: OwedWrites): Verdict {
    if (this.extent.stopped) return this.inFlight === 0 ? DONE : WAIT;
    if (this.pace !== null && !this.pace.mayStart(WRITE, nowNs)) return this.later(this.pace.dueNs);
    this.supply.placeOwed(slot, owed);
    return this.admit(slot, nowNs);
  }

  /** What was placed in the slot may have to wait for one that it would touch. */
  private admit(slot: number, nowNs: Nanoseconds): Verdict {
    return this.depth.admits(slot) ? this.issue(slot, nowNs) : WAIT;
  }

  /** As in fio (measured) what is read back for verification is shared too. */
  private isHeld(flow: FlowMember, nowNs: Nanoseconds): boolean {
    const over = this.verification === null ? this.exhausted() : this.extent.stopped;
    return !over && !flow.admits(nowNs);
  }

  private readsBack(slot: number): void {
    this.inFlight += 1;
    this.depth.readsBack(slot, this.inFlight);
    this.recorder.log?.issued(slot);
    this.flow?.issued();
  }

  private issue(slot: number, nowNs: Nanoseconds): Verdict {
    this.slots.startNs[slot] = nowNs;
    this.inFlight += 1;
    this.depth.began(this.inFlight);
    if (this.pace !== null) this.pace.issued(slot, nowNs);
    if (this.verification !== null) this.verification.placed(slot);
    // What verify_only makes of a write is told as the read that it is.
    if (this.recorder.log !== null) this.recorder.log.issued(slot);
    if (this.flow !== null) this.flow.issued();
    return ISSUE;
  }

  /** What has ended well is measured. */
  private tell(slot: number): void {
    const { log } = this.recorder;
    if (log !== null) this.recorder.tell(log, slot);
    if (this.ends !== null) this.ends.ended(slot, this.recorder);
  }

  private endRamp(): void {
    const { rampEndNs } = this.extent;
    this.extent.endRamp();
    this.measureFrom(rampEndNs);
    this.watch(rampEndNs);
  }

  /** Measured time has begun. */
  private watch(nowNs: Nanoseconds): void {
    if (this.ends === null) return;
    this.ends.begin(nowNs);
    this.extent.searching = this.ends.searches;
    this.settle(this.ends);
  }

  /** What has been measured may end the job, or change how many I/Os may be in flight. */
  private settle(ends: Ends): void {
    if (ends.over) this.extent.stopped = true;
    if (this.extent.ramping) return;
    // Of the trials of a search the last one is what is recorded.
    if (ends.tries(this.depth, this.inFlight, this.endedNs)) this.measureFrom(this.endedNs);
  }

  private measureFrom(nowNs: Nanoseconds): void {
    if (!this.extent.searching) this.recorder.log?.begin(nowNs);
    this.recorder.begin(nowNs);
  }
}
