import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { EngineFailure } from '../../../src/linux/engine.ts';
import { Errno, errnoName } from '../../../src/linux/errno.ts';
import { Ring } from '../../../src/linux/ring.ts';
import { ringFlagNames, skipsCompletions } from '../../../src/linux/ring-setup.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { syscallsOrThrow } from '../../support/engine-rig.ts';

function whyNoRing(): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return syscalls;
  try {
    new Ring(syscalls, 2).close();
    return null;
  } catch (failure) {
    if (failure instanceof EngineFailure) return failure.message;
    throw failure;
  }
}

const missing = whyNoRing();
const withRing = test.skipIf(missing !== null);
const IORING_OP_NOP = 0;
const DEFER_TASKRUN = 1 << 13;
const SINGLE_ISSUER = 1 << 12;

const rings: Ring[] = [];
afterEach(() => {
  for (const ring of rings.splice(0)) {
    ring.drain();
    ring.close();
  }
});

type Change = (real: Syscalls) => Partial<Syscalls>;

function open(entries: number, change: Change = () => ({})): Ring {
  const real = syscallsOrThrow();
  const ring = new Ring({ ...real, ...change(real) }, entries);
  rings.push(ring);
  return ring;
}

/** What io_uring_setup was asked, and may be answered, in its words. */
const parameters = (real: Syscalls, at: number) => new Uint32Array(real.view(at, 120));

/** A kernel that does not know some flags. */
const without =
  (unknown: number): Change =>
  (real) => ({
    ioUringSetup: (entries, at) => {
      const flags = parameters(real, at)[2] ?? 0;
      return (flags & unknown) === 0 ? real.ioUringSetup(entries, at) : -Errno.EINVAL;
    },
  });

function pushNop(ring: Ring, index: number): void {
  ring.sqes.transfer(index, IORING_OP_NOP, -1, 0, 0, 0, 0);
  ring.push(index);
}

function seeAll(ring: Ring): number[] {
  const count = ring.available();
  const entries = Array.from({ length: count }, (_, nth) => {
    expect(ring.resultOf(nth)).toBe(0);
    return ring.entryOf(nth);
  });
  ring.seen(count);
  return entries;
}

const descriptors = (): number => readdirSync('/proc/self/fd').length;

function failureOf(change: Change, entries = 4): string {
  const before = descriptors();
  try {
    open(entries, change);
  } catch (failure) {
    expect(failure).toBeInstanceOf(EngineFailure);
    expect(descriptors()).toBe(before);
    return failure instanceof Error ? failure.message : '';
  }
  throw new Error('the ring was made');
}

describe(`a ring${missing === null ? '' : ` (${missing})`}`, () => {
  withRing('brings each completion once, through many rounds of both queues', () => {
    const ring = open(8);
    for (let round = 0; round < 1000; round += 1) {
      const count = 1 + (round % 8);
      for (let index = 0; index < count; index += 1) pushNop(ring, 7 - index);
      expect(ring.queued).toBe(count);
      ring.enter(count);
      expect([ring.queued, ring.underWay]).toEqual([0, count]);
      expect(seeAll(ring).toSorted((a, b) => a - b)).toEqual(
        [0, 1, 2, 3, 4, 5, 6, 7].slice(8 - count),
      );
      expect(ring.underWay).toBe(0);
    }
  });

  withRing.each([
    { unknown: 0, left: 'CQSIZE|COOP_TASKRUN|SINGLE_ISSUER|DEFER_TASKRUN' },
    { unknown: DEFER_TASKRUN, left: 'CQSIZE|COOP_TASKRUN|SINGLE_ISSUER' },
    { unknown: DEFER_TASKRUN | SINGLE_ISSUER, left: 'CQSIZE|COOP_TASKRUN' },
    { unknown: ~(1 << 3), left: 'CQSIZE' },
  ])('without flags $unknown has $left', ({ unknown, left }) => {
    const ring = open(4, without(unknown));
    // An older kernel than this one may have taken some away before.
    const best = open(4).flags;
    expect(ring.flags).toBe(best & ~unknown);
    if (best === (best | DEFER_TASKRUN)) expect(ringFlagNames(ring.flags)).toBe(left);
    pushNop(ring, 0);
    ring.enter(1);
    expect(seeAll(ring)).toEqual([0]);
  });

  withRing('works where the ring itself cannot be registered', () => {
    const ring = open(4, (real) => ({
      ioUringRegister: (fd, opcode, at, count) =>
        opcode === 20 ? -Errno.EINVAL : real.ioUringRegister(fd, opcode, at, count),
    }));
    pushNop(ring, 3);
    ring.enter(1);
    expect(seeAll(ring)).toEqual([3]);
  });

  withRing('linked entries of which the first says nothing bring one completion', () => {
    const ring = open(4);
    if (!skipsCompletions(ring.features)) return;
    const linked = (1 << 10) | (1 << 14);
    ring.sqes.transfer(0, IORING_OP_NOP | linked, -1, 0, 0, 0, 0);
    ring.sqes.transfer(1, IORING_OP_NOP, -1, 0, 0, 0, 0);
    ring.pushLinked(0, 1);
    expect(ring.queued).toBe(2);
    ring.enter(1);
    expect(seeAll(ring)).toEqual([1]);
    expect(ring.underWay).toBe(0);
  });
});

describe('a kernel that does not take all at once', () => {
  withRing('is given the rest', () => {
    const ring = open(8, (real) => ({
      ioUringEnter: (fd, count, least, flags) =>
        real.ioUringEnter(fd, Math.min(count, 3), count > 3 ? 0 : least, flags),
    }));
    for (let index = 0; index < 8; index += 1) pushNop(ring, index);
    ring.enter(8);
    expect(ring.queued).toBe(0);
    expect(seeAll(ring)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  withRing('EINTR is not the end of it', () => {
    let interrupted = 0;
    const ring = open(4, (real) => ({
      ioUringEnter: (...args) => {
        interrupted += 1;
        return interrupted % 2 === 1 ? -Errno.EINTR : real.ioUringEnter(...args);
      },
    }));
    pushNop(ring, 2);
    ring.enter(1);
    expect(interrupted).toBe(2);
    expect(seeAll(ring)).toEqual([2]);
  });

  withRing.each(['EAGAIN', 'EBUSY'] as const)('%s waits for a completion', (name) => {
    const calls: number[][] = [];
    let busy = false;
    const ring = open(4, (real) => ({
      ioUringEnter: (fd, count, least, flags) => {
        calls.push([count, least]);
        if (!busy || count === 0) return real.ioUringEnter(fd, count, 0, flags);
        busy = false;
        return -Errno[name];
      },
    }));
    pushNop(ring, 0);
    ring.enter(0);
    // As if one more were still to come: NOPs are done at once.
    ring.underWay += 1;
    busy = true;
    pushNop(ring, 1);
    ring.enter(0);
    ring.underWay -= 1;
    expect(calls.slice(1)).toEqual([
      [1, 0],
      [0, 2],
      [1, 0],
    ]);
    expect(seeAll(ring)).toEqual([0, 1]);
  });

  withRing('says it when there is nothing to wait for', () => {
    let answer: number = -Errno.EAGAIN;
    const ring = open(4, (real) => ({
      ioUringEnter: (...args) => (answer < 0 ? answer : real.ioUringEnter(...args)),
    }));
    pushNop(ring, 0);
    expect(() => ring.enter(0)).toThrow(`${errnoName(Errno.EAGAIN)}: io_uring_enter`);
    answer = -Errno.EFAULT;
    expect(() => ring.enter(0)).toThrow('EFAULT: io_uring_enter');
    expect(ring.underWay).toBe(0);
  });
});

describe('a ring that cannot be had', () => {
  const refusing =
    (errno: number): Change =>
    () => ({ ioUringSetup: () => -errno });

  withRing.each([
    { errno: Errno.ENOSYS, says: /^this kernel has no io_uring \(ENOSYS of io_uring_setup\)$/ },
    { errno: Errno.EPERM, says: /^io_uring is not allowed here \(EPERM\): kernel.io_uring_disabl/ },
    { errno: Errno.EINVAL, says: /too old: Linux 5.6 or newer is needed$/ },
    { errno: Errno.EMFILE, says: /^EMFILE: io_uring_setup$/ },
    { errno: Errno.ENOMEM, says: /^ENOMEM: io_uring_setup; RLIMIT_MEMLOCK \(ulimit -l\) is .+/ },
  ])('$errno: $says', ({ errno, says }) => {
    expect(failureOf(refusing(errno))).toMatch(says);
  });

  withRing('a ring of a kernel that cannot read or write', () => {
    const old: Change = (real) => ({
      ioUringSetup: (entries, at) => {
        const fd = real.ioUringSetup(entries, at);
        parameters(real, at)[5] = 1;
        return fd;
      },
    });
    expect(failureOf(old)).toMatch(/too old/);
  });

  withRing.each([0, 0x10000000])('no mapping at %i', (refused) => {
    const full: Change = (real) => ({
      mmap: (at, bytes, protection, flags, fd, offset) =>
        fd >= 0 && offset === refused
          ? -Errno.ENOMEM
          : real.mmap(at, bytes, protection, flags, fd, offset),
    });
    expect(failureOf(full)).toBe('ENOMEM: mmap of an io_uring');
  });

  withRing('more entries than a ring can have', () => {
    expect(failureOf(() => ({}), 32769)).toMatch(/32768 entries at most.*smaller iodepth/);
  });
});

withRing('closed, it leaves nothing open, and closing it again does no harm', () => {
  const before = descriptors();
  const ring = open(4);
  expect(descriptors()).toBe(before + 1);
  pushNop(ring, 0);
  ring.enter(0);
  pushNop(ring, 1);
  ring.drain();
  expect([ring.underWay, ring.queued]).toEqual([0, 1]);
  ring.close();
  expect(descriptors()).toBe(before);
  ring.close();
});

withRing('closed, it gives its place among the registered rings back', () => {
  // A thread has 16.
  const flags = Array.from({ length: 20 }, () => {
    let seen = 0;
    const ring = open(2, (real) => ({
      ioUringEnter: (fd, count, least, entered) => {
        seen = entered;
        return real.ioUringEnter(fd, count, least, entered);
      },
    }));
    pushNop(ring, 0);
    ring.enter(1);
    ring.drain();
    ring.close();
    return seen;
  });
  const registered = 1 << 4;
  const newer = (open(2).flags & SINGLE_ISSUER) !== 0;
  if (newer) expect(flags.every((entered) => (entered & registered) !== 0)).toBe(true);
  expect(new Set(flags).size).toBe(1);
});
