/**
 * The one seam to the kernel: system calls through koffi, an optional dependency. Each returns what
 * the kernel returns (sys/syscall.h of x86-64 and arm64): 0 or more, or -errno. Addresses are
 * Numbers (user addresses lie below 2^47); memory for them comes from an `Arena`.
 *
 * Nothing here loops, waits or judges. Left out: what node:fs does as well (stat, unlink, readdir).
 */

import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';
import { bindSyscalls } from './bind-syscalls.ts';

export type Fd = number;
/** Where in this process; a Number. */
export type Memory = number;
/** 0 or more, or -errno. */
export type Result = number;

export interface Syscalls {
  close(fd: Fd): Result;
  pread(fd: Fd, to: Memory, bytes: number, offset: number): Result;
  pwrite(fd: Fd, from: Memory, bytes: number, offset: number): Result;
  /** The offsets are 64-bit integers in memory, advanced by what was copied; 0: the file's own. */
  copyFileRange(
    sourceFd: Fd,
    sourceOffset: Memory,
    destinationFd: Fd,
    destinationOffset: Memory,
    bytes: number,
    flags: number,
  ): Result;
  splice(
    fromFd: Fd,
    fromOffset: Memory,
    toFd: Fd,
    toOffset: Memory,
    bytes: number,
    flags: number,
  ): Result;
  /** Two 32-bit descriptors at `into`: the reading end, then the writing one. */
  pipe2(into: Memory, flags: number): Result;
  fcntl(fd: Fd, command: number, argument: number): Result;
  ioctl(fd: Fd, request: number, argument: Memory): Result;
  fsync(fd: Fd): Result;
  fdatasync(fd: Fd): Result;
  syncfs(fd: Fd): Result;
  fallocate(fd: Fd, mode: number, offset: number, bytes: number): Result;
  fadvise(fd: Fd, offset: number, bytes: number, advice: number): Result;
  /** The address. */
  mmap(
    at: Memory,
    bytes: number,
    protection: number,
    flags: number,
    fd: Fd,
    offset: number,
  ): Result;
  munmap(at: Memory, bytes: number): Result;
  getrusage(who: number, into: Memory): Result;
  /** A struct timespec: seconds and nanoseconds, 64 bits each. */
  clockGettime(clock: number, into: Memory): Result;
  /** `pid` 0: the calling thread. */
  schedSetaffinity(pid: number, bytes: number, mask: Memory): Result;
  schedGetaffinity(pid: number, bytes: number, mask: Memory): Result;
  /** `pid` 0: this process; `set` or `get` 0: not. */
  prlimit(pid: number, resource: number, set: Memory, get: Memory): Result;
  fsetxattr(fd: Fd, name: string, value: Memory, bytes: number, flags: number): Result;
  fgetxattr(fd: Fd, name: string, value: Memory, bytes: number): Result;
  ioUringSetup(entries: number, parameters: Memory): Result;
  ioUringEnter(fd: Fd, toSubmit: number, least: number, flags: number): Result;
  /** With a struct io_uring_getevents_arg of so many bytes. */
  ioUringEnterFor(
    fd: Fd,
    toSubmit: number,
    least: number,
    flags: number,
    argument: Memory,
    bytes: number,
  ): Result;
  ioUringRegister(fd: Fd, opcode: number, argument: Memory, count: number): Result;
  /** `context` points to a 64-bit word that is 0. */
  ioSetup(entries: number, context: Memory): Result;
  ioDestroy(context: number): Result;
  ioSubmit(context: number, count: number, entries: Memory): Result;
  /** Waits for at least `least`; `timeout` 0: however long. */
  ioGetevents(
    context: number,
    least: number,
    most: number,
    events: Memory,
    timeout: Memory,
  ): Result;
  /** The bytes at an address that `mmap` gave, for as long as they are mapped: not after. */
  view(at: Memory, bytes: number): ArrayBuffer;
}

let loaded: Syscalls | string | null = null;

/** The system calls; or, in a sentence, what is missing. */
export function loadSyscalls(): Syscalls | string {
  loaded ??= bind();
  return loaded;
}

const ABSENT =
  'koffi is not installed, and system calls need it; npm install without --omit=optional';

function bind(): Syscalls | string {
  const { arch, platform } = process;
  if (platform !== 'linux') return `system calls are those of Linux, and this is ${platform}`;
  if (arch !== 'x64' && arch !== 'arm64') return `system calls are not known for ${arch}`;
  let koffi: typeof Koffi;
  try {
    // For tests alone: as if it were not installed.
    if (process.env['COFFER_TEST_NO_KOFFI'] !== undefined) return ABSENT;
    koffi = createRequire(import.meta.url)('koffi');
  } catch {
    return ABSENT;
  }
  return bindSyscalls(koffi, arch);
}
