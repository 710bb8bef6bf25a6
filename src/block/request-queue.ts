/**
 * request_queue with its hardware queues (block/blk-mq.c): bios come in, are checked, split and
 * merged in the plug; requests get a tag and go to the driver; completions end the bios. Scheduler
 * `none`.
 *
 * What waits for a tag waits in order here (blk-mq lets the task sleep). A request that the driver
 * gives back goes to the head of the line. Left out: polling, requeue by time, CPU hotplug, and the
 * accounting of /sys/block.
 */

import type { Host } from '../host/host.ts';
import type { Simulation } from '../sim/simulation.ts';
import { assert } from '../units/assert.ts';
import type { Nanoseconds, Sectors } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import type { Bio } from './bio.ts';
import { BioPool } from './bio.ts';
import type { BlockDevice } from './block-device.ts';
import type { Driver } from './driver.ts';
import { HardwareQueue } from './hardware-queue.ts';
import type { Limits } from './limits.ts';
import { type MergeResult, tryMerge } from './merge.ts';
import { carriesData, Operation } from './operation.ts';
import type { Plug } from './plug.ts';
import { Request } from './request.ts';
import { RequestTimeout } from './request-timeout.ts';
import { firstPieceSectors, segmentsOf } from './split.ts';
import type { Tags } from './tags.ts';
import type { Trace } from './trace.ts';

export interface RequestQueueOptions {
  readonly name: string;
  readonly limits: Limits;
  readonly capacitySectors: Sectors;
  /** Of each hardware queue; CPU c submits to queue c modulo their number. */
  readonly tags: readonly Tags[];
  readonly timeoutNs: Nanoseconds;
}

export class RequestQueue implements BlockDevice {
  readonly name: string;
  readonly limits: Limits;
  readonly capacitySectors: Sectors;
  readonly simulation: Simulation;
  readonly host: Host;
  readonly hardwareQueues: readonly HardwareQueue[];
  private readonly driver: Driver;
  private readonly bios = new BioPool();
  private readonly timeout: RequestTimeout;
  private readonly trace: Trace | null;
  private freeRequests: Request | null = null;
  /** Requests built and not yet ended. */
  outstanding = 0;

  constructor(
    options: RequestQueueOptions,
    driver: Driver,
    host: Host,
    simulation: Simulation,
    trace: Trace | null,
  ) {
    this.name = options.name;
    this.limits = options.limits;
    this.capacitySectors = options.capacitySectors;
    this.simulation = simulation;
    this.host = host;
    this.driver = driver;
    this.trace = trace;
    this.hardwareQueues = options.tags.map((tags, index) => new HardwareQueue(this, index, tags));
    this.timeout = new RequestTimeout(this, driver, options.timeoutNs);
  }

  /** submit_bio: to the plug as requests, split and merged; or ended at once with why not. */
  submitBio(bio: Bio, plug: Plug): void {
    const account = bio.account;
    account.bios += 1;
    plug.charge(account, this.host.costs.bioNs);
    if (this.trace !== null) this.trace.queued(this, bio, plug);
    const refusal = this.refuse(bio);
    if (refusal !== Status.OK) {
      if (this.trace !== null) this.trace.refused(this, bio, refusal, plug);
      this.endBio(bio, refusal, this.simulation.nowNs);
      return;
    }
    let piece = firstPieceSectors(bio, this.limits);
    while (piece < bio.sizeSectors) {
      this.queue(this.splitFront(bio, piece, plug), plug);
      plug.charge(account, this.host.costs.bioNs);
      piece = firstPieceSectors(bio, this.limits);
    }
    this.queue(bio, plug);
  }

  /** A request of a flushed plug, or one whose turn has come. */
  dispatch(request: Request, plug: Plug): void {
    request.cpu = plug.cpu;
    const index = this.indexFor(plug);
    request.hardwareQueue = index;
    const queue = this.hardwareQueues[index];
    assert(queue !== undefined, 'a hardware queue for each CPU');
    if (queue.mustWait || !this.send(request, queue, plug)) queue.wait(request);
  }

  commit(plug: Plug): void {
    this.driver.commitRequests(this.indexFor(plug), plug);
  }

  /** False: the driver is short of something, and the request has no tag again. */
  send(request: Request, queue: HardwareQueue, plug: Plug): boolean {
    queue.tags.take(request);
    request.sentNs = this.simulation.nowNs;
    this.timeout.arm(request.sentNs);
    if (this.trace !== null) this.trace.issued(this, request);
    const status = this.driver.queueRequest(request, plug);
    if (status === Status.OK) return true;
    if (status === Status.DEV_RESOURCE || status === Status.RESOURCE) {
      queue.tags.give(request);
      queue.stopped = true;
      if (this.trace !== null) this.trace.requeued(this, request);
      return false;
    }
    this.complete(request, status, this.simulation.nowNs);
    return true;
  }

  /** The driver is done with a request; `atNs` is when the interrupt or call that says so ends. */
  complete(request: Request, status: Status, atNs: Nanoseconds): void {
    const queue = this.hardwareQueues[request.hardwareQueue];
    assert(queue !== undefined && request.tag >= 0, 'a completed request was sent');
    const { tags } = queue;
    tags.give(request);
    if (tags.awaited) tags.wake(atNs);
    if (this.trace !== null) this.trace.completed(this, request, status, atNs);
    let bio: Bio | null = request.first;
    request.next = this.freeRequests;
    this.freeRequests = request;
    this.outstanding -= 1;
    while (bio !== null) {
      const next: Bio | null = bio.next;
      bio.next = null;
      this.endBio(bio, status, atNs);
      bio = next;
    }
  }

  /** The shortage that the driver gave a request back for is over. */
  restart(atNs: Nanoseconds): void {
    for (const queue of this.hardwareQueues) {
      queue.stopped = false;
      if (queue.hasWaiting) queue.restartAt(atNs);
    }
  }

  /** blk_mq_map_queue. A remainder costs as much as an event, and mostly is not needed. */
  private indexFor({ cpu }: Plug): number {
    const count = this.hardwareQueues.length;
    return cpu < count ? cpu : cpu % count;
  }

  /** Bounds, alignment, and whether the device can do this at all (submit_bio_noacct). */
  private refuse(bio: Bio): Status {
    const limits = this.limits;
    const operation = bio.operation;
    if (operation === Operation.FLUSH) return Status.OK;
    if (bio.sector + bio.sizeSectors > this.capacitySectors) return Status.IOERR;
    const blockSectors = limits.logicalBlockBytes >> 9;
    if (bio.sizeSectors === 0) return Status.INVAL;
    if (((bio.sector | bio.sizeSectors) & (blockSectors - 1)) !== 0) return Status.INVAL;
    if (carriesData(operation)) return Status.OK;
    if (operation === Operation.DISCARD) {
      return limits.maxDiscardSectors === 0 ? Status.NOTSUPP : Status.OK;
    }
    if (operation === Operation.WRITE_ZEROES) {
      return limits.maxWriteZeroesSectors === 0 ? Status.NOTSUPP : Status.OK;
    }
    if (limits.maxCopySectors === 0) return Status.NOTSUPP;
    return bio.sizeSectors > limits.maxCopySectors ? Status.IOERR : Status.OK;
  }

  private splitFront(bio: Bio, pieceSectors: Sectors, plug: Plug): Bio {
    const front = this.bios.take(bio.owner, bio.account);
    front.operation = bio.operation;
    front.sector = bio.sector;
    front.sizeSectors = pieceSectors;
    front.address = bio.address;
    front.fua = bio.fua;
    front.parent = bio;
    bio.pending += 1;
    bio.sector += pieceSectors;
    bio.sizeSectors -= pieceSectors;
    if (bio.address !== 0) bio.address += pieceSectors * 512;
    bio.account.splits += 1;
    if (this.trace !== null) this.trace.split(this, bio, front, plug);
    return front;
  }

  private queue(bio: Bio, plug: Plug): void {
    const candidate = plug.candidate(this);
    const merged: MergeResult = candidate === null ? 'none' : tryMerge(candidate, bio, this.limits);
    if (merged === 'back' || merged === 'front') {
      bio.account.merges += 1;
      if (this.trace !== null) this.trace.merged(this, bio, merged, plug);
      return;
    }
    plug.charge(bio.account, this.host.costs.requestNs);
    plug.add(this.request(bio, plug));
  }

  private request(bio: Bio, plug: Plug): Request {
    let request = this.freeRequests;
    if (request === null) request = new Request(this, bio);
    else this.freeRequests = request.next;
    const operation = bio.operation;
    request.next = null;
    request.tag = -1;
    request.sentNs = -1;
    request.cpu = plug.cpu;
    request.operation = operation;
    request.sector = bio.sector;
    request.dataSectors = bio.sizeSectors;
    request.segments = carriesData(operation) ? segmentsOf(bio.address, bio.sizeSectors) : 1;
    request.fua = bio.fua;
    request.first = bio;
    request.last = bio;
    request.account = bio.account;
    this.outstanding += 1;
    return request;
  }

  private endBio(bio: Bio, status: Status, atNs: Nanoseconds): void {
    const parent = bio.parent;
    if (parent !== null) {
      this.bios.give(bio);
      this.endBio(parent, status, atNs);
      return;
    }
    // The first error of its pieces is the bio's.
    if (status !== Status.OK && bio.status === Status.OK) bio.status = status;
    bio.pending -= 1;
    if (bio.pending === 0) bio.owner.bioEnded(bio, atNs);
  }
}
