/**
 * The pace of a job: its rates, by direction, and its pauses (`think-time.ts`). A job without any
 * has no pace, and goes as fast as its depth lets it.
 *
 * As in fio (measured, 3.33) a mix whose next I/O is of a direction that is not due takes the other
 * one where that is due, or has no rate. Unlike fio, which lets all that is in flight end before it
 * waits for a rate, the job goes on with a queue that is as deep as before; and what was not issued
 * while a phase of verification read is not caught up behind it.
 */

import { Random } from '../sim/random.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { Rate } from './rate.ts';
import { READ, SLOT_DIRECTIONS, type SlotDirection, type Slots, WRITE } from './slots.ts';
import { ThinkTime, type ThinkTimeSpec } from './think-time.ts';
import type { Supply } from './supply.ts';
import { ISSUE, LATER, type Verdict, WAIT } from './verdict.ts';

export interface PaceSpec {
  /** Bytes or I/Os a second; null: as fast as it goes. */
  readonly rates: Readonly<Record<SlotDirection, number | null>>;
  readonly countsIos: boolean;
  readonly process: 'linear' | 'poisson';
  /** Pauses move what is to come, instead of being caught up. */
  readonly ignoresThinkTime: boolean;
  readonly think: ThinkTimeSpec | null;
}

/** No I/O has been drawn. */
const NO_DIRECTION = -1;
/** Of a slot whose I/O has no intended start, and of one whose I/O keeps no pace. */
const NOT_INTENDED = -1;
const NOT_PACED = -2;

export class Pace {
  readonly think: ThinkTime | null;
  /** Of the next I/O; whoever draws it sets it. */
  direction = NO_DIRECTION;
  /** When the next may start, where `mayStart` says no. Only read it. */
  dueNs: Nanoseconds = -0;
  /** Of its own I/Os: a verification's are none. */
  private inFlight = 0;
  private readonly slots: Slots;
  private readonly rates: readonly (Rate | null)[];
  private readonly supply: Pick<Supply, 'draw' | 'mixes'>;
  private readonly ignoresThinkTime: boolean;

  /** `supply`: draws the direction of the next I/O, of a mix one of two. */
  constructor(
    spec: PaceSpec,
    slots: Slots,
    supply: Pick<Supply, 'draw' | 'mixes'>,
    seeds: readonly number[],
  ) {
    this.slots = slots;
    slots.intendedNs.fill(NOT_PACED);
    this.supply = supply;
    this.ignoresThinkTime = spec.ignoresThinkTime;
    this.think = spec.think === null ? null : new ThinkTime(spec.think);
    this.rates = SLOT_DIRECTIONS.map((direction, index) => {
      const perSecond = spec.rates[direction];
      if (perSecond === null) return null;
      const random = spec.process === 'poisson' ? new Random(...seeds, 0x70616365, index) : null;
      return new Rate(perSecond, spec.countsIos, random);
    });
  }

  /** Until then the application is busy with what it read. */
  get spinUntilNs(): Nanoseconds {
    return this.think?.spinUntilNs ?? 0;
  }

  begin(nowNs: Nanoseconds): void {
    this.think?.begin(nowNs);
    for (const rate of this.rates) rate?.begin(nowNs);
  }

  /** What it is the pace of has stood still for so long. */
  resumed(byNs: Nanoseconds): void {
    this.think?.shift(byNs);
    for (const rate of this.rates) rate?.shift(byNs);
  }

  /**
   * ISSUE: it does not pause now. LATER: not before `dueNs`. WAIT: a pause is due when nothing is
   * in flight; it begins when the last of that ended, at `endedNs`.
   */
  pauses(nowNs: Nanoseconds, inFlight: number, endedNs: Nanoseconds): Verdict {
    const { think } = this;
    if (think === null) return ISSUE;
    if (think.due) {
      if (inFlight > 0) return WAIT;
      this.pause(think, endedNs);
    }
    if (nowNs >= think.untilNs) return ISSUE;
    this.dueNs = think.untilNs;
    return LATER;
  }

  /**
   * What there is before the next I/O, as `pauses` says it; behind the pauses LATER until its rate
   * lets it start, in `direction`. `over`: there is none.
   */
  next(nowNs: Nanoseconds, inFlight: number, endedNs: Nanoseconds, over: boolean): Verdict {
    const verdict = this.pauses(nowNs, inFlight, endedNs);
    if (verdict !== ISSUE || over) return verdict;
    const direction = this.direction === NO_DIRECTION ? this.supply.draw() : this.direction;
    return this.mayStart(direction, nowNs) ? ISSUE : LATER;
  }

  /** Whether an I/O of `direction` may start; of a mix the other one may, which is then next. */
  mayStart(direction: number, nowNs: Nanoseconds): boolean {
    this.direction = direction;
    const rate = this.rates[direction] ?? null;
    if (rate === null || rate.dueNs <= nowNs) return true;
    this.dueNs = rate.dueNs;
    if (!this.supply.mixes) return false;
    const other = direction === READ ? WRITE : READ;
    const otherRate = this.rates[other] ?? null;
    if (otherRate === null || otherRate.dueNs <= nowNs) {
      this.direction = other;
      return true;
    }
    if (otherRate.dueNs < rate.dueNs) this.dueNs = otherRate.dueNs;
    return false;
  }

  /** The I/O that may start stands in the slot, and has started. */
  issued(slot: number, nowNs: Nanoseconds): void {
    const { slots } = this;
    const rate = this.rates[slots.direction[slot] ?? READ] ?? null;
    slots.intendedNs[slot] = rate === null ? NOT_INTENDED : rate.dueNs;
    if (rate !== null) rate.issued(slots.lengthBytes[slot] ?? 0);
    this.direction = NO_DIRECTION;
    this.inFlight += 1;
    const { think } = this;
    if (think === null) return;
    if (think.countsIssues) think.counted();
    if (this.inFlight < slots.depth) think.ask(nowNs);
  }

  /** An I/O has ended: its intended start; below 0: it had none. */
  ended(slot: number, nowNs: Nanoseconds): Nanoseconds {
    const { intendedNs } = this.slots;
    const startNs = intendedNs[slot] ?? NOT_PACED;
    if (startNs === NOT_PACED) return NOT_INTENDED;
    intendedNs[slot] = NOT_PACED;
    const wasFull = this.inFlight === this.slots.depth;
    this.inFlight -= 1;
    const { think } = this;
    if (think?.countsIssues === false) think.counted();
    if (think !== null && wasFull) think.ask(nowNs);
    return startNs;
  }

  /** When a job without further I/Os is over: after its last pause, or when its time is. */
  endNs(nowNs: Nanoseconds, stopNs: Nanoseconds): Nanoseconds {
    return nowNs >= stopNs ? stopNs : Math.min(nowNs, this.think?.untilNs ?? 0);
  }

  private pause(think: ThinkTime, nowNs: Nanoseconds): void {
    think.pause(nowNs);
    if (!this.ignoresThinkTime) return;
    for (const rate of this.rates) rate?.shift(think.untilNs - nowNs);
  }
}
