/**
 * blk_mq_timeout_work: one timer per queue, not one per request. It looks at the requests out at
 * the driver when the oldest it knew of would be late, and hands the late ones to the driver.
 */

import { type TimerTarget, Timer } from '../sim/timer.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import type { Driver } from './driver.ts';
import type { RequestQueue } from './request-queue.ts';

export class RequestTimeout implements TimerTarget {
  private readonly queue: RequestQueue;
  private readonly driver: Driver;
  private readonly timeoutNs: Nanoseconds;
  private readonly timer: Timer;

  constructor(queue: RequestQueue, driver: Driver, timeoutNs: Nanoseconds) {
    this.queue = queue;
    this.driver = driver;
    this.timeoutNs = timeoutNs;
    this.timer = new Timer(this, 0, 0);
  }

  /** A request is sent now. */
  arm(nowNs: Nanoseconds): void {
    if (this.timer.queued) return;
    this.queue.simulation.schedule(this.timer, nowNs + this.timeoutNs);
  }

  fire(): void {
    const nowNs = this.queue.simulation.nowNs;
    let oldestNs = Infinity;
    for (const { tags } of this.queue.hardwareQueues) {
      // As the tags stand at each turn: ending one request may end others.
      for (const request of tags.requests) {
        if (request === null || request.queue !== this.queue) continue;
        // The sum, as it was scheduled: rounded, the difference may be less than the limit for
        // ever.
        if (request.sentNs + this.timeoutNs <= nowNs) {
          // It has had its warning: counted from here again, whatever the driver does.
          request.sentNs = nowNs;
          this.driver.timeout(request);
        }
        if (request.tag >= 0 && request.sentNs < oldestNs) oldestNs = request.sentNs;
      }
    }
    if (oldestNs !== Infinity && !this.timer.queued) {
      this.queue.simulation.schedule(this.timer, oldestNs + this.timeoutNs);
    }
  }
}
