/**
 * io_uring(7) as an engine: reads and writes at depth, copies as linked entries (uring-copies.ts).
 * One io_uring_enter(2) hands over what was queued; reaping looks at the completion queue, and
 * enters the kernel again only when too little is there. Submission is not left to that second
 * call: the time at which an I/O was handed over would be told wrong.
 *
 * Left out: offloaded copies (io_uring has no copy_file_range), passthrough commands
 * (IORING_OP_URING_CMD), polled completions. fsync is the loop's own plain system call.
 */

import { assert } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { COPY, READ, type Slots, TRIM } from '../workload/slots.ts';
import { type AsynchronousEngine, type Attempts, CALLS, type EngineSetting } from './engine.ts';
import { Errno } from './errno.ts';
import { Ring } from './ring.ts';
import type { Result } from './syscalls.ts';
import { openTrim, type TrimCall } from './trim.ts';
import { UringCopies } from './uring-copies.ts';
import { UringTransfers } from './uring-transfers.ts';

const READ_CALL = CALLS.indexOf('io_uring read');
const WRITE_CALL = CALLS.indexOf('io_uring write');

export class IoUring implements AsynchronousEngine {
  readonly synchronous = false;
  readonly ended: Int32Array;
  /** IORING_SETUP flags of its ring: fewer than asked for in an older kernel. */
  readonly flags: number;
  private readonly ring: Ring;
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  private readonly depth: number;
  private readonly transfers: UringTransfers;
  private readonly copies: UringCopies;
  private readonly trim: TrimCall;
  /** Slots whose attempt ended when it was queued: trims, and copies that were refused. */
  private readonly over: Int32Array;
  private overCount = 0;
  /** Whether the kernel was entered since the last reaping. */
  private entered = false;
  private open = true;

  constructor(setting: EngineSetting, ring: Ring, transfers: UringTransfers, copies: UringCopies) {
    this.ring = ring;
    this.flags = ring.flags;
    this.slots = setting.slots;
    this.attempts = setting.attempts;
    this.depth = setting.slots.depth;
    this.ended = new Int32Array(this.depth);
    this.over = new Int32Array(this.depth);
    this.transfers = transfers;
    this.copies = copies;
    this.trim = openTrim(setting);
  }

  queue(slot: number): void {
    const direction = this.slots.direction[slot];
    if (direction === TRIM) {
      this.trim.perform(slot);
      this.endAtOnce(slot);
    } else if (direction !== COPY) {
      this.queueRegular(slot, direction === READ);
    } else if (!this.copies.queue(slot)) {
      this.endAtOnce(slot);
    }
  }

  submit(): void {
    if (this.ring.queued === 0) return;
    this.ring.enter(0);
    this.entered = true;
  }

  reap(least: number, forNs: Nanoseconds = Infinity): number {
    const { ring } = this;
    const toCome = this.overCount + ring.underWay + ring.promised;
    assert(least <= toCome, 'what is waited for is under way');
    let ended = this.harvest(this.takeOver());
    if (forNs < Infinity) {
      if (ended < least) ended = this.harvestWithin(least - ended, forNs, ended);
      this.entered = false;
      return ended;
    }
    // A half of a copy that is queued while harvesting goes with the next call of the kernel.
    while (ended < least || (ended === 0 && !this.entered)) {
      ring.enter(Math.max(least - ended, 0));
      this.entered = true;
      ended = this.harvest(ended);
    }
    this.entered = false;
    return ended;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    try {
      this.ring.drain();
      this.transfers.unregister();
    } finally {
      this.ring.close();
      this.copies.close();
      this.trim.close();
    }
  }

  private queueRegular(slot: number, reads: boolean): void {
    const { slots, transfers } = this;
    const doneBytes = this.attempts.doneBytes[slot] ?? 0;
    const bytes = (slots.lengthBytes[slot] ?? 0) - doneBytes;
    const offset = (slots.offsetBytes[slot] ?? 0) + doneBytes;
    if (reads) transfers.read(slot, slot, offset, doneBytes, bytes, 0);
    else transfers.write(slot, slot, transfers.files.source(slot), offset, doneBytes, bytes);
    this.ring.push(slot);
  }

  private endAtOnce(slot: number): void {
    this.over[this.overCount] = slot;
    this.overCount += 1;
  }

  private takeOver(): number {
    const count = this.overCount;
    for (let i = 0; i < count; i += 1) this.ended[i] = this.over[i] ?? 0;
    this.overCount = 0;
    return count;
  }

  /** One wait, which ends with its time: how many have ended by then. */
  private harvestWithin(least: number, forNs: Nanoseconds, before: number): number {
    // Halves of copies that were queued while harvesting.
    if (this.ring.queued > 0) this.ring.enter(0);
    this.ring.waitFor(least, forNs);
    return this.harvest(before);
  }

  /** Looks at the completions that are there; how many slots have ended, `before` among them. */
  private harvest(before: number): number {
    const { ended, depth, ring } = this;
    const available = ring.available();
    if (available === 0) return before;
    let count = before;
    for (let nth = 0; nth < available; nth += 1) {
      const entry = ring.entryOf(nth);
      const slot = entry < depth ? entry : entry - depth;
      if (!this.completed(slot, entry, ring.resultOf(nth))) continue;
      ended[count] = slot;
      count += 1;
    }
    ring.seen(available);
    return count;
  }

  /** Whether the slot's attempt has ended with it. */
  private completed(slot: number, entry: number, result: Result): boolean {
    const direction = this.slots.direction[slot];
    if (direction !== COPY) this.regularEnded(slot, direction === READ, result);
    else if (entry === slot) return this.copies.firstEnded(slot, result);
    else this.copies.secondEnded(slot, result);
    return true;
  }

  private regularEnded(slot: number, reads: boolean, result: Result): void {
    const { attempts } = this;
    attempts.call[slot] = reads ? READ_CALL : WRITE_CALL;
    if (result > 0) {
      attempts.errno[slot] = 0;
      attempts.doneBytes[slot] = (attempts.doneBytes[slot] ?? 0) + result;
      return;
    }
    // Writing nothing says no errno, and must not be taken for the end of a source.
    attempts.errno[slot] = -result || (reads ? 0 : Errno.EIO);
  }
}

/** The ring belongs to the calling thread. Throws EngineFailure or OutOfMemory. */
export function openIoUring(setting: EngineSetting): IoUring {
  // A copy is two entries.
  const ring = new Ring(setting.syscalls, 2 * setting.slots.depth);
  try {
    const transfers = new UringTransfers(ring, setting);
    return new IoUring(setting, ring, transfers, new UringCopies(ring, transfers, setting));
  } catch (failure) {
    ring.close();
    throw failure;
  }
}
