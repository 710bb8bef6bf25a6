/**
 * io_uring_setup(2): a ring as the kernel makes it, and why it does not. The flags are those fio
 * sets (3.33); a kernel that does not know some of them (EINVAL) is asked for fewer.
 *
 * Left out: polled completions (IOPOLL), a kernel thread that submits (SQPOLL: it needs a core of
 * its own).
 */

import { Arena } from './arena.ts';
import { EngineFailure } from './engine.ts';
import { Errno, errnoName } from './errno.ts';
import { lockedMemoryLimit, sysctl } from './kernel-limits.ts';
import type { Fd, Syscalls } from './syscalls.ts';

const IORING_SETUP_CQSIZE = 1 << 3;
const IORING_SETUP_COOP_TASKRUN = 1 << 8;
const IORING_SETUP_SINGLE_ISSUER = 1 << 12;
const IORING_SETUP_DEFER_TASKRUN = 1 << 13;

/** The names of io_uring_setup(2), for who asks which flags a ring has. */
const FLAG_NAMES = [
  [IORING_SETUP_CQSIZE, 'CQSIZE'],
  [IORING_SETUP_COOP_TASKRUN, 'COOP_TASKRUN'],
  [IORING_SETUP_SINGLE_ISSUER, 'SINGLE_ISSUER'],
  [IORING_SETUP_DEFER_TASKRUN, 'DEFER_TASKRUN'],
] as const;

const OLDEST = IORING_SETUP_CQSIZE;
/** Linux 5.19, 6.0, 6.1. */
const COOPERATIVE = OLDEST | IORING_SETUP_COOP_TASKRUN;
const SINGLE = COOPERATIVE | IORING_SETUP_SINGLE_ISSUER;
const DEFERRED = SINGLE | IORING_SETUP_DEFER_TASKRUN;
const LADDER = [DEFERRED, SINGLE, COOPERATIVE, OLDEST] as const;

/** Came with IORING_OP_READ and IORING_OP_WRITE, and after the one mapping for both rings. */
const IORING_FEAT_RW_CUR_POS = 1 << 3;
const IORING_FEAT_EXT_ARG = 1 << 8;
const IORING_FEAT_CQE_SKIP = 1 << 11;

const ENTRIES_MAX = 32768;

/** struct io_uring_params, in words of 32 bits. */
const PARAMETER_WORDS = 30;
const SQ_ENTRIES = 0;
const CQ_ENTRIES = 1;
const FLAGS = 2;
const FEATURES = 5;
const SQ_OFF = 10;
const CQ_OFF = 20;

/** Where the parts of the mapping lie, in bytes from its beginning. */
export interface RingLayout {
  readonly sqTail: number;
  readonly sqMask: number;
  readonly sqArray: number;
  readonly cqHead: number;
  readonly cqTail: number;
  readonly cqMask: number;
  readonly cqes: number;
}

export interface NewRing {
  readonly fd: Fd;
  readonly flags: number;
  readonly features: number;
  readonly sqEntries: number;
  readonly cqEntries: number;
  readonly layout: RingLayout;
}

/** With room for `entries` submissions, and as many completions. Throws EngineFailure. */
export function setUpRing(syscalls: Syscalls, entries: number): NewRing {
  if (entries > ENTRIES_MAX) {
    throw new EngineFailure(
      `io_uring has ${ENTRIES_MAX} entries at most, two for each I/O: give a smaller iodepth`,
    );
  }
  const arena = new Arena(syscalls, PARAMETER_WORDS * 4);
  try {
    const words = new Uint32Array(arena.memory, 0, PARAMETER_WORDS);
    for (const flags of LADDER) {
      words.fill(0);
      words[CQ_ENTRIES] = entries;
      words[FLAGS] = flags;
      const fd = syscalls.ioUringSetup(entries, arena.address);
      if (fd >= 0) return made(syscalls, fd, words);
      if (fd !== -Errno.EINVAL) throw new EngineFailure(why(syscalls, -fd));
    }
    throw new EngineFailure(TOO_OLD);
  } finally {
    arena.close();
  }
}

const TOO_OLD = 'io_uring of this kernel is too old: Linux 5.6 or newer is needed';

function made(syscalls: Syscalls, fd: Fd, words: Uint32Array): NewRing {
  const word = (index: number): number => words[index] ?? 0;
  if ((word(FEATURES) & IORING_FEAT_RW_CUR_POS) === 0) {
    syscalls.close(fd);
    throw new EngineFailure(TOO_OLD);
  }
  return {
    fd,
    flags: word(FLAGS),
    features: word(FEATURES),
    sqEntries: word(SQ_ENTRIES),
    cqEntries: word(CQ_ENTRIES),
    layout: {
      sqTail: word(SQ_OFF + 1),
      sqMask: word(SQ_OFF + 2),
      sqArray: word(SQ_OFF + 6),
      cqHead: word(CQ_OFF),
      cqTail: word(CQ_OFF + 1),
      cqMask: word(CQ_OFF + 2),
      cqes: word(CQ_OFF + 5),
    },
  };
}

/** Whether of two linked requests one completion comes (IOSQE_CQE_SKIP_SUCCESS, Linux 5.17). */
export const skipsCompletions = (features: number): boolean =>
  (features & IORING_FEAT_CQE_SKIP) !== 0;

/** Whether io_uring_enter(2) takes a limit to its waiting (Linux 5.11). */
export const limitsWaits = (features: number): boolean => (features & IORING_FEAT_EXT_ARG) !== 0;

/** `CQSIZE|COOP_TASKRUN` */
export const ringFlagNames = (flags: number): string =>
  FLAG_NAMES.flatMap(([flag, name]) => ((flags & flag) === 0 ? [] : [name])).join('|');

function why(syscalls: Syscalls, errno: number): string {
  if (errno === Errno.ENOSYS) return 'this kernel has no io_uring (ENOSYS of io_uring_setup)';
  if (errno === Errno.EPERM) return `io_uring is not allowed here (EPERM): ${forbidden()}`;
  const memory = errno === Errno.ENOMEM ? `; ${lockedMemoryLimit(syscalls)}` : '';
  return `${errnoName(errno)}: io_uring_setup${memory}`;
}

function forbidden(): string {
  const name = 'kernel.io_uring_disabled';
  const value = sysctl(name);
  if (value === '2') return `${name} is 2, sysctl ${name}=0 allows it`;
  if (value === '1') {
    return `${name} is 1, so it is for root and the group of kernel.io_uring_group alone`;
  }
  return `${name} is ${value}, so it is a seccomp filter or another security policy`;
}
