/** blk_mq_ops: what a driver does for its request queue. */

import type { Status } from '../workload/status.ts';
import type { Plug } from './plug.ts';
import type { Request } from './request.ts';

export interface Driver {
  /**
   * queue_rq: takes the request over, until it calls `request.queue.complete`. Any other answer
   * than OK gives it back: DEV_RESOURCE and RESOURCE are tried again (the driver calls
   * `queue.restart` when the shortage is over), the rest ends it. Work in the caller's context is
   * charged to the plug.
   */
  queueRequest(request: Request, plug: Plug): Status;
  /** commit_rqs: the last request of a batch for this hardware queue has been handed over. */
  commitRequests(hardwareQueue: number, plug: Plug): void;
  /**
   * timeout: the request has been out for longer than the queue's limit; the driver ends it, now or
   * soon.
   */
  timeout(request: Request): void;
}
