/**
 * null_blk in queue mode 2 (multiqueue): null_queue_rq of drivers/block/null_blk/main.c. A request
 * is throttled (mbps), then a flush ends at once, then bad blocks are looked for, then data moves,
 * then the completion is told: inline (irqmode=0), by softirq (1), or by a timer completion_nsec
 * later (2).
 *
 * Left out: zones, polled queues, fault injection, shared tags, the write-back cache's own work; a
 * softirq that waits for the end of a running system call.
 */

import { checkCopyPair } from '../../block/bio-pair.ts';
import type { Driver } from '../../block/driver.ts';
import { Operation } from '../../block/operation.ts';
import type { Plug } from '../../block/plug.ts';
import type { Request } from '../../block/request.ts';
import type { Host } from '../../host/host.ts';
import type { Account } from '../../measure/account.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { Timer, type TimerTarget } from '../../sim/timer.ts';
import { present } from '../../units/assert.ts';
import type { Nanoseconds, Sectors } from '../../units/quantity.ts';
import { Status } from '../../workload/status.ts';
import { type BadBlocks, goodSectors } from './badblocks.ts';
import type { NullBlkConfig } from './config.ts';
import type { MemoryBacking } from './memory-backing.ts';
import { Throttle } from './throttle.ts';

const IRQ_NONE = 0;
const IRQ_SOFTIRQ = 1;
const IRQ_TIMER = 2;

export class NullBlkDriver implements Driver, TimerTarget {
  readonly throttle: Throttle | null;
  private readonly config: NullBlkConfig;
  private readonly host: Host;
  private readonly simulation: Simulation;
  private readonly totals: Account;
  private readonly badblocks: BadBlocks;
  private readonly backing: MemoryBacking | null;
  /** By slot: hardware queue * depth + tag. */
  private readonly timers: readonly Timer[];
  private readonly requests: (Request | null)[];
  private readonly status: Status[];

  constructor(
    config: NullBlkConfig,
    hardwareQueues: number,
    badblocks: BadBlocks,
    backing: MemoryBacking | null,
    host: Host,
    totals: Account,
    simulation: Simulation,
  ) {
    const slots = hardwareQueues * config.hwQueueDepth;
    this.config = config;
    this.host = host;
    this.simulation = simulation;
    this.totals = totals;
    this.backing = backing;
    this.throttle = config.mbps === 0 ? null : new Throttle(config.mbps, simulation);
    this.timers = Array.from({ length: slots }, (_, slot) => new Timer(this, 0, slot));
    this.requests = new Array<Request | null>(slots).fill(null);
    this.status = new Array<Status>(slots).fill(Status.OK);
    this.badblocks = badblocks;
  }

  queueRequest(request: Request, plug: Plug): Status {
    if (this.throttle !== null && !this.throttle.admit(request)) return Status.DEV_RESOURCE;
    request.account.commands += 1;
    this.totals.commands += 1;
    this.completeRequest(request, this.handle(request, plug), plug);
    return Status.OK;
  }

  /** A request is on its way as soon as it is queued. */
  commitRequests(): void {}

  /**
   * null_timeout_rq: a request that a long completion_nsec keeps ends with TIMEOUT when its time
   * comes.
   */
  timeout(request: Request): void {
    this.status[this.slotOf(request)] = Status.TIMEOUT;
  }

  /** The time of the request in this slot has come. */
  fire(_kind: number, slot: number): void {
    const request = present(this.requests[slot], 'a timer runs for a request');
    this.requests[slot] = null;
    this.interrupt(request, this.status[slot] ?? Status.OK);
  }

  /** null_handle_cmd */
  private handle(request: Request, plug: Plug): Status {
    if (request.operation === Operation.FLUSH) return Status.OK;
    const copies =
      request.operation === Operation.COPY_DST || request.operation === Operation.COPY_SRC;
    const pair = copies ? checkCopyPair(request) : Status.OK;
    if (pair !== Status.OK) return pair;
    const lengthSectors = copies ? request.first.sizeSectors : request.dataSectors;
    const good = this.badblocks.empty ? lengthSectors : this.goodSectors(request, lengthSectors);
    if (this.backing !== null && good > 0) {
      const status = this.backing.transfer(request, good, plug);
      if (status !== Status.OK) return status;
    }
    return good === lengthSectors ? Status.OK : Status.IOERR;
  }

  /** null_handle_badblocks: how much of the request may be transferred. */
  private goodSectors(request: Request, lengthSectors: Sectors): Sectors {
    const good = goodSectors(this.badblocks, request.sector, lengthSectors, this.config);
    const source = request.first.next;
    if (request.operation !== Operation.COPY_DST || source === null) return good;
    return Math.min(good, goodSectors(this.badblocks, source.sector, lengthSectors, this.config));
  }

  /** nullb_complete_cmd */
  private completeRequest(request: Request, status: Status, plug: Plug): void {
    const { irqMode, completionNs } = this.config;
    if (irqMode === IRQ_NONE) {
      plug.charge(request.account, this.host.costs.completionNs);
      request.queue.complete(request, status, this.simulation.nowNs + plug.costNs);
    } else if (irqMode === IRQ_SOFTIRQ && plug.costNs === 0) {
      this.interrupt(request, status);
    } else {
      const slot = this.slotOf(request);
      const dueNs = this.simulation.nowNs + plug.costNs;
      this.requests[slot] = request;
      this.status[slot] = status;
      const timer = present(this.timers[slot], 'a timer for each tag');
      this.simulation.schedule(timer, irqMode === IRQ_TIMER ? dueNs + completionNs : dueNs);
    }
  }

  /** Ends the request in an interrupt on its CPU; one that is being served there takes it along. */
  private interrupt(request: Request, status: Status): void {
    const { interruptNs, completionNs } = this.host.costs;
    const cpu = this.host.cpu(request.cpu);
    const costNs: Nanoseconds = cpu.interrupted ? completionNs : interruptNs + completionNs;
    request.account.hostCpuNs += costNs;
    request.queue.complete(request, status, cpu.interrupt(costNs));
  }

  private slotOf(request: Request): number {
    return request.hardwareQueue * this.config.hwQueueDepth + request.tag;
  }
}
