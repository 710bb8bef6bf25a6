import { afterEach, describe, expect, test } from 'vitest';
import { AioContext } from '../../../src/linux/aio-context.ts';
import { EngineFailure } from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { Ring } from '../../../src/linux/ring.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { WaitLimit } from '../../../src/linux/wait-limit.ts';
import { syscallsOrThrow } from '../../support/engine-rig.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Change = (real: Syscalls) => Partial<Syscalls>;

function openRing(change: Change = () => ({})): Ring {
  const real = syscallsOrThrow();
  const ring = new Ring({ ...real, ...change(real) }, 4);
  closers.push(() => ring.close());
  return ring;
}

function whyNot(open: () => unknown): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return syscalls;
  try {
    open();
    return null;
  } catch (failure) {
    if (failure instanceof EngineFailure) return failure.message;
    throw failure;
  }
}

const withCalls = test.skipIf(typeof loadSyscalls() === 'string');
const withRing = test.skipIf(whyNot(() => openRing()) !== null);

function elapsedMs(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

withCalls('is a timespec, and an argument that points to it', () => {
  const syscalls = syscallsOrThrow();
  const limit = new WaitLimit(syscalls);
  closers.push(() => limit.close());
  limit.set(3_000_000_007.9);
  const words = new BigUint64Array(syscalls.view(limit.timespec, 16));
  expect([...words]).toEqual([3n, 7n]);
  const argument = new BigUint64Array(syscalls.view(limit.argument, 24));
  expect([...argument]).toEqual([0n, 0n, BigInt(limit.timespec)]);
});

describe('a ring', () => {
  withRing('waits for its time when nothing ends', () => {
    const ring = openRing();
    const ms = elapsedMs(() => ring.waitFor(1, 5e6));
    expect(ms).toBeGreaterThanOrEqual(5);
    expect(ms).toBeLessThan(1000);
  });

  withRing('of a kernel without limits does not wait', () => {
    const ring = openRing((real) => ({
      ioUringSetup: (entries, at) => {
        const fd = real.ioUringSetup(entries, at);
        const words = new Uint32Array(real.view(at, 120));
        words[5] = (words[5] ?? 0) & ~(1 << 8);
        return fd;
      },
      ioUringEnterFor: () => -Errno.EINVAL,
    }));
    expect(elapsedMs(() => ring.waitFor(1, 2e9))).toBeLessThan(1000);
  });

  withRing('says what else goes wrong, and takes a signal for an answer', () => {
    let answer: number = -Errno.EINTR;
    const ring = openRing(() => ({ ioUringEnterFor: () => answer }));
    ring.waitFor(1, 1e9);
    answer = -Errno.EFAULT;
    expect(() => ring.waitFor(1, 1e9)).toThrow('EFAULT: io_uring_enter');
  });
});

test.skipIf(whyNot(() => openContext()) !== null)('an aio context waits no longer', () => {
  const seen: bigint[][] = [];
  const real = syscallsOrThrow();
  const context = openContext({
    ioGetevents: (_context, _least, _most, _events, timeout) => {
      seen.push(timeout === 0 ? [] : [...new BigUint64Array(real.view(timeout, 16))]);
      return 0;
    },
  });
  context.underWay = 1;
  expect([context.getEvents(1, 1_500_000_000), context.getEvents(1)]).toEqual([0, 0]);
  expect(seen).toEqual([[1n, 500_000_000n], []]);
  context.underWay = 0;
});

function openContext(change: Partial<Syscalls> = {}): AioContext {
  const context = new AioContext({ ...syscallsOrThrow(), ...change }, 4);
  closers.push(() => context.close());
  return context;
}
