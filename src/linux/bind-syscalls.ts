/**
 * The system calls as koffi binds them: one prototype each (a call with another number of arguments
 * would answer EFAULT), addresses as Numbers, which is the fastest of koffi's ways. What glibc has
 * no function for goes through syscall(2) by number.
 */

import type * as Koffi from 'koffi';
import type { Syscalls } from './syscalls.ts';

/** asm/unistd.h: x86-64 has a table of its own, arm64 the generic one. */
const NUMBERS = {
  x64: { ioSetup: 206, ioDestroy: 207, ioGetevents: 208, ioSubmit: 209 },
  arm64: { ioSetup: 0, ioDestroy: 1, ioSubmit: 2, ioGetevents: 4 },
} as const;
const IO_URING_SETUP = 425;
const IO_URING_ENTER = 426;
const IO_URING_REGISTER = 427;

export function bindSyscalls(koffi: typeof Koffi, arch: keyof typeof NUMBERS): Syscalls {
  const errno = koffi.errno;
  const result = (value: number): number => (value < 0 ? -errno() : value);
  return {
    ...bindFiles(koffi, result),
    ...bindProcess(koffi, result),
    ...bindRings(koffi, arch, result),
  };
}

type Check = (value: number) => number;

function bindFiles(koffi: typeof Koffi, result: Check) {
  const c = koffi.load(null);
  const close = c.func('close', 'int', ['int']);
  // MAX_RW_COUNT is 0x7ffff000: an int holds what a call can do, and costs less than an int64_t.
  const pread = c.func('pread64', 'int', ['int', 'uintptr_t', 'size_t', 'int64_t']);
  const pwrite = c.func('pwrite64', 'int', ['int', 'uintptr_t', 'size_t', 'int64_t']);
  const copyFileRange = c.func('copy_file_range', 'int64_t', [
    'int',
    'uintptr_t',
    'int',
    'uintptr_t',
    'size_t',
    'uint32_t',
  ]);
  const splice = c.func('splice', 'int64_t', [
    'int',
    'uintptr_t',
    'int',
    'uintptr_t',
    'size_t',
    'uint32_t',
  ]);
  const pipe2 = c.func('pipe2', 'int', ['uintptr_t', 'int']);
  const fcntl = c.func('fcntl64', 'int', ['int', 'int', 'long']);
  const ioctl = c.func('ioctl', 'int', ['int', 'unsigned long', 'uintptr_t']);
  const fsync = c.func('fsync', 'int', ['int']);
  const fdatasync = c.func('fdatasync', 'int', ['int']);
  const syncfs = c.func('syncfs', 'int', ['int']);
  const fallocate = c.func('fallocate64', 'int', ['int', 'int', 'int64_t', 'int64_t']);
  const fadvise = c.func('posix_fadvise64', 'int', ['int', 'int64_t', 'int64_t', 'int']);
  const fsetxattr = c.func('fsetxattr', 'int', ['int', 'str', 'uintptr_t', 'size_t', 'int']);
  const fgetxattr = c.func('fgetxattr', 'int', ['int', 'str', 'uintptr_t', 'size_t']);
  return {
    close: (fd) => result(close(fd)),
    pread: (fd, to, bytes, offset) => result(pread(fd, to, bytes, offset)),
    pwrite: (fd, from, bytes, offset) => result(pwrite(fd, from, bytes, offset)),
    copyFileRange: (from, fromOffset, to, toOffset, bytes, flags) =>
      result(copyFileRange(from, fromOffset, to, toOffset, bytes, flags)),
    splice: (from, fromOffset, to, toOffset, bytes, flags) =>
      result(splice(from, fromOffset, to, toOffset, bytes, flags)),
    pipe2: (into, flags) => result(pipe2(into, flags)),
    fcntl: (fd, command, argument) => result(fcntl(fd, command, argument)),
    ioctl: (fd, request, argument) => result(ioctl(fd, request, argument)),
    fsync: (fd) => result(fsync(fd)),
    fdatasync: (fd) => result(fdatasync(fd)),
    syncfs: (fd) => result(syncfs(fd)),
    fallocate: (fd, mode, offset, bytes) => result(fallocate(fd, mode, offset, bytes)),
    // The one that returns its error instead of setting errno.
    fadvise: (fd, offset, bytes, advice) => -fadvise(fd, offset, bytes, advice),
    fsetxattr: (fd, name, value, bytes, flags) => result(fsetxattr(fd, name, value, bytes, flags)),
    fgetxattr: (fd, name, value, bytes) => result(fgetxattr(fd, name, value, bytes)),
  } satisfies Partial<Syscalls>;
}

function bindProcess(koffi: typeof Koffi, result: Check) {
  const c = koffi.load(null);
  const mmap = c.func('mmap64', 'int64_t', ['uintptr_t', 'size_t', 'int', 'int', 'int', 'int64_t']);
  const munmap = c.func('munmap', 'int', ['uintptr_t', 'size_t']);
  const getrusage = c.func('getrusage', 'int', ['int', 'uintptr_t']);
  const clockGettime = c.func('clock_gettime', 'int', ['int', 'uintptr_t']);
  const setaffinity = c.func('sched_setaffinity', 'int', ['int', 'size_t', 'uintptr_t']);
  const getaffinity = c.func('sched_getaffinity', 'int', ['int', 'size_t', 'uintptr_t']);
  const prlimit = c.func('prlimit64', 'int', ['int', 'int', 'uintptr_t', 'uintptr_t']);
  return {
    mmap: (at, bytes, protection, flags, fd, offset) =>
      result(mmap(at, bytes, protection, flags, fd, offset)),
    munmap: (at, bytes) => result(munmap(at, bytes)),
    getrusage: (who, into) => result(getrusage(who, into)),
    clockGettime: (clock, into) => result(clockGettime(clock, into)),
    schedSetaffinity: (pid, bytes, mask) => result(setaffinity(pid, bytes, mask)),
    schedGetaffinity: (pid, bytes, mask) => result(getaffinity(pid, bytes, mask)),
    prlimit: (pid, resource, set, get) => result(prlimit(pid, resource, set, get)),
    view: (at, bytes) => koffi.view(at, bytes),
  } satisfies Partial<Syscalls>;
}

function bindRings(koffi: typeof Koffi, arch: keyof typeof NUMBERS, result: Check) {
  const c = koffi.load(null);
  const two = c.func('syscall', 'long', ['long', 'unsigned long', 'uintptr_t']);
  const one = c.func('syscall', 'long', ['long', 'uintptr_t']);
  const three = c.func('syscall', 'long', ['long', 'uintptr_t', 'long', 'uintptr_t']);
  const four = c.func('syscall', 'long', ['long', 'int', 'uint32_t', 'uintptr_t', 'uint32_t']);
  const enter = c.func('syscall', 'int', [
    'long',
    'int',
    'uint32_t',
    'uint32_t',
    'uint32_t',
    'uintptr_t',
    'size_t',
  ]);
  const events = c.func('syscall', 'int', [
    'long',
    'uintptr_t',
    'long',
    'long',
    'uintptr_t',
    'uintptr_t',
  ]);
  const numbers = NUMBERS[arch];
  return {
    ioUringSetup: (entries, parameters) => result(two(IO_URING_SETUP, entries, parameters)),
    ioUringEnter: (fd, toSubmit, least, flags) =>
      result(enter(IO_URING_ENTER, fd, toSubmit, least, flags, 0, 0)),
    ioUringEnterFor: (fd, toSubmit, least, flags, argument, bytes) =>
      result(enter(IO_URING_ENTER, fd, toSubmit, least, flags, argument, bytes)),
    ioUringRegister: (fd, opcode, argument, count) =>
      result(four(IO_URING_REGISTER, fd, opcode, argument, count)),
    ioSetup: (entries, context) => result(two(numbers.ioSetup, entries, context)),
    ioDestroy: (context) => result(one(numbers.ioDestroy, context)),
    ioSubmit: (context, count, entries) => result(three(numbers.ioSubmit, context, count, entries)),
    ioGetevents: (context, least, most, into, timeout) =>
      result(events(numbers.ioGetevents, context, least, most, into, timeout)),
  } satisfies Partial<Syscalls>;
}
