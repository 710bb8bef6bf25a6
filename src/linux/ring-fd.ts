/**
 * The descriptor of a ring, registered with the thread that uses it (io_uring_register(2),
 * IORING_REGISTER_RING_FDS, Linux 5.18): in a process of several threads, as Node is, it saves
 * io_uring_enter(2) the counted look-up of a shared descriptor, some per cent of a small read. An
 * older kernel is told the descriptor itself.
 */

import { assert } from '../units/assert.ts';
import { Arena } from './arena.ts';
import type { Fd, Result, Syscalls } from './syscalls.ts';
import { ARGUMENT_BYTES, type WaitLimit } from './wait-limit.ts';

const IORING_REGISTER_RING_FDS = 20;
const IORING_UNREGISTER_RING_FDS = 21;
const IORING_ENTER_GETEVENTS = 1;
const IORING_ENTER_EXT_ARG = 1 << 3;
const IORING_ENTER_REGISTERED_RING = 1 << 4;

/** struct io_uring_rsrc_update: offset, reserved, data of 64 bits. */
const UPDATE_BYTES = 16;
const OFFSET = 0;
const DATA = 2;
const ANY_PLACE = 0xffffffff;

export class RingFd {
  readonly registered: boolean;
  private readonly syscalls: Syscalls;
  private readonly fd: Fd;
  /** The descriptor, or its place among those registered. */
  private readonly enterFd: number;
  private readonly enterFlags: number;

  constructor(syscalls: Syscalls, fd: Fd) {
    this.syscalls = syscalls;
    this.fd = fd;
    const place = update(syscalls, fd, IORING_REGISTER_RING_FDS, ANY_PLACE, fd);
    this.registered = place >= 0;
    this.enterFd = this.registered ? place : fd;
    const named = this.registered ? IORING_ENTER_REGISTERED_RING : 0;
    this.enterFlags = IORING_ENTER_GETEVENTS | named;
  }

  /** With GETEVENTS, without which no completion of DEFER_TASKRUN would appear. */
  enter(toSubmit: number, least: number): Result {
    return this.syscalls.ioUringEnter(this.enterFd, toSubmit, least, this.enterFlags);
  }

  /** Waits no longer than the limit says; -ETIME when it did, and nothing was handed over. */
  enterFor(toSubmit: number, least: number, limit: WaitLimit): Result {
    const flags = this.enterFlags | IORING_ENTER_EXT_ARG;
    const { argument } = limit;
    return this.syscalls.ioUringEnterFor(
      this.enterFd,
      toSubmit,
      least,
      flags,
      argument,
      ARGUMENT_BYTES,
    );
  }

  register(opcode: number, argument: number, count: number): Result {
    return this.syscalls.ioUringRegister(this.fd, opcode, argument, count);
  }

  close(): void {
    const { syscalls, fd, enterFd } = this;
    // Registered, the ring would live on until its thread ends.
    const left = this.registered ? update(syscalls, fd, IORING_UNREGISTER_RING_FDS, enterFd, 0) : 0;
    syscalls.close(fd);
    assert(left >= 0, 'what was registered can be unregistered');
  }
}

/** The place that the descriptor has now, or -errno. */
function update(syscalls: Syscalls, fd: Fd, opcode: number, place: number, data: Fd): Result {
  const arena = new Arena(syscalls, UPDATE_BYTES);
  const words = new Uint32Array(arena.memory, 0, UPDATE_BYTES / 4);
  words[OFFSET] = place;
  words[DATA] = data;
  const result = syscalls.ioUringRegister(fd, opcode, arena.address, 1);
  const placed = words[OFFSET];
  arena.close();
  return result < 0 ? result : placed;
}
