/**
 * The application: one clone of a job as a task on its CPU, in fio's loop. It submits while a slot
 * is free, one system call a batch (of one I/O unless a job says otherwise); then it reaps what has
 * ended, one system call; then it sleeps. A slice on the CPU is one submission and the reap before
 * it; what it built is sent when the slice is over.
 *
 * A synchronous engine submits and waits in one call, so reaping costs it nothing more.
 */

import { Plug } from '../block/plug.ts';
import { type Cpu, Slice } from '../host/cpu.ts';
import type { HostCosts } from '../host/host.ts';
import type { Account } from '../measure/account.ts';
import { type TimerTarget, Timer } from '../sim/timer.ts';
import { present } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { Status } from '../workload/status.ts';
import { DONE, ISSUE, LATER, type Verdict, VERIFY, WAIT } from '../workload/verdict.ts';
import type { Workload } from '../workload/workload.ts';
import { Accounts } from './accounts.ts';
import { Alarm, type Sleeper } from './alarm.ts';
import {
  awaited,
  type Batches,
  type CopyCheck,
  type Failure,
  failureOf,
  type ProcessOptions,
} from './process-options.ts';
import { Ring } from './ring.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';

const NO_SLOT = -1;

type State = 'new' | 'running' | 'sleeping' | 'ended';

export class JobProcess implements TimerTarget, StageOwner, Sleeper {
  readonly workload: Workload;
  failure: Failure | null = null;
  private readonly costs: HostCosts;
  private readonly cpu: Cpu;
  private readonly synchronous: boolean;
  private readonly batches: Batches;
  private readonly check: CopyCheck | null;
  private readonly whenEnded: () => void;
  private readonly accounts: Accounts;
  private readonly plug: Plug;
  private readonly slice: Slice;
  private readonly ios: readonly SlotIo[];
  private readonly free: Ring;
  /** Slots whose stage has ended, not reaped yet. */
  private readonly ended: Ring;
  /** Slots reaped that want another submission. */
  private readonly again: Ring;
  /** Slot of the submission that the present slice builds. */
  private slot = NO_SLOT;
  private more = false;
  /** Of its batch: slots that have been built, and those that are prepared to be. */
  private readonly built: Ring;
  private readonly next: Ring;
  /** By slot: the submission is the first of its I/O: its return ends the submission latency. */
  private readonly first: Uint8Array;
  /** It has submitted, and is to reap without waiting. */
  private polls = false;
  private readonly alarm: Alarm;
  private state: State = 'new';
  /** It sleeps until so many have ended. */
  private awaited = 1;
  /** When the process got its CPU, or got it back: what it does next costs from here on. */
  private nowNs: Nanoseconds = -0;

  constructor(options: ProcessOptions) {
    this.workload = options.workload;
    this.costs = options.host.costs;
    this.cpu = options.host.cpu(options.cpu);
    this.synchronous = options.synchronous;
    this.batches = options.batches;
    this.check = options.check;
    this.whenEnded = options.ended;
    this.accounts = new Accounts(this.workload);
    this.plug = new Plug(options.host, options.cpu);
    this.alarm = new Alarm(options.host.simulation, this);
    this.slice = new Slice(new Timer(this, 0, 0));
    const depth = options.workload.spec.depth;
    this.ios = Array.from({ length: depth }, (_, slot) => options.makeIo(slot, this));
    this.free = new Ring(depth);
    this.ended = new Ring(depth);
    this.again = new Ring(depth);
    this.built = new Ring(depth);
    this.next = new Ring(depth);
    this.first = new Uint8Array(depth);
    for (let slot = 0; slot < depth; slot += 1) this.free.push(slot);
  }

  start(nowNs: Nanoseconds): void {
    this.workload.begin(nowNs);
    this.state = 'running';
    this.nowNs = nowNs;
    this.turn();
  }

  /** Issues no more, and has ended when what is under way has. */
  stop(): void {
    this.workload.stop();
    if (this.workload.inFlight === 0) this.resume();
  }

  /** What it sleeps for may have come: it asks again. */
  resume(): void {
    if (this.state !== 'sleeping') return;
    this.alarm.cancel();
    this.woken();
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
    if (this.state !== 'sleeping' || this.ended.size < this.awaited) return;
    this.alarm.cancel();
    this.wake(this.accounts.ofSlot(slot), atNs);
  }

  /** The time that a rate or a pause was waited for has come. */
  woken(): void {
    this.wake(this.accounts.own, this.cpu.nowNs);
  }

  private wake(account: Account, atNs: Nanoseconds): void {
    this.state = 'running';
    this.plug.charge(account, this.costs.contextSwitchNs);
    this.run(atNs);
  }

  /** What was built goes out; an offload may have more to build, each part a slice of its own. */
  private send(): void {
    this.plug.flush();
    if (this.more) {
      this.plug.buildsAtNs = this.cpu.startNs(this.nowNs);
      this.more = this.io(this.slot).submit(this.plug, this.accounts.ofSlot(this.slot));
      if (this.batches.batch > 1) this.buildNext();
      this.run(this.nowNs);
      return;
    }
    // What the flush completed has lengthened the call: inline, or in an interrupt that came at
    // once.
    this.nowNs = this.cpu.afterInterruptsNs(this.nowNs);
    const returnNs = this.nowNs + this.plug.costNs;
    while (this.built.size > 0) this.sent(this.built.shift(), returnNs);
    const { slot } = this;
    this.slot = NO_SLOT;
    this.sent(slot, returnNs);
    this.polls = this.batches.completeMin === 0;
    this.turn();
  }

  private sent(slot: number, returnNs: Nanoseconds): void {
    if (this.first[slot] === 1) this.workload.issued(slot, returnNs);
    this.io(slot).sent(returnNs);
  }

  /** What the application does next, being on its CPU. */
  private turn(): void {
    this.plug.buildsAtNs = this.cpu.startNs(this.nowNs);
    if (this.polls) this.reap();
    for (;;) {
      const verdict = this.prepare();
      if (verdict === ISSUE) {
        if (this.batches.batch > 1) this.prepareMore();
        this.submit();
        break;
      }
      if (verdict === DONE) {
        // The last reap takes its time before the process is gone.
        if (this.plug.costNs > 0) break;
        this.end();
        return;
      }
      const out = verdict === LATER ? 1 : this.ios.length - this.free.size;
      this.awaited = awaited(this.batches, out);
      if (this.ended.size < this.awaited) {
        if (this.plug.costNs > 0 || (verdict === LATER && this.spins())) break;
        this.state = 'sleeping';
        if (verdict === LATER) this.alarm.set(this.workload.wakeNs);
        return;
      }
      this.reap();
    }
    this.run(this.nowNs);
  }

  /** What a pause takes of the CPU is work to be done. */
  private spins(): boolean {
    const { pace, wakeNs } = this.workload;
    const spinNs = Math.min(pace?.spinUntilNs ?? 0, wakeNs) - this.nowNs;
    if (spinNs > 0) this.plug.charge(this.accounts.own, spinNs);
    return spinNs > 0;
  }

  /** Of what is submitted next the slot, where there is any: what goes on, then what is new. */
  private prepare(): Verdict {
    const { again, first, free, workload } = this;
    if (again.size > 0) {
      this.slot = again.shift();
      first[this.slot] = 0;
      return ISSUE;
    }
    if (free.size === 0) return WAIT;
    const slot = free.peek();
    const { applicationNs } = this.costs;
    const verdict = workload.next(slot, this.nowNs + this.plug.costNs + applicationNs);
    if (verdict === VERIFY) {
      workload.readBack(this.nowNs + this.plug.costNs);
      return this.prepare();
    }
    if (verdict !== ISSUE) return verdict;
    free.shift();
    this.plug.charge(this.accounts.ofSlot(slot), applicationNs);
    this.check?.issued(slot);
    this.io(slot).begin();
    first[slot] = 1;
    this.slot = slot;
    return ISSUE;
  }

  /** The rest of the batch. */
  private prepareMore(): void {
    const { slot } = this;
    while (this.next.size + 1 < this.batches.batch && this.prepare() === ISSUE) {
      this.next.push(this.slot);
    }
    this.slot = slot;
  }

  private submit(): void {
    const { slot } = this;
    const account = this.accounts.ofSlot(slot);
    this.plug.charge(account, this.costs.syscallNs);
    this.more = this.io(slot).submit(this.plug, account);
    if (this.batches.batch > 1) this.buildNext();
  }

  /** In the same slice, up to one that has more to build. */
  private buildNext(): void {
    while (!this.more && this.next.size > 0) {
      this.built.push(this.slot);
      this.slot = this.next.shift();
      this.more = this.io(this.slot).submit(this.plug, this.accounts.ofSlot(this.slot));
    }
  }

  private reap(): void {
    const { ended } = this;
    this.polls = false;
    if (!this.synchronous) {
      const account = ended.size > 0 ? this.accounts.ofSlot(ended.peek()) : this.accounts.own;
      this.plug.charge(account, this.costs.syscallNs);
    }
    for (let most = this.batches.completeMax; most > 0 && ended.size > 0; most -= 1) {
      const slot = ended.shift();
      const io = this.io(slot);
      if (io.reaped()) this.complete(slot, io);
      else this.again.push(slot);
    }
  }

  private complete(slot: number, io: SlotIo): void {
    const failed = io.status !== Status.OK;
    if (failed) this.failure ??= failureOf(this.workload.slots, slot, io.status);
    this.workload.complete(slot, this.nowNs + this.plug.costNs, io.doneBytes, failed);
    io.credit();
    this.check?.ended(slot, io.doneBytes);
    this.free.push(slot);
  }

  private end(): void {
    this.state = 'ended';
    this.alarm.cancel();
    this.whenEnded();
  }

  private run(readyNs: Nanoseconds): void {
    this.cpu.run(this.slice, readyNs, this.plug.takeCost());
  }

  private io(slot: number): SlotIo {
    return present(this.ios[slot], 'an I/O for each slot');
  }
}
