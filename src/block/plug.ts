/**
 * blk_plug: the requests a task has built but not yet sent, and the CPU time that building them
 * cost. The task's slice on its CPU is as long as that cost; at its end the plug is flushed, which
 * is when the doorbells ring (blk_start_plug … blk_finish_plug around one submission).
 *
 * Left out: flushing early at 32 requests; a task that sleeps for a tag (the request waits in the
 * queue instead, and the submission goes on).
 */

import type { Host } from '../host/host.ts';
import type { Account } from '../measure/account.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import type { Request } from './request.ts';
import type { RequestQueue } from './request-queue.ts';

export class Plug {
  readonly host: Host;
  /** Index of the CPU the task runs on. */
  readonly cpu: number;
  /** CPU time of the task since `takeCost`, not yet spent on its CPU. */
  costNs: Nanoseconds = -0;
  /** When the task builds what comes next: the start of its slice. For the trace. */
  buildsAtNs: Nanoseconds = -0;
  private first: Request | null = null;
  private last: Request | null = null;

  constructor(host: Host, cpu: number) {
    this.host = host;
    this.cpu = cpu;
  }

  /** Work done in this task's context. */
  charge(account: Account, costNs: Nanoseconds): void {
    this.costNs += costNs;
    account.hostCpuNs += costNs;
  }

  /** The cost since the last call: the length of the slice to book. */
  takeCost(): Nanoseconds {
    const costNs = this.costNs;
    this.costNs = -0;
    return costNs;
  }

  get empty(): boolean {
    return this.first === null;
  }

  /**
   * The request of this queue that a merge may be tried with: the last one built
   * (blk_attempt_plug_merge).
   */
  candidate(queue: RequestQueue): Request | null {
    const last = this.last;
    if (last === null || last.queue === queue) return last;
    let found: Request | null = null;
    for (let request = this.first; request !== null; request = request.next) {
      if (request.queue === queue) found = request;
    }
    return found;
  }

  add(request: Request): void {
    request.next = null;
    if (this.last === null) this.first = request;
    else this.last.next = request;
    this.last = request;
  }

  /** Sends what was built, in order, each queue told once when its last one is there. */
  flush(): void {
    let request = this.first;
    this.first = null;
    this.last = null;
    let queue: RequestQueue | null = null;
    while (request !== null) {
      const next = request.next;
      request.next = null;
      if (queue !== null && queue !== request.queue) queue.commit(this);
      queue = request.queue;
      queue.dispatch(request, this);
      request = next;
    }
    if (queue !== null) queue.commit(this);
  }
}
