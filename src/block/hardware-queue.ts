/** blk_mq_hw_ctx: the line of requests that wait for a tag, or for their turn. */

import { type TimerTarget, Timer } from '../sim/timer.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { Plug } from './plug.ts';
import type { Request } from './request.ts';
import type { RequestQueue } from './request-queue.ts';
import type { Tags } from './tags.ts';

export class HardwareQueue implements TimerTarget {
  readonly index: number;
  readonly tags: Tags;
  /** The driver asked for no more until it says so. */
  stopped = false;
  private readonly queue: RequestQueue;
  private first: Request | null = null;
  private last: Request | null = null;
  private readonly restart: Timer;
  /** The kernel's worker that runs the queue again, on the CPU of this queue. */
  private readonly plug: Plug;

  constructor(queue: RequestQueue, index: number, tags: Tags) {
    this.queue = queue;
    this.index = index;
    this.tags = tags;
    tags.share(this);
    this.restart = new Timer(this, 0, 0);
    this.plug = new Plug(queue.host, index);
  }

  get hasWaiting(): boolean {
    return this.first !== null;
  }

  /** The request at the head of the line, for the message of a world that hangs. */
  get waiting(): Request | null {
    return this.first;
  }

  /** Requests of this queue that are out at the driver. */
  get sent(): Request[] {
    return this.tags.requests.flatMap((request) =>
      request?.queue === this.queue ? [request] : [],
    );
  }

  /** No tag, no leave, or others are first. */
  get mustWait(): boolean {
    return this.tags.free === 0 || this.stopped || this.first !== null;
  }

  wait(request: Request): void {
    request.next = null;
    if (this.last === null) this.first = request;
    else this.last.next = request;
    this.last = request;
    this.tags.changed();
  }

  restartAt(atNs: Nanoseconds): void {
    if (!this.restart.queued) this.queue.simulation.schedule(this.restart, atNs);
  }

  /** blk_mq_run_hw_queue: as many of the waiting as get through. */
  fire(): void {
    let sent = false;
    while (this.first !== null && this.tags.free > 0 && !this.stopped) {
      const request = this.first;
      this.first = request.next;
      if (this.first === null) this.last = null;
      request.next = null;
      if (!this.queue.send(request, this, this.plug)) this.waitFirst(request);
      else sent = true;
    }
    this.tags.changed();
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
