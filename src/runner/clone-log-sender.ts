/**
 * The logs of a clone on real targets, in its thread. It writes no file while it is measured: each
 * full chunk is sent to the main thread (real-logs.ts), which has nothing else to do. Sending
 * copies the chunk, some 100 us once in thousands of I/Os.
 */

import { BroadcastChannel } from 'node:worker_threads';
import type { LogPlan } from '../job/log-plan.ts';
import { Clock, type Moment } from '../linux/clock.ts';
import type { IoLog } from '../measure/io-log.ts';
import { assert } from '../units/assert.ts';
import { MILLISECOND_NS, type Nanoseconds } from '../units/quantity.ts';
import type { Workload } from '../workload/workload.ts';
import { logOf } from './clone-log.ts';
import type { CloneLog } from './write-logs.ts';

/** What is sent. */
interface Chunk {
  readonly stream: number;
  readonly words: Float64Array;
}

export class CloneLogSender {
  private readonly plan: LogPlan;
  private readonly workload: Workload;
  private readonly origin: Moment;
  private readonly channel: BroadcastChannel;
  private readonly log: IoLog;

  /** `name`: of the channel that the main thread listens to. */
  constructor(name: string, plan: LogPlan, workload: Workload, origin: Moment) {
    this.plan = plan;
    this.workload = workload;
    this.origin = origin;
    this.channel = new BroadcastChannel(name);
    this.log = logOf(plan, workload, (stream, words) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has none
      this.channel.postMessage({ stream, words } satisfies Chunk);
    });
  }

  /** When measured time is over. */
  finish(): CloneLog {
    const data = this.log.finish(this.workload.endedNs);
    return { data, epochMs: this.epochMs(data.originNs) };
  }

  close(): void {
    this.channel.close();
  }

  /** When the log began, by the clock that times count from. */
  private epochMs(fromNs: Nanoseconds): number {
    const { seconds, nanos } = this.origin;
    switch (this.plan.epoch) {
      case 'start':
        return 0;
      case 'monotonic':
        return Math.floor(seconds * 1000 + (nanos + fromNs) / MILLISECOND_NS);
      case 'realtime': {
        const sinceNs = new Clock(this.origin).nowNs() - fromNs;
        return Math.floor(Date.now() - sinceNs / MILLISECOND_NS);
      }
    }
  }
}

/** From the message that brings it. */
export function chunkOf(message: unknown): Chunk {
  const isEvent = typeof message === 'object' && message !== null && 'data' in message;
  const data: unknown = isEvent ? message.data : null;
  const isChunk = typeof data === 'object' && data !== null && 'stream' in data && 'words' in data;
  assert(isChunk, 'a chunk of a log');
  const { stream, words } = data;
  assert(typeof stream === 'number' && words instanceof Float64Array, 'a chunk of a log');
  return { stream, words };
}
