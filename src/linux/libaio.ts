/**
 * Linux's older asynchronous I/O (io_submit(2), io_getevents(2), linux/aio_abi.h), as libaio makes
 * use of it: reads and writes at depth; a copy is a read, and when that has come a write of what it
 * brought, which the engine goes on to by itself.
 *
 * It is asynchronous with O_DIRECT alone: without it io_submit is over when the I/O is, which is
 * the kernel's doing (fs/aio.c) and shows as submission latency. Left out: offload and emulation of
 * copies, polled completions, reaping from the mapped ring without a system call.
 */

import { assert } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { COPY, READ, type Slots, TRIM } from '../workload/slots.ts';
import { AioContext } from './aio-context.ts';
import { CopyRest } from './copy-rest.ts';
import {
  type AsynchronousEngine,
  type Attempts,
  bufferOf,
  CALLS,
  type EngineSetting,
  READ_WRITE,
} from './engine.ts';
import { Errno } from './errno.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Fd, Memory, Result } from './syscalls.ts';
import { openTrim, type TrimCall } from './trim.ts';

const READ_CALL = CALLS.indexOf('io_submit read');
const WRITE_CALL = CALLS.indexOf('io_submit write');

export class Libaio implements AsynchronousEngine {
  readonly synchronous = false;
  readonly ended: Int32Array;
  private readonly context: AioContext;
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  private readonly files: SlotFiles;
  private readonly buffersAt: Memory;
  private readonly bufferBytes: Bytes;
  private readonly rest: CopyRest;
  private readonly trim: TrimCall;
  /** Slots whose trim was over when it was queued. */
  private readonly trimmed: Int32Array;
  private trimmedCount = 0;
  /** Of copies: where the second half writes to. */
  private readonly destOffsetBytes: Float64Array;
  /** Whether the slot's request is a write: of a copy the second half. */
  private readonly writes: Uint8Array;
  private endedCount = 0;

  constructor(setting: EngineSetting, context: AioContext) {
    const { depth } = setting.slots;
    this.context = context;
    this.slots = setting.slots;
    this.attempts = setting.attempts;
    this.files = setting.files;
    this.buffersAt = bufferOf(setting, 0);
    this.bufferBytes = setting.bufferBytes;
    this.ended = new Int32Array(depth);
    this.rest = new CopyRest(setting.slots, setting.attempts);
    this.trim = openTrim(setting);
    this.trimmed = new Int32Array(depth);
    this.destOffsetBytes = new Float64Array(depth);
    this.writes = new Uint8Array(depth);
  }

  queue(slot: number): void {
    const direction = this.slots.direction[slot];
    if (direction === COPY) this.queueCopy(slot);
    else if (direction === TRIM) this.performTrim(slot);
    else this.queueRegular(slot);
  }

  submit(): void {
    this.context.submit();
  }

  reap(least: number, forNs: Nanoseconds = Infinity): number {
    const { context } = this;
    this.endedCount = 0;
    this.takeTrimmed();
    this.takeRefused();
    const underWay = context.underWay + context.queuedCount;
    assert(least <= this.endedCount + underWay, 'what is waited for is under way');
    do {
      const events = context.getEvents(Math.max(least - this.endedCount, 0), forNs);
      for (let nth = 0; nth < events; nth += 1) {
        this.completed(context.slotOf(nth), context.resultOf(nth));
      }
      // Second halves of copies.
      context.submit();
      this.takeRefused();
      // Within a time it is one wait: who has time left asks again.
      if (forNs < Infinity) break;
    } while (this.endedCount < least);
    return this.endedCount;
  }

  close(): void {
    this.context.close();
    this.trim.close();
  }

  private performTrim(slot: number): void {
    this.trim.perform(slot);
    this.trimmed[this.trimmedCount] = slot;
    this.trimmedCount += 1;
  }

  private takeTrimmed(): void {
    for (let nth = 0; nth < this.trimmedCount; nth += 1) {
      this.ended[nth] = this.trimmed[nth] ?? 0;
    }
    this.endedCount = this.trimmedCount;
    this.trimmedCount = 0;
  }

  private queueRegular(slot: number): void {
    const { slots } = this;
    const writes = slots.direction[slot] !== READ;
    const doneBytes = this.attempts.doneBytes[slot] ?? 0;
    const offset = (slots.offsetBytes[slot] ?? 0) + doneBytes;
    const bytes = (slots.lengthBytes[slot] ?? 0) - doneBytes;
    this.push(slot, writes, this.files.source(slot), offset, doneBytes, bytes);
  }

  private queueCopy(slot: number): void {
    const { rest } = this;
    assert(this.attempts.path[slot] === READ_WRITE, 'libaio copies by reading and writing');
    rest.locate(slot);
    this.destOffsetBytes[slot] = rest.destOffsetBytes;
    const bytes = Math.min(rest.lengthBytes, this.bufferBytes);
    this.push(slot, false, this.files.source(slot), rest.sourceOffsetBytes, 0, bytes);
  }

  private push(
    slot: number,
    writes: boolean,
    fd: Fd,
    offset: number,
    intoBytes: Bytes,
    bytes: Bytes,
  ): void {
    this.writes[slot] = writes ? 1 : 0;
    const address = this.buffersAt + slot * this.bufferBytes + intoBytes;
    this.context.push(slot, writes, fd, address, bytes, offset);
  }

  /** Those that io_submit refused have ended without an event. */
  private takeRefused(): void {
    const { context } = this;
    const count = context.refusedCount;
    for (let nth = 0; nth < count; nth += 1) {
      this.completed(context.refused[nth] ?? 0, -(context.refusedErrno[nth] ?? 0));
    }
    context.refusedCount = 0;
  }

  private completed(slot: number, result: Result): void {
    const { attempts } = this;
    const writes = this.writes[slot] === 1;
    const copies = this.slots.direction[slot] === COPY;
    if (copies && !writes && result > 0) {
      const fd = this.files.destination(slot);
      this.push(slot, true, fd, this.destOffsetBytes[slot] ?? 0, 0, result);
      return;
    }
    attempts.call[slot] = writes ? WRITE_CALL : READ_CALL;
    // Writing nothing says no errno, and must not be taken for the end of a source.
    attempts.errno[slot] = result > 0 ? 0 : -result || (writes ? Errno.EIO : 0);
    if (result > 0) attempts.doneBytes[slot] = (attempts.doneBytes[slot] ?? 0) + result;
    this.ended[this.endedCount] = slot;
    this.endedCount += 1;
  }
}

/** Throws EngineFailure or OutOfMemory. */
export function openLibaio(setting: EngineSetting): Libaio {
  return new Libaio(setting, new AioContext(setting.syscalls, setting.slots.depth));
}
