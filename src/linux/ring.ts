/**
 * An io_uring (io_uring(7)): the submission and the completion queue, mapped, and the system calls
 * that move them. Entries are pushed by index, so that whoever owns an entry may keep what is
 * constant in it.
 *
 * With DEFER_TASKRUN completions appear only when io_uring_enter(2) is called with GETEVENTS: it
 * always is, as by fio. A ring belongs to the thread that made it.
 */

import { assert } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { EngineFailure } from './engine.ts';
import { Errno, errnoName } from './errno.ts';
import { RingFd } from './ring-fd.ts';
import { limitsWaits, type NewRing, setUpRing } from './ring-setup.ts';
import { SQE_BYTES, Sqes } from './sqe.ts';
import type { Fd, Memory, Result, Syscalls } from './syscalls.ts';
import { WaitLimit } from './wait-limit.ts';

const IORING_OFF_SQES = 0x10000000;
const PROT_READ_WRITE = 3;
const MAP_SHARED = 0x01;
const MAP_POPULATE = 0x8000;

const WORD_BYTES = 4;
/** struct io_uring_cqe: user_data, res, flags. */
const CQE_BYTES = 16;
const CQE_WORDS = CQE_BYTES / WORD_BYTES;
const RESULT = 2;

export class Ring {
  /** IORING_SETUP flags it was made with. */
  readonly flags: number;
  readonly features: number;
  readonly sqes: Sqes;
  /** Entries pushed, and not yet handed over. */
  queued = 0;
  /** Completions to come, of what was handed over. */
  underWay = 0;
  /** Those that will come of what is queued. */
  promised = 0;
  private readonly syscalls: Syscalls;
  private readonly fd: RingFd;
  private readonly limit: WaitLimit;
  private readonly mappings: readonly Mapping[];
  private words: Int32Array;
  private readonly sqTailAt: number;
  private readonly sqArrayAt: number;
  private readonly sqMask: number;
  private readonly cqHeadAt: number;
  private readonly cqTailAt: number;
  private readonly cqesAt: number;
  private readonly cqMask: number;
  private readonly cqEntries: number;
  private sqTail = 0;
  private cqHead = 0;
  private open = true;

  /** With room for `entries`. Throws EngineFailure. */
  constructor(syscalls: Syscalls, entries: number) {
    const made = setUpRing(syscalls, entries);
    const mappings = mapRing(syscalls, made);
    const [queues, sqes] = mappings;
    this.syscalls = syscalls;
    this.fd = new RingFd(syscalls, made.fd);
    this.flags = made.flags;
    this.features = made.features;
    this.limit = new WaitLimit(syscalls);
    this.mappings = mappings;
    this.words = new Int32Array(syscalls.view(queues.address, queues.bytes));
    this.sqes = new Sqes(syscalls.view(sqes.address, sqes.bytes), made.sqEntries);
    const { layout } = made;
    const word = (offset: number): number => this.words[offset / WORD_BYTES] ?? 0;
    this.sqTailAt = layout.sqTail / WORD_BYTES;
    this.sqArrayAt = layout.sqArray / WORD_BYTES;
    this.sqMask = word(layout.sqMask);
    this.cqHeadAt = layout.cqHead / WORD_BYTES;
    this.cqTailAt = layout.cqTail / WORD_BYTES;
    this.cqesAt = layout.cqes / WORD_BYTES;
    this.cqMask = word(layout.cqMask);
    this.cqEntries = made.cqEntries;
  }

  register(opcode: number, argument: Memory, count: number): Result {
    return this.fd.register(opcode, argument, count);
  }

  /** The entry at `index` is filled. */
  push(index: number): void {
    this.append(index);
    this.promised += 1;
  }

  /** Two linked entries; the first says nothing when it succeeds, so that one completion comes. */
  pushLinked(first: number, second: number): void {
    this.append(first);
    this.append(second);
    this.promised += 1;
  }

  /** Hands over all that was pushed, and waits for `least` completions, unless a signal comes. */
  enter(least: number): void {
    Atomics.store(this.words, this.sqTailAt, this.sqTail);
    do {
      const handed = this.fd.enter(this.queued, least);
      if (handed < 0) {
        this.recover(-handed);
      } else {
        assert(handed > 0 || this.queued === 0, 'the kernel takes entries or says why not');
        this.queued -= handed;
      }
    } while (this.queued > 0);
    this.underWay += this.promised;
    this.promised = 0;
    assert(this.underWay <= this.cqEntries, 'each completion has a place');
  }

  /**
   * Waits for `least` of what was handed over, but no longer than `forNs`. A kernel without such a
   * limit is asked without waiting: whoever waits asks again.
   */
  waitFor(least: number, forNs: Nanoseconds): void {
    assert(this.queued === 0, 'what was pushed has been handed over');
    let result: Result;
    if (forNs === 0 || !limitsWaits(this.features)) {
      result = this.fd.enter(0, 0);
    } else {
      this.limit.set(forNs);
      result = this.fd.enterFor(0, least, this.limit);
    }
    if (result < 0 && result !== -Errno.ETIME) this.recover(-result);
  }

  /** Completions that can be looked at. */
  available(): number {
    return (Atomics.load(this.words, this.cqTailAt) - this.cqHead) | 0;
  }

  /** Index of the entry that the `nth` of those available belongs to. */
  entryOf(nth: number): number {
    return this.words[this.cqesAt + ((this.cqHead + nth) & this.cqMask) * CQE_WORDS] ?? 0;
  }

  /** What the system call would have returned. */
  resultOf(nth: number): Result {
    return this.words[this.cqesAt + ((this.cqHead + nth) & this.cqMask) * CQE_WORDS + RESULT] ?? 0;
  }

  /** Gives the places of `count` completions back. */
  seen(count: number): void {
    this.cqHead = (this.cqHead + count) | 0;
    this.underWay -= count;
    Atomics.store(this.words, this.cqHeadAt, this.cqHead);
  }

  /** Waits for what was handed over; what was only pushed is left. */
  drain(): void {
    while (this.underWay > 0) {
      const count = this.available();
      if (count > 0) {
        this.seen(count);
        continue;
      }
      const result = this.fd.enter(0, 1);
      if (result < 0) this.recover(-result);
    }
  }

  /** Nothing should be under way. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    // A view of what is no longer mapped would kill the process.
    this.words = new Int32Array(0);
    this.sqes.close();
    this.limit.close();
    for (const { address, bytes } of this.mappings) this.syscalls.munmap(address, bytes);
    this.fd.close();
  }

  private append(index: number): void {
    this.words[this.sqArrayAt + (this.sqTail & this.sqMask)] = index;
    this.sqTail = (this.sqTail + 1) | 0;
    this.queued += 1;
  }

  private recover(errno: number): void {
    if (errno === Errno.EINTR) return;
    const busy = errno === Errno.EAGAIN || errno === Errno.EBUSY;
    const seen = this.available();
    if (!busy || this.underWay <= seen) {
      throw new EngineFailure(`${errnoName(errno)}: io_uring_enter`);
    }
    // Short of memory: with the next completion some comes back.
    this.fd.enter(0, seen + 1);
  }
}

interface Mapping {
  readonly address: Memory;
  readonly bytes: Bytes;
}

/** Both queues, which share one mapping (IORING_FEAT_SINGLE_MMAP), then the submission entries. */
function mapRing(syscalls: Syscalls, made: NewRing): readonly [Mapping, Mapping] {
  const { layout, sqEntries, cqEntries } = made;
  const queueBytes = Math.max(
    layout.sqArray + sqEntries * WORD_BYTES,
    layout.cqes + cqEntries * CQE_BYTES,
  );
  let queues: Mapping | null = null;
  try {
    queues = map(syscalls, made.fd, queueBytes, 0);
    return [queues, map(syscalls, made.fd, sqEntries * SQE_BYTES, IORING_OFF_SQES)];
  } catch (failure) {
    if (queues !== null) syscalls.munmap(queues.address, queues.bytes);
    syscalls.close(made.fd);
    throw failure;
  }
}

function map(syscalls: Syscalls, fd: Fd, bytes: Bytes, offset: number): Mapping {
  const flags = MAP_SHARED | MAP_POPULATE;
  const address = syscalls.mmap(0, bytes, PROT_READ_WRITE, flags, fd, offset);
  if (address < 0) throw new EngineFailure(`${errnoName(-address)}: mmap of an io_uring`);
  return { address, bytes };
}
