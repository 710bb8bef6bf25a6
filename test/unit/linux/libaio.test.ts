import { constants, readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { AioContext } from '../../../src/linux/aio-context.ts';
import { CALLS, EMULATION, EngineFailure, READ_WRITE } from '../../../src/linux/engine.ts';
import { Errno, errnoName } from '../../../src/linux/errno.ts';
import { type Libaio, openLibaio } from '../../../src/linux/libaio.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { AssertionFailure } from '../../../src/units/assert.ts';
import { COPY, READ } from '../../../src/workload/slots.ts';
import {
  contentOf,
  EngineRig,
  type RigOptions,
  syscallsOrThrow,
} from '../../support/engine-rig.ts';
import { FileSystems } from '../../support/file-systems.ts';
import { scratchFolder } from '../../support/scratch.ts';

function whyNoContext(): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return syscalls;
  try {
    new AioContext(syscalls, 1).close();
    return null;
  } catch (failure) {
    if (failure instanceof EngineFailure) return failure.message;
    throw failure;
  }
}

const missing = whyNoContext();
const withAio = test.skipIf(missing !== null);
const title = (what: string): string => (missing === null ? what : `${what} (${missing})`);

const source = contentOf(1 << 20, 1);
const destination = contentOf(1 << 20, 2);

const opened: { readonly rig: EngineRig; readonly engine: Libaio }[] = [];
function closeAll(): void {
  for (const { rig, engine } of opened.splice(0)) {
    engine.close();
    rig.close();
  }
}
afterEach(closeAll);

type Change = (real: Syscalls) => Partial<Syscalls>;
interface Options extends Partial<RigOptions> {
  readonly folder?: string;
  readonly change?: Change;
}

function open(options: Options = {}) {
  const folder = options.folder ?? scratchFolder();
  const rig = new EngineRig(folder, { source, destination, ...options });
  const real = syscallsOrThrow();
  const engine = openLibaio({ ...rig.setting, syscalls: { ...real, ...options.change?.(real) } });
  opened.push({ rig, engine });
  return { rig, engine };
}

const same = (actual: Uint8Array, expected: Uint8Array): void => {
  expect(Buffer.compare(actual, expected)).toBe(0);
};
const slotsUpTo = (depth: number): number[] => Array.from({ length: depth }, (_, slot) => slot);

/** Reads by even slots, copies by odd ones, of 64 KiB each, to the same place. */
function queueMixed(rig: EngineRig, engine: Libaio): void {
  const { attempts, slots } = rig;
  for (const slot of slotsUpTo(slots.depth)) {
    const offset = slot * 65536;
    slots.direction[slot] = slot % 2 === 0 ? READ : COPY;
    slots.offsetBytes[slot] = offset;
    slots.lengthBytes[slot] = 65536;
    slots.rangeOffsetBytes[slot] = offset;
    slots.rangeCount[slot] = 1;
    slots.destOffsetBytes[slot] = offset;
    attempts.path[slot] = READ_WRITE;
    attempts.doneBytes[slot] = 0;
    engine.queue(slot);
  }
  engine.submit();
}

function expectMixed(rig: EngineRig): void {
  for (const slot of slotsUpTo(rig.slots.depth)) {
    const [from, to] = [slot * 65536, (slot + 1) * 65536];
    if (slot % 2 === 0) same(rig.buffer(slot), source.subarray(from, to));
    else same(rig.destination.subarray(from, to), source.subarray(from, to));
  }
}

function reapAll(engine: Libaio, count: number): number[] {
  const ended: number[] = [];
  while (ended.length < count) {
    const now = engine.reap(1);
    ended.push(...engine.ended.subarray(0, now));
  }
  return ended.toSorted((a, b) => a - b);
}

describe(title('at depth'), () => {
  withAio('each slot gets its own, and a copy has ended when it is written', () => {
    const { rig, engine } = open({ depth: 16 });
    for (let round = 0; round < 3; round += 1) {
      queueMixed(rig, engine);
      expect(reapAll(engine, 16)).toEqual(slotsUpTo(16));
      expect([...rig.attempts.doneBytes]).toEqual(slotsUpTo(16).map(() => 65536));
    }
    expectMixed(rig);
    expect(engine.reap(0)).toBe(0);
  });

  withAio('with O_DIRECT, on ext4', ({ skip }) => {
    const places = new FileSystems();
    const place = places.mount('ext4', 32);
    skip(place.missing !== null, String(place.missing));
    try {
      const flags = constants.O_RDWR | constants.O_DIRECT;
      const direct = { sourceFlags: flags, destinationFlags: flags, folder: place.path };
      const { rig, engine } = open({ depth: 8, ...direct });
      queueMixed(rig, engine);
      expect(reapAll(engine, 8)).toEqual(slotsUpTo(8));
      expectMixed(rig);
    } finally {
      closeAll();
      places.close();
    }
  });

  withAio('offsets beyond 32 bits', () => {
    const { rig, engine } = open();
    const far = 5 * 2 ** 32 + 4096;
    rig.buffer(0).set(source.subarray(0, 4096));
    expect(rig.write(engine, far, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
    rig.buffer(0).fill(0);
    expect(rig.read(engine, far, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
    same(rig.buffer(0).subarray(0, 4096), source.subarray(0, 4096));
  });
});

describe(title('an attempt'), () => {
  withAio('that io_submit refuses has its errno, and the others go on', () => {
    const { rig, engine } = open({ depth: 4, destinationFlags: constants.O_RDONLY });
    queueMixed(rig, engine);
    expect(reapAll(engine, 4)).toEqual([0, 1, 2, 3]);
    expect([...rig.attempts.errno]).toEqual([0, Errno.EBADF, 0, Errno.EBADF]);
    expect([...rig.attempts.doneBytes]).toEqual([65536, 0, 65536, 0]);
    expect(CALLS[rig.attempts.call[1] ?? 0]).toBe('io_submit write');
    const unreadable = open({ sourceFlags: constants.O_WRONLY });
    const outcome = unreadable.rig.copy(unreadable.engine, READ_WRITE, [0], 0, 4096);
    expect(outcome).toMatchObject({ errno: Errno.EBADF, doneBytes: 0 });
    expect(CALLS[outcome.call]).toBe('io_submit read');
  });

  withAio('that reads short writes what it read', () => {
    const { rig, engine } = open({ source: source.subarray(0, 10_000) });
    const outcome = rig.copy(engine, READ_WRITE, [8192], 0, 4096);
    expect(outcome).toMatchObject({ doneBytes: 1808, errno: 0, attempts: 2 });
    same(rig.destination.subarray(0, 1808), source.subarray(8192, 10_000));
    same(rig.destination.subarray(1808), destination.subarray(1808));
  });

  withAio('by splice is not its business', () => {
    const { rig, engine } = open();
    expect(() => rig.copy(engine, EMULATION, [0], 0, 4096)).toThrow(AssertionFailure);
  });
});

describe(title('a kernel that does not take all at once'), () => {
  withAio('is given the rest', () => {
    const { rig, engine } = open({
      depth: 8,
      change: (real) => ({
        ioSubmit: (context, count, at) => real.ioSubmit(context, Math.min(count, 3), at),
      }),
    });
    queueMixed(rig, engine);
    expect(reapAll(engine, 8)).toEqual(slotsUpTo(8));
    expectMixed(rig);
  });

  withAio('and has no room gets the rest when something has ended', () => {
    let full = false;
    const { rig, engine } = open({
      depth: 8,
      change: (real) => ({
        ioSubmit: (context, count, at) => {
          full = !full;
          return full ? real.ioSubmit(context, Math.min(count, 3), at) : -Errno.EAGAIN;
        },
      }),
    });
    queueMixed(rig, engine);
    expect(reapAll(engine, 8)).toEqual(slotsUpTo(8));
    expect(new Set(rig.attempts.errno)).toEqual(new Set([0]));
    expectMixed(rig);
  });

  withAio('and has no room though nothing is under way fails the I/O', () => {
    const { rig, engine } = open({ change: () => ({ ioSubmit: () => -Errno.EAGAIN }) });
    expect(rig.read(engine, 0, 4096)).toMatchObject({ errno: Errno.EAGAIN, doneBytes: 0 });
  });

  withAio('is asked again after a signal', () => {
    let signals = 2;
    const { rig, engine } = open({
      change: (real) => ({
        ioGetevents: (context, least, most, events, timeout) => {
          signals -= 1;
          if (signals >= 0) return -Errno.EINTR;
          return real.ioGetevents(context, least, most, events, timeout);
        },
      }),
    });
    expect(rig.read(engine, 0, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
    expect(signals).toBe(-1);
  });
});

describe(title('opening and closing'), () => {
  withAio('waits for what is under way, and leaves nothing', () => {
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    let events = 0;
    const { rig, engine } = open({
      depth: 8,
      change: (real) => ({
        ioGetevents: (context, least, most, into, timeout) => {
          const count = real.ioGetevents(context, least, most, into, timeout);
          events += count;
          return count;
        },
      }),
    });
    queueMixed(rig, engine);
    engine.close();
    engine.close();
    expect(events).toBe(8);
    rig.close();
    expect(descriptors()).toBe(before);
  });

  withAio.each([
    { errno: Errno.ENOSYS, says: 'this kernel has no Linux aio (ENOSYS of io_setup)' },
    { errno: Errno.ENOMEM, says: 'ENOMEM: io_setup for iodepth 4' },
    {
      errno: Errno.EAGAIN,
      says: `${errnoName(Errno.EAGAIN)}: io_setup for iodepth 4: fs.aio-max-nr is `,
    },
  ])('a context that cannot be had: $says', ({ errno, says }) => {
    const syscalls = { ...syscallsOrThrow(), ioSetup: () => -errno };
    const attempt = (): AioContext => new AioContext(syscalls, 4);
    expect(attempt).toThrow(EngineFailure);
    expect(attempt).toThrow(says);
  });
});
