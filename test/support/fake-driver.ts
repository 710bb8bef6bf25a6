/** A driver that keeps what it is sent and ends it as the test says; and a request queue above it. */

import { Bio } from '../../src/block/bio.ts';
import type { BlockDevice } from '../../src/block/block-device.ts';
import type { Driver } from '../../src/block/driver.ts';
import type { HardwareQueue } from '../../src/block/hardware-queue.ts';
import type { Limits } from '../../src/block/limits.ts';
import { Operation } from '../../src/block/operation.ts';
import { Plug } from '../../src/block/plug.ts';
import type { Request } from '../../src/block/request.ts';
import { RequestQueue, type RequestQueueOptions } from '../../src/block/request-queue.ts';
import { Tags } from '../../src/block/tags.ts';
import type { Trace } from '../../src/block/trace.ts';
import { Host, type HostCosts } from '../../src/host/host.ts';
import { HostMemory } from '../../src/host/memory.ts';
import { Account } from '../../src/measure/account.ts';
import { Simulation } from '../../src/sim/simulation.ts';
import { Timer } from '../../src/sim/timer.ts';
import { present } from '../../src/units/assert.ts';
import { SECOND_NS } from '../../src/units/quantity.ts';
import { Status } from '../../src/workload/status.ts';

/** No work costs anything, so that times are the driver's alone. */
export const FREE: HostCosts = {
  cpus: 4,
  syscallNs: 0,
  applicationNs: 0,
  bioNs: 0,
  requestNs: 0,
  interruptNs: 0,
  completionNs: 0,
  contextSwitchNs: 0,
  memoryBytesPerNs: 10,
};

/** A device that takes all there is, in blocks of a sector. */
export const LIMITS: Limits = {
  logicalBlockBytes: 512,
  maxHwSectors: 2560,
  maxSectors: 2560,
  maxSegments: 128,
  maxSegmentBytes: 65_536,
  virtBoundaryBytes: 0,
  maxDiscardSectors: 1024,
  maxDiscardSegments: 1,
  maxWriteZeroesSectors: 1024,
  maxCopyHwSectors: 256,
  maxCopySectors: 256,
  writeCache: false,
};

/** What a request was when the driver got it: requests are used again. */
export interface Sent {
  readonly operation: Operation;
  readonly sector: number;
  /** Of a copy pair: of its destination alone. */
  readonly sizeSectors: number;
  readonly address: number;
  readonly atNs: number;
  readonly tag: number;
  readonly bios: number;
  readonly request: Request;
}

/** What becomes of the n-th request: given back or refused at once, ended inside the call, or `holds`. */
export type Answer = { readonly gives: Status } | { readonly endsInline: Status } | 'holds';

/** Ends a request after some time. */
class Ending {
  private readonly request: Request;
  private readonly status: Status;

  constructor(request: Request, status: Status) {
    this.request = request;
    this.status = status;
  }

  fire(): void {
    const { queue } = this.request;
    queue.complete(this.request, this.status, queue.simulation.nowNs);
  }
}

export class FakeDriver implements Driver {
  readonly sent: Sent[] = [];
  readonly commits: number[] = [];
  readonly timedOut: Request[] = [];
  answer: (sent: Sent, index: number) => Answer = () => 'holds';
  onTimeout: (request: Request) => void = () => {};

  queueRequest(request: Request, _plug: Plug): Status {
    let bios = 0;
    for (let bio: Bio | null = request.first; bio !== null; bio = bio.next) bios += 1;
    const { operation, sector, address, tag, dataSectors } = request;
    const sizeSectors = operation === Operation.COPY_DST ? request.first.sizeSectors : dataSectors;
    const atNs = request.queue.simulation.nowNs + 0;
    const sent = { operation, sector, sizeSectors, address, atNs, tag, bios, request };
    this.sent.push(sent);
    const answer = this.answer(sent, this.sent.length - 1);
    if (answer === 'holds') return Status.OK;
    if ('gives' in answer) return answer.gives;
    request.queue.complete(request, answer.endsInline, atNs);
    return Status.OK;
  }

  commitRequests(hardwareQueue: number): void {
    this.commits.push(hardwareQueue);
  }

  timeout(request: Request): void {
    this.timedOut.push(request);
    this.onTimeout(request);
  }

  /** Ends the n-th request that was sent, now. */
  end(index: number, status: Status = Status.OK): void {
    const { request } = present(this.sent[index], `request ${index} was sent`);
    request.queue.complete(request, status, request.queue.simulation.nowNs);
  }

  /** Answers everything after `delayNs`, with what `outcome` says. */
  endAllAfter(delayNs: number, outcome: (sent: Sent) => Status = () => Status.OK): void {
    this.answer = (sent) => {
      this.endAfter(sent.request, delayNs, outcome(sent));
      return 'holds';
    };
  }

  endAfter(request: Request, delayNs: number, status: Status): void {
    const { simulation } = request.queue;
    const ending = new Ending(request, status);
    simulation.schedule(new Timer(ending, 0, 0), simulation.nowNs + delayNs);
  }

  /** What came, as `[operation, sector, sectors]`. */
  get children(): [Operation, number, number][] {
    return this.sent.map(({ operation, sector, sizeSectors }) => [operation, sector, sizeSectors]);
  }
}

/** Keeps what its bios came to. */
export class Submitter {
  readonly ended: { readonly bio: Bio; readonly status: Status; readonly atNs: number }[] = [];

  bioEnded(bio: Bio, atNs: number): void {
    this.ended.push({ bio, status: bio.status, atNs });
  }

  get statuses(): Status[] {
    return this.ended.map(({ status }) => status);
  }
}

/** Requests out at the driver. */
export function inFlight({ tags }: HardwareQueue): number {
  return tags.depth - tags.free;
}

export interface BlockWorldOptions {
  readonly limits?: Partial<Limits>;
  readonly costs?: Partial<HostCosts>;
  readonly queue?: Partial<Omit<RequestQueueOptions, 'limits'>>;
  readonly hardwareQueues?: number;
  /** Tags of each. */
  readonly depth?: number;
  readonly trace?: (simulation: Simulation) => Trace;
}

/** One device over a fake driver, on a host of its own. */
export class BlockWorld {
  readonly simulation = new Simulation();
  readonly account = new Account();
  readonly submitter = new Submitter();
  readonly driver = new FakeDriver();
  readonly host: Host;
  readonly queue: RequestQueue;
  readonly plug: Plug;
  readonly trace: Trace | null;

  constructor(options: BlockWorldOptions = {}) {
    const memory = new HostMemory({ unitBytes: 512, contentBytes: 0 });
    this.host = new Host('host', { ...FREE, ...options.costs }, memory, this.simulation);
    this.trace = options.trace === undefined ? null : options.trace(this.simulation);
    this.queue = this.device(this.driver, options);
    this.plug = new Plug(this.host, 0);
  }

  /** A further device of the same host. */
  device(driver: Driver, options: BlockWorldOptions = {}): RequestQueue {
    return new RequestQueue(
      {
        name: 'fake0',
        capacitySectors: 1 << 20,
        tags: Array.from({ length: options.hardwareQueues ?? 1 }, () => {
          return new Tags(options.depth ?? 64);
        }),
        timeoutNs: 30 * SECOND_NS,
        ...options.queue,
        limits: { ...LIMITS, ...options.limits },
      },
      driver,
      this.host,
      this.simulation,
      this.trace,
    );
  }

  bio(operation: Operation, sector: number, sizeSectors: number, address = 0): Bio {
    const bio = new Bio(this.submitter, this.account);
    bio.operation = operation;
    bio.sector = sector;
    bio.sizeSectors = sizeSectors;
    bio.address = address;
    return bio;
  }

  /** To the plug; sent by `plug.flush()`. */
  submit(
    operation: Operation,
    sector: number,
    sizeSectors: number,
    address = 0,
    device: BlockDevice = this.queue,
  ): Bio {
    const bio = this.bio(operation, sector, sizeSectors, address);
    device.submitBio(bio, this.plug);
    return bio;
  }

  plugOn(cpu: number): Plug {
    return new Plug(this.host, cpu);
  }

  /** Until nothing is due but, at most, the timeouts of what is still out. */
  settle(ns: number = SECOND_NS): void {
    this.simulation.advanceTo(this.simulation.nowNs + ns);
  }
}
