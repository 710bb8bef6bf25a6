/**
 * A context of Linux's asynchronous I/O (io_setup(2)) with one request for each slot: struct iocb
 * and struct io_event of linux/aio_abi.h, in words of 32 bits.
 */

import { assert } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Arena } from './arena.ts';
import { EngineFailure } from './engine.ts';
import { Errno, errnoName } from './errno.ts';
import { sysctl } from './kernel-limits.ts';
import type { Fd, Memory, Result, Syscalls } from './syscalls.ts';
import { WaitLimit } from './wait-limit.ts';

const IOCB_CMD_PREAD = 0;
const IOCB_CMD_PWRITE = 1;

const IOCB_BYTES = 64;
const IOCB_WORDS = IOCB_BYTES / 4;
/** aio_data, which an event brings back. */
const DATA = 0;
/** aio_lio_opcode; aio_reqprio above it. */
const OPERATION = 4;
const FD = 5;
const ADDRESS = 6;
const LENGTH = 8;
const OFFSET = 10;

const POINTER_BYTES = 8;
const EVENT_BYTES = 32;
const EVENT_WORDS = EVENT_BYTES / 4;
/** res: 64 bits, of which the low word tells all there is. */
const RESULT = 4;
const HIGH = 2 ** 32;

export class AioContext {
  /** Handed over, and their events not yet seen. */
  underWay = 0;
  /** Pushed, and not yet handed over. */
  queuedCount = 0;
  /** Slots that io_submit refused, and why; who has dealt with them sets the count to 0. */
  refusedCount = 0;
  readonly refused: Int32Array;
  readonly refusedErrno: Int32Array;
  private readonly syscalls: Syscalls;
  private readonly depth: number;
  private readonly context: number;
  /** One request for each slot, the pointers io_submit takes, events. */
  private readonly arena: Arena;
  private readonly pointersAt: Memory;
  private readonly eventsAt: Memory;
  private requests: Uint32Array;
  private pointers: Uint32Array;
  private events: Int32Array;
  /** Slots behind the pointers, those handed over left out. */
  private readonly queued: Int32Array;
  private readonly limit: WaitLimit;
  private open = true;

  /** Throws EngineFailure or OutOfMemory. */
  constructor(syscalls: Syscalls, depth: number) {
    const pointersAt = depth * IOCB_BYTES;
    const eventsAt = pointersAt + depth * POINTER_BYTES;
    this.syscalls = syscalls;
    this.depth = depth;
    const arena = new Arena(syscalls, eventsAt + depth * EVENT_BYTES);
    this.arena = arena;
    this.context = setUp(syscalls, depth, arena);
    this.limit = new WaitLimit(syscalls);
    const { address, memory } = arena;
    this.pointersAt = address + pointersAt;
    this.eventsAt = address + eventsAt;
    this.requests = new Uint32Array(memory, 0, depth * IOCB_WORDS);
    this.pointers = new Uint32Array(memory, pointersAt, depth * 2);
    this.events = new Int32Array(memory, eventsAt, depth * EVENT_WORDS);
    this.refused = new Int32Array(depth);
    this.refusedErrno = new Int32Array(depth);
    this.queued = new Int32Array(depth);
    for (let slot = 0; slot < depth; slot += 1) this.requests[slot * IOCB_WORDS + DATA] = slot;
  }
  /** One request of the slot: the one before has ended. */
  push(slot: number, writes: boolean, fd: Fd, address: Memory, bytes: Bytes, offset: number): void {
    const { requests } = this;
    const at = slot * IOCB_WORDS;
    requests[at + OPERATION] = writes ? IOCB_CMD_PWRITE : IOCB_CMD_PREAD;
    requests[at + FD] = fd;
    setLong(requests, at + ADDRESS, address);
    setLong(requests, at + LENGTH, bytes);
    setLong(requests, at + OFFSET, offset);
    setLong(this.pointers, this.queuedCount * 2, this.arena.address + slot * IOCB_BYTES);
    this.queued[this.queuedCount] = slot;
    this.queuedCount += 1;
  }

  /** Hands over what was pushed; what the kernel has no room for now stays for the next time. */
  submit(): void {
    let from = 0;
    while (from < this.queuedCount) {
      const at = this.pointersAt + from * POINTER_BYTES;
      const result = this.syscalls.ioSubmit(this.context, this.queuedCount - from, at);
      assert(result !== 0, 'io_submit takes requests or says why not');
      if (result > 0) {
        from += result;
        this.underWay += result;
      } else if (result === -Errno.EAGAIN && this.underWay > 0) {
        break;
      } else {
        this.refuse(this.queued[from] ?? 0, -result);
        from += 1;
      }
    }
    if (from < this.queuedCount) this.keepFrom(from);
    else this.queuedCount = 0;
  }

  /**
   * Waits for `least` of those under way, for `forNs`, or a signal; how many events there are to
   * look at.
   */
  getEvents(least: number, forNs: Nanoseconds = Infinity): number {
    if (this.underWay === 0) return 0;
    const { syscalls, context, depth, eventsAt } = this;
    if (forNs < Infinity) this.limit.set(forNs);
    const result = syscalls.ioGetevents(
      context,
      Math.min(least, this.underWay),
      depth,
      eventsAt,
      forNs === Infinity ? 0 : this.limit.timespec,
    );
    if (result === -Errno.EINTR) return 0;
    if (result < 0) throw new EngineFailure(`${errnoName(-result)}: io_getevents`);
    this.underWay -= result;
    return result;
  }

  slotOf(event: number): number {
    return this.events[event * EVENT_WORDS + DATA] ?? 0;
  }

  /** What the system call would have returned. */
  resultOf(event: number): Result {
    return this.events[event * EVENT_WORDS + RESULT] ?? 0;
  }

  /** Waits for what is under way; what was only pushed is forgotten. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    try {
      while (this.underWay > 0) this.getEvents(this.underWay);
    } finally {
      this.syscalls.ioDestroy(this.context);
      // A view of what is no longer mapped would kill the process.
      this.requests = new Uint32Array(0);
      this.pointers = new Uint32Array(0);
      this.events = new Int32Array(0);
      this.limit.close();
      this.arena.close();
    }
  }

  private refuse(slot: number, errno: number): void {
    this.refused[this.refusedCount] = slot;
    this.refusedErrno[this.refusedCount] = errno;
    this.refusedCount += 1;
  }

  private keepFrom(from: number): void {
    this.pointers.copyWithin(0, from * 2, this.queuedCount * 2);
    this.queued.copyWithin(0, from, this.queuedCount);
    this.queuedCount -= from;
  }
}

const setLong = (words: Uint32Array, at: number, value: number): void => {
  // A store takes the value modulo 2^32, its fraction cut off.
  words[at] = value;
  words[at + 1] = value / HIGH;
};

/** The context; without one, `arena` is closed. */
function setUp(syscalls: Syscalls, depth: number, arena: Arena): number {
  const words = new Uint32Array(arena.memory, 0, 2);
  const result = syscalls.ioSetup(depth, arena.address);
  if (result < 0) {
    arena.close();
    throw new EngineFailure(whyNot(depth, -result));
  }
  const [low = 0, high = 0] = words;
  words.fill(0);
  return high * HIGH + low;
}

function whyNot(depth: number, errno: number): string {
  if (errno === Errno.ENOSYS) return 'this kernel has no Linux aio (ENOSYS of io_setup)';
  const what = `${errnoName(errno)}: io_setup for iodepth ${depth}`;
  if (errno !== Errno.EAGAIN) return what;
  const most = sysctl('fs.aio-max-nr');
  const taken = sysctl('fs.aio-nr');
  return (
    `${what}: fs.aio-max-nr is ${most}, of which ${taken} are taken (fs.aio-nr), and each I/O ` +
    'needs two or more; raise it with sysctl, or give a smaller iodepth or numjobs'
  );
}
