/** blk_mq_hw_ctx: the tags of one hardware queue, and the line of requests that wait for one. */

import { type TimerTarget, Timer } from '../sim/timer.ts';
import { assert } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { Plug } from './plug.ts';
import type { Request } from './request.ts';
import type { RequestQueue } from './request-queue.ts';

export class HardwareQueue implements TimerTarget {
  readonly index: number;
  readonly depth: number;
  /** Sent requests by tag. */
  readonly requests: (Request | null)[];
  /** The driver asked for no more until it says so. */
  stopped = false;
  private readonly queue: RequestQueue;
  private readonly freeTags: Int32Array;
  private free: number;
  private first: Request | null = null;
  private last: Request | null = null;
  private readonly restart: Timer;
  /** The kernel's worker that runs the queue again, on the CPU of this queue. */
  private readonly plug: Plug;

  constructor(queue: RequestQueue, index: number, depth: number) {
    this.queue = queue;
    this.index = index;
    this.depth = depth;
    this.requests = new Array<Request | null>(depth).fill(null);
    // The lowest tag is taken first, as sbitmap mostly does.
    this.freeTags = Int32Array.from({ length: depth }, (_, tag) => depth - 1 - tag);
    this.free = depth;
    this.restart = new Timer(this, 0, 0);
    this.plug = new Plug(queue.host, index);
  }

  get inFlight(): number {
    return this.depth - this.free;
  }

  get hasWaiting(): boolean {
    return this.first !== null;
  }

  /** The request at the head of the line, for the message of a world that hangs. */
  get waiting(): Request | null {
    return this.first;
  }

  /** No tag, no leave, or others are first. */
  get mustWait(): boolean {
    return this.free === 0 || this.stopped || this.first !== null;
  }

  takeTag(request: Request): void {
    this.free -= 1;
    const tag = this.freeTags[this.free];
    assert(tag !== undefined, 'a tag is free');
    request.tag = tag;
    this.requests[tag] = request;
  }

  giveTag(request: Request): void {
    this.requests[request.tag] = null;
    this.freeTags[this.free] = request.tag;
    this.free += 1;
    request.tag = -1;
  }

  wait(request: Request): void {
    request.next = null;
    if (this.last === null) this.first = request;
    else this.last.next = request;
    this.last = request;
  }

  restartAt(atNs: Nanoseconds): void {
    if (!this.restart.queued) this.queue.simulation.schedule(this.restart, atNs);
  }

  /** blk_mq_run_hw_queue: as many of the waiting as get through. */
  fire(): void {
    let sent = false;
    while (this.first !== null && this.free > 0 && !this.stopped) {
      const request = this.first;
      this.first = request.next;
      if (this.first === null) this.last = null;
      request.next = null;
      if (!this.queue.send(request, this, this.plug)) this.waitFirst(request);
      else sent = true;
    }
    if (sent) this.queue.commit(this.plug);
    const costNs = this.plug.takeCost();
    if (costNs > 0) this.queue.host.cpu(this.index).interrupt(costNs);
  }

  /** Given back by the driver: first in line again. */
  private waitFirst(request: Request): void {
    request.next = this.first;
    this.first = request;
    if (this.last === null) this.last = request;
  }
}
