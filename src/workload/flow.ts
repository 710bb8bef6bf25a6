/**
 * Shares of the I/Os among the clones of a flow, by their weights (fio's flow, flow_id,
 * flow_sleep). As fio 3.33 gives them (measured): the next I/O may start unless the clone has more
 * of all that were issued, one more counted, than its weight is of all weights. So somebody may
 * always go on.
 *
 * Unlike fio, where a clone counts before it has begun and holds the others back meanwhile, only
 * those that run are weighed: who comes later begins level with them.
 */

import type { Nanoseconds } from '../units/quantity.ts';

/** Of each clone, in a line of the cache of its own. */
const WEIGHT = 0;
const ISSUED = 1;
const LINE_DOUBLES = 8;

/**
 * In memory that threads may share. Each writes its own line and reads all of them, without a lock:
 * two that ask at the same moment may both go on, and are one I/O apart.
 */
export class FlowShares {
  private readonly lines: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.lines = new Float64Array(memory);
  }

  static memory(members: number): SharedArrayBuffer {
    return new SharedArrayBuffer(members * LINE_DOUBLES * 8);
  }

  get members(): number {
    return this.lines.length / LINE_DOUBLES;
  }

  /** It runs, from the level on which the others are. */
  join(member: number, weight: number): void {
    const { lines } = this;
    let [weights, issued] = [0, 0];
    for (let at = 0; at < lines.length; at += LINE_DOUBLES) {
      const other = lines[at + WEIGHT] ?? 0;
      if (other === 0) continue;
      weights += other;
      issued += lines[at + ISSUED] ?? 0;
    }
    lines[member * LINE_DOUBLES + ISSUED] = weights === 0 ? 0 : (issued * weight) / weights;
    lines[member * LINE_DOUBLES + WEIGHT] = weight;
  }

  /** It runs no longer; the others share by themselves. */
  leave(member: number): void {
    this.lines[member * LINE_DOUBLES + WEIGHT] = 0;
  }

  admits(member: number): boolean {
    const { lines } = this;
    let weights = 0;
    let issued = 0;
    for (let at = 0; at < lines.length; at += LINE_DOUBLES) {
      const weight = lines[at + WEIGHT] ?? 0;
      if (weight === 0) continue;
      weights += weight;
      issued += lines[at + ISSUED] ?? 0;
    }
    const own = member * LINE_DOUBLES;
    return (lines[own + ISSUED] ?? 0) * weights <= (lines[own + WEIGHT] ?? 0) * (issued + 1);
  }

  issued(member: number): void {
    const at = member * LINE_DOUBLES + ISSUED;
    this.lines[at] = (this.lines[at] ?? 0) + 1;
  }
}

/** How one that is held back comes to ask again. */
export interface FlowWaiting {
  /** Since `sinceNs` it has been held back: when it asks again; Infinity: when it is told to. */
  retryNs(nowNs: Nanoseconds, sinceNs: Nanoseconds): Nanoseconds;
  /** Somebody has issued an I/O, or left: others may go on. */
  moved(): void;
}

/** A clone in its flow. */
export class FlowMember {
  /** The others are behind it, and it waits for them. Read it, never set it. */
  held = false;
  private readonly shares: FlowShares;
  private readonly member: number;
  private readonly weight: number;
  private readonly waiting: FlowWaiting;
  private joined = false;
  private heldFromNs: Nanoseconds = -0;

  constructor(shares: FlowShares, member: number, weight: number, waiting: FlowWaiting) {
    this.shares = shares;
    this.member = member;
    this.weight = weight;
    this.waiting = waiting;
  }

  /** Once; who begins together with others joins before any of them begins. */
  join(): void {
    if (this.joined) return;
    this.joined = true;
    this.shares.join(this.member, this.weight);
  }

  leave(): void {
    this.shares.leave(this.member);
    this.waiting.moved();
  }

  /** Whether its next I/O is in its share. */
  admits(nowNs: Nanoseconds): boolean {
    const admitted = this.mayGoOn;
    if (!admitted && !this.held) this.heldFromNs = nowNs;
    this.held = !admitted;
    return admitted;
  }

  get mayGoOn(): boolean {
    return this.shares.admits(this.member);
  }

  /** After it was not admitted. */
  retryNs(nowNs: Nanoseconds): Nanoseconds {
    return this.waiting.retryNs(nowNs, this.heldFromNs);
  }

  issued(): void {
    this.shares.issued(this.member);
    this.waiting.moved();
  }
}
