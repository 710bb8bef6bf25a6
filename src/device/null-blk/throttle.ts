/**
 * `mbps`: null_handle_throttled and nullb_bwtimer_fn. A budget of bytes is set anew (not added to)
 * every 20 ms; each request takes its bytes from it, and one that takes it below zero stops the
 * hardware queues, is given back and charged again when they run again. The timer stops by itself
 * after a tick without traffic and keeps its phase: started again late, it fires at once.
 *
 * A request larger than a whole budget never gets through. The kernel's timer would tick for ever;
 * here it stops once a full budget let nothing through, so that the world ends and the message
 * names it.
 */

import type { Request } from '../../block/request.ts';
import type { RequestQueue } from '../../block/request-queue.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { Timer, type TimerTarget } from '../../sim/timer.ts';
import {
  type Bytes,
  MIB,
  MILLISECOND_NS,
  type Nanoseconds,
  SECTOR_BYTES,
} from '../../units/quantity.ts';

/** TICKS_PER_SEC is 50. */
const TICK_NS: Nanoseconds = 20 * MILLISECOND_NS;
const BUDGET_BYTES_PER_MBPS: Bytes = Math.floor(MIB / 50);

export class Throttle implements TimerTarget {
  /** mb_per_tick */
  readonly budgetBytes: Bytes;
  private readonly simulation: Simulation;
  private readonly timer = new Timer(this, 0, 0);
  private leftBytes: Bytes;
  private expiresNs: Nanoseconds;
  private stopped: RequestQueue | null = null;
  /** Since the last tick that handed out a budget… */
  private renewed = false;
  private passed = false;
  private refusedTooLarge = false;

  constructor(mbps: number, simulation: Simulation) {
    this.budgetBytes = BUDGET_BYTES_PER_MBPS * mbps;
    this.leftBytes = this.budgetBytes;
    this.simulation = simulation;
    this.expiresNs = simulation.nowNs + TICK_NS;
  }

  /** False: the budget is spent, the queues are stopped. A flush has no bytes and costs nothing. */
  admit(request: Request): boolean {
    const nowNs = this.simulation.nowNs;
    if (!this.timer.queued) {
      this.simulation.schedule(this.timer, Math.max(this.expiresNs, nowNs));
    }
    const bytes = request.dataSectors * SECTOR_BYTES;
    this.leftBytes -= bytes;
    if (this.leftBytes >= 0) {
      this.passed = true;
      return true;
    }
    this.stopped = request.queue;
    if (bytes > this.budgetBytes) this.refusedTooLarge = true;
    for (const queue of request.queue.hardwareQueues) queue.stopped = true;
    return false;
  }

  /** A tick. */
  fire(): void {
    const idle = this.leftBytes === this.budgetBytes;
    const stuck = this.renewed && !this.passed && this.refusedTooLarge;
    this.renewed = !idle;
    if (idle || stuck) return;
    const nowNs = this.simulation.nowNs;
    this.passed = false;
    this.refusedTooLarge = false;
    this.leftBytes = this.budgetBytes;
    this.stopped?.restart(nowNs);
    this.stopped = null;
    // hrtimer_forward_now
    this.expiresNs += TICK_NS * (Math.floor((nowNs - this.expiresNs) / TICK_NS) + 1);
    this.simulation.schedule(this.timer, this.expiresNs);
  }

  /** Why a request that waits will never be sent, or null. */
  neverAdmits(request: Request): string | null {
    const bytes = request.dataSectors * SECTOR_BYTES;
    if (bytes <= this.budgetBytes) return null;
    const mbps = Math.ceil(bytes / BUDGET_BYTES_PER_MBPS);
    const why = `its ${bytes} bytes are more than mbps hands out in 20 ms (${this.budgetBytes})`;
    return `${why}, so it never gets through; give mbps=${mbps} or more, or smaller requests`;
  }
}
