/**
 * blk_mq_tags: the tags of one hardware queue. The request queues of one controller share them, so
 * that a tag is the command id too (blk_mq_tag_set). Left out: reserved tags, fair shares.
 */

import { assert } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import type { HardwareQueue } from './hardware-queue.ts';
import type { Request } from './request.ts';

export class Tags {
  readonly depth: number;
  /** Sent requests by tag. */
  readonly requests: (Request | null)[] = [];
  /** Tags that nobody has. */
  free: number;
  /** Somewhere a request waits: for a tag, or for its turn. */
  awaited = false;
  private readonly freeTags: Int32Array;
  private readonly sharers: HardwareQueue[] = [];

  constructor(depth: number) {
    this.depth = depth;
    this.freeTags = new Int32Array(depth);
    // A loop, for Array.from calls a function: a third of what a tiny world costs.
    for (let tag = 0; tag < depth; tag++) {
      this.requests.push(null);
      // The lowest tag is taken first, as sbitmap mostly does.
      this.freeTags[tag] = depth - 1 - tag;
    }
    this.free = depth;
  }

  share(queue: HardwareQueue): void {
    this.sharers.push(queue);
  }

  take(request: Request): void {
    this.free -= 1;
    const tag = this.freeTags[this.free];
    assert(tag !== undefined, 'a tag is free');
    request.tag = tag;
    this.requests[tag] = request;
  }

  give(request: Request): void {
    const { tag } = request;
    this.requests[tag] = null;
    this.freeTags[this.free] = tag;
    this.free += 1;
    request.tag = -1;
  }

  /** Whoever waits is tried again. */
  wake(atNs: Nanoseconds): void {
    for (const queue of this.sharers) if (queue.hasWaiting) queue.restartAt(atNs);
  }

  /** A line of waiting requests has become longer or shorter. */
  changed(): void {
    this.awaited = this.sharers.some(({ hasWaiting }) => hasWaiting);
  }
}
