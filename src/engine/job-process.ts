/**
 * The application: one clone of a job as a task on its CPU, in fio's loop. It submits while a slot
 * is free, one system call an I/O; then it reaps one that has ended, one system call; then it
 * sleeps. A slice on the CPU is one submission and the reap before it; what it built is sent when
 * the slice is over.
 *
 * A synchronous engine submits and waits in one call, so reaping costs it nothing more.
 */

import { Plug } from '../block/plug.ts';
import { type Cpu, Slice } from '../host/cpu.ts';
import type { Host, HostCosts } from '../host/host.ts';
import { Account } from '../measure/account.ts';
import { type TimerTarget, Timer } from '../sim/timer.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { COPY } from '../workload/slots.ts';
import { Status } from '../workload/status.ts';
import { DONE, ISSUE, type Workload } from '../workload/workload.ts';
import { Ring } from './ring.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';

/**
 * Told of each I/O, so that the destination can be held against its sources
 * (workload/expectation.ts).
 */
export interface CopyCheck {
  issued(slot: number): void;
  ended(slot: number, doneBytes: Bytes): void;
}

export interface ProcessOptions {
  readonly workload: Workload;
  readonly host: Host;
  readonly cpu: number;
  readonly synchronous: boolean;
  /** An I/O that fails does not stop the job. */
  readonly continueOnError: boolean;
  /** null: nobody holds the destination against the source. */
  readonly check: CopyCheck | null;
  readonly makeIo: (slot: number, owner: StageOwner) => SlotIo;
  readonly ended: () => void;
}

/** The first I/O that failed, for the record's `error`. */
export interface Failure {
  readonly status: Status;
  readonly direction: number;
  readonly offsetBytes: Bytes;
  readonly lengthBytes: Bytes;
}

type State = 'new' | 'running' | 'sleeping' | 'ended';

const NO_SLOT = -1;

export class JobProcess implements TimerTarget, StageOwner {
  readonly workload: Workload;
  failure: Failure | null = null;
  private readonly costs: HostCosts;
  private readonly cpu: Cpu;
  private readonly synchronous: boolean;
  private readonly continueOnError: boolean;
  private readonly check: CopyCheck | null;
  private readonly whenEnded: () => void;
  /** By direction. */
  private readonly accounts: readonly Account[];
  private readonly plug: Plug;
  private readonly slice: Slice;
  private readonly ios: readonly SlotIo[];
  private readonly free: Ring;
  /** Slots whose stage has ended, not reaped yet. */
  private readonly ended: Ring;
  /** Slots reaped that want another submission. */
  private readonly again: Ring;
  private state: State = 'new';
  /** Slot of the submission that the present slice builds. */
  private slot = NO_SLOT;
  private more = false;
  /** When the process got its CPU, or got it back: what it does next costs from here on. */
  private nowNs: Nanoseconds = -0;
  /** Whether that submission is the first of its I/O: its return ends the submission latency. */
  private first = false;

  constructor(options: ProcessOptions) {
    this.workload = options.workload;
    this.costs = options.host.costs;
    this.cpu = options.host.cpu(options.cpu);
    this.synchronous = options.synchronous;
    this.continueOnError = options.continueOnError;
    this.check = options.check;
    this.whenEnded = options.ended;
    this.accounts = this.workload.measurements.map(
      (measured) => measured?.account ?? new Account(),
    );
    this.plug = new Plug(options.host, options.cpu);
    this.slice = new Slice(new Timer(this, 0, 0));
    const depth = options.workload.spec.depth;
    this.ios = Array.from({ length: depth }, (_, slot) => options.makeIo(slot, this));
    this.free = new Ring(depth);
    this.ended = new Ring(depth);
    this.again = new Ring(depth);
    for (let slot = 0; slot < depth; slot += 1) this.free.push(slot);
  }

  start(nowNs: Nanoseconds): void {
    this.workload.begin(nowNs);
    this.state = 'running';
    this.nowNs = nowNs;
    this.turn();
  }

  get running(): boolean {
    return this.state !== 'ended';
  }

  /** The slice is over. */
  fire(): void {
    if (this.cpu.extended(this.slice)) return;
    this.nowNs = this.cpu.nowNs;
    if (this.slot === NO_SLOT) this.turn();
    else this.send();
  }

  stageEnded(slot: number, atNs: Nanoseconds): void {
    this.ended.push(slot);
    if (this.state !== 'sleeping') return;
    this.state = 'running';
    this.plug.charge(this.account(slot), this.costs.contextSwitchNs);
    this.run(atNs);
  }

  /** What was built goes out; an offload may have more to build, each part a slice of its own. */
  private send(): void {
    const slot = this.slot;
    const io = this.io(slot);
    this.plug.flush();
    if (this.more) {
      this.plug.buildsAtNs = this.cpu.startNs(this.nowNs);
      this.more = io.submit(this.plug, this.account(slot));
      this.run(this.nowNs);
      return;
    }
    // What the flush completed has lengthened the call: inline, or in an interrupt that came at
    // once.
    this.nowNs = this.cpu.afterInterruptsNs(this.nowNs);
    const returnNs = this.nowNs + this.plug.costNs;
    if (this.first) this.workload.issued(slot, returnNs);
    this.slot = NO_SLOT;
    io.sent(returnNs);
    this.turn();
  }

  /** What the application does next, being on its CPU. */
  private turn(): void {
    this.plug.buildsAtNs = this.cpu.startNs(this.nowNs);
    for (;;) {
      if (this.again.size > 0) {
        this.submit(this.again.shift(), false);
        break;
      }
      if (this.free.size > 0) {
        const slot = this.free.peek();
        const { applicationNs } = this.costs;
        const verdict = this.workload.next(slot, this.nowNs + this.plug.costNs + applicationNs);
        if (verdict === ISSUE) {
          this.free.shift();
          this.issue(slot);
          break;
        }
        if (verdict === DONE) {
          // The last reap takes its time before the process is gone.
          if (this.plug.costNs > 0) break;
          this.end();
          return;
        }
      }
      if (this.ended.size === 0) {
        if (this.plug.costNs > 0) break;
        this.state = 'sleeping';
        return;
      }
      this.reap();
    }
    this.run(this.nowNs);
  }

  private issue(slot: number): void {
    this.plug.charge(this.account(slot), this.costs.applicationNs);
    this.check?.issued(slot);
    this.io(slot).begin();
    this.submit(slot, true);
  }

  private submit(slot: number, first: boolean): void {
    const account = this.account(slot);
    this.plug.charge(account, this.costs.syscallNs);
    this.slot = slot;
    this.first = first;
    this.more = this.io(slot).submit(this.plug, account);
  }

  /** One call reaps one: fio's iodepth_batch_complete_max is 1 unless a job says otherwise. */
  private reap(): void {
    const slot = this.ended.shift();
    if (!this.synchronous) {
      this.plug.charge(this.account(slot), this.costs.syscallNs);
    }
    const io = this.io(slot);
    if (io.reaped()) this.complete(slot, io);
    else this.again.push(slot);
  }

  private complete(slot: number, io: SlotIo): void {
    const failed = io.status !== Status.OK;
    if (failed) this.fail(slot, io.status);
    this.workload.complete(slot, this.nowNs + this.plug.costNs, io.doneBytes, failed);
    io.credit();
    this.check?.ended(slot, io.doneBytes);
    this.free.push(slot);
  }

  /** Stops the job, unless continue_on_error lets it go on. */
  private fail(slot: number, status: Status): void {
    const slots = this.workload.slots;
    this.failure ??= {
      status,
      direction: slots.direction[slot] ?? COPY,
      offsetBytes: slots.offsetBytes[slot] ?? 0,
      lengthBytes: slots.lengthBytes[slot] ?? 0,
    };
    if (!this.continueOnError) this.workload.stop();
  }

  private end(): void {
    this.state = 'ended';
    this.whenEnded();
  }

  private run(readyNs: Nanoseconds): void {
    this.cpu.run(this.slice, readyNs, this.plug.takeCost());
  }

  private io(slot: number): SlotIo {
    return present(this.ios[slot], 'an I/O for each slot');
  }

  private account(slot: number): Account {
    const direction = this.workload.slots.direction[slot] ?? 0;
    return present(this.accounts[direction], 'an account for each direction');
  }
}
