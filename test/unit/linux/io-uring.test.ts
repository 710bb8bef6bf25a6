import { execFileSync } from 'node:child_process';
import { constants, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import {
  CALLS,
  EMULATION,
  EngineFailure,
  type EngineSetting,
  OFFLOAD,
  PATHS,
  READ_WRITE,
} from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { type IoUring, openIoUring } from '../../../src/linux/io-uring.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { AssertionFailure, present } from '../../../src/units/assert.ts';
import { COPY, READ } from '../../../src/workload/slots.ts';
import {
  contentOf,
  EngineRig,
  type RigOptions,
  syscallsOrThrow,
} from '../../support/engine-rig.ts';
import { FileSystems } from '../../support/file-systems.ts';
import { scratchFolder } from '../../support/scratch.ts';

function whyNoEngine(): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return syscalls;
  const rig = new EngineRig('/tmp', { source: Buffer.alloc(1), destination: Buffer.alloc(1) });
  try {
    openIoUring(rig.setting).close();
    return null;
  } catch (failure) {
    if (failure instanceof EngineFailure) return failure.message;
    throw failure;
  } finally {
    rig.close();
    rig.remove();
  }
}

const missing = whyNoEngine();
const withUring = test.skipIf(missing !== null);
const title = (what: string): string => (missing === null ? what : `${what} (${missing})`);

const KIBIBYTE = 1024;
const source = contentOf(1024 * KIBIBYTE, 1);
const destination = contentOf(1024 * KIBIBYTE, 2);

const opened: { readonly rig: EngineRig; readonly engine: IoUring }[] = [];
afterEach(() => {
  for (const { rig, engine } of opened.splice(0)) {
    engine.close();
    rig.close();
  }
});

interface Options extends Partial<RigOptions> {
  readonly folder?: string;
  readonly fixed?: boolean;
  readonly change?: (real: Syscalls) => Partial<Syscalls>;
}

function settingOf(rig: EngineRig, { fixed = false, change }: Options): EngineSetting {
  const real = syscallsOrThrow();
  const syscalls = { ...real, ...change?.(real) };
  return { ...rig.setting, syscalls, fixedBuffers: fixed, fixedFiles: fixed };
}

function open(options: Options = {}) {
  const folder = options.folder ?? scratchFolder();
  const rig = new EngineRig(folder, { source, destination, ...options });
  const engine = openIoUring(settingOf(rig, options));
  opened.push({ rig, engine });
  return { rig, engine };
}

const descriptors = (): number => readdirSync('/proc/self/fd').length;
const same = (actual: Uint8Array, expected: Uint8Array): void => {
  expect(Buffer.compare(actual, expected)).toBe(0);
};

function askRead(rig: EngineRig, slot: number, offset: number, bytes: number): void {
  rig.slots.direction[slot] = READ;
  rig.slots.offsetBytes[slot] = offset;
  rig.slots.lengthBytes[slot] = bytes;
  rig.attempts.doneBytes[slot] = 0;
}

/** From a block of the source to the same block of the destination. */
function askCopy(rig: EngineRig, slot: number, path: number, offset: number, bytes: number): void {
  const { attempts, slots } = rig;
  slots.direction[slot] = COPY;
  slots.lengthBytes[slot] = bytes;
  slots.offsetBytes[slot] = offset;
  slots.rangeOffsetBytes[slot * slots.numRange] = offset;
  slots.rangeCount[slot] = 1;
  slots.destOffsetBytes[slot] = offset;
  attempts.path[slot] = path;
  attempts.doneBytes[slot] = 0;
}

/** Waits for all; which slots have ended, in order of slots. */
function reapAll(engine: IoUring, count: number): number[] {
  const ended: number[] = [];
  while (ended.length < count) {
    const now = engine.reap(1);
    ended.push(...engine.ended.subarray(0, now));
  }
  return ended.toSorted((a, b) => a - b);
}

const slotsUpTo = (depth: number): number[] => Array.from({ length: depth }, (_, slot) => slot);

const WAYS = [
  { name: 'plain', fixed: false },
  { name: 'registered files and buffers', fixed: true },
];

describe.each(WAYS)(title('$name'), ({ fixed }) => {
  withUring('reads at depth, again and again, and each slot gets its own', () => {
    const depth = 32;
    const { rig, engine } = open({ depth, fixed, bufferBytes: 8192 });
    for (let round = 0; round < 20; round += 1) {
      const offsetOf = (slot: number): number => ((round * 37 + slot * 11) % 200) * 4096 + round;
      for (const slot of slotsUpTo(depth)) {
        askRead(rig, slot, offsetOf(slot), 5000);
        engine.queue(slot);
      }
      engine.submit();
      expect(reapAll(engine, depth)).toEqual(slotsUpTo(depth));
      for (const slot of slotsUpTo(depth)) {
        expect(rig.attempts.doneBytes[slot]).toBe(5000);
        const at = offsetOf(slot);
        same(rig.buffer(slot).subarray(0, 5000), source.subarray(at, at + 5000));
      }
    }
  });

  withUring.each([READ_WRITE, EMULATION])('copies at depth, path %i', (path) => {
    const depth = 16;
    const { rig, engine } = open({ depth, fixed });
    for (const slot of slotsUpTo(depth)) {
      askCopy(rig, slot, path, slot * 65536, 65536);
      engine.queue(slot);
    }
    engine.submit();
    expect(reapAll(engine, depth)).toEqual(slotsUpTo(depth));
    expect([...rig.attempts.doneBytes]).toEqual(slotsUpTo(depth).map(() => 65536));
    expect(new Set(rig.attempts.errno)).toEqual(new Set([0]));
    same(rig.destination, source);
  });

  withUring('offsets beyond 32 bits', () => {
    const { rig, engine } = open({ fixed });
    const far = 5 * 2 ** 32 + 4096;
    rig.buffer(0).set(source.subarray(0, 4096));
    expect(rig.write(engine, far, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
    rig.buffer(0).fill(0);
    expect(rig.read(engine, far, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
    same(rig.buffer(0).subarray(0, 4096), source.subarray(0, 4096));
    expect(rig.copy(engine, EMULATION, [far], 0, 4096)).toMatchObject({ doneBytes: 4096 });
    same(rig.destination.subarray(0, 4096), source.subarray(0, 4096));
  });

  withUring('O_DIRECT at depth, on ext4', ({ skip }) => {
    const places = new FileSystems();
    const place = places.mount('ext4', 32);
    skip(place.missing !== null, String(place.missing));
    try {
      const flags = constants.O_RDWR | constants.O_DIRECT;
      const direct = { sourceFlags: flags, destinationFlags: flags, folder: place.path };
      const { rig, engine } = open({ depth: 8, fixed, ...direct });
      for (const slot of slotsUpTo(8)) {
        if (slot % 2 === 0) askRead(rig, slot, slot * 65536, 65536);
        else askCopy(rig, slot, READ_WRITE, slot * 65536, 65536);
        engine.queue(slot);
      }
      engine.submit();
      expect(reapAll(engine, 8)).toEqual(slotsUpTo(8));
      same(rig.buffer(6), source.subarray(6 * 65536, 7 * 65536));
      const written = rig.destination.subarray(7 * 65536, 8 * 65536);
      same(written, source.subarray(7 * 65536, 8 * 65536));
    } finally {
      for (const { rig, engine } of opened.splice(0)) {
        engine.close();
        rig.close();
      }
      places.close();
    }
  });
});

describe(title('an attempt'), () => {
  withUring('has failed by its own half, and the next one is right', () => {
    const { rig, engine } = open();
    const tooFar = 2 ** 62;
    for (const path of [READ_WRITE, EMULATION]) {
      const failed = rig.copy(engine, path, [0], tooFar, 4096);
      expect(failed.doneBytes).toBe(0);
      expect([Errno.EFBIG, Errno.EINVAL]).toContain(failed.errno);
      const call = path === READ_WRITE ? 'io_uring write' : 'io_uring splice';
      expect(CALLS[failed.call]).toBe(call);
      // Nothing of the failed copy may be left in the slot's pipe.
      const good = rig.copy(engine, path, [65536], 8192, 4096);
      expect(good).toMatchObject({ doneBytes: 4096, errno: 0, attempts: 1 });
      same(rig.destination.subarray(8192, 12_288), source.subarray(65536, 69_632));
    }
  });

  withUring.each([
    { path: READ_WRITE, call: 'io_uring read' },
    { path: EMULATION, call: 'io_uring splice' },
  ])('$call that fails is told, and nothing is written', ({ path, call }) => {
    const { rig, engine } = open({ sourceFlags: constants.O_WRONLY });
    const outcome = rig.copy(engine, path, [0], 0, 4096);
    expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EBADF });
    expect(CALLS[outcome.call]).toBe(call);
    same(rig.destination, destination);
  });

  withUring.each([READ_WRITE, EMULATION])('of several ranges goes range by range', (path) => {
    const { rig, engine } = open({ numRange: 3 });
    const outcome = rig.copy(engine, path, [300_000, 0, 70_000], 1000, 20_000);
    expect(outcome).toMatchObject({ doneBytes: 60_000, errno: 0 });
    const expected = [300_000, 0, 70_000].map((at) => source.subarray(at, at + 20_000));
    same(rig.destination.subarray(1000, 61_000), Buffer.concat(expected));
  });

  withUring.each([READ_WRITE, EMULATION])('that reads short writes what it read', (path) => {
    const { rig, engine } = open({ source: source.subarray(0, 10_000), bufferBytes: 4096 });
    const outcome = rig.copy(engine, path, [8192], 0, 4096);
    expect(outcome).toMatchObject({ doneBytes: 1808, errno: 0, attempts: 2 });
    same(rig.destination.subarray(0, 1808), source.subarray(8192, 10_000));
    same(rig.destination.subarray(1808), destination.subarray(1808));
  });

  withUring('of a splice moves what fits the pipe', () => {
    const { rig, engine } = open({ bufferBytes: 65536 });
    expect(rig.copy(engine, EMULATION, [4096], 0, 65536).attempts).toBe(1);
    // A range that begins inside a page takes a page more than the pipe has.
    const outcome = rig.copy(engine, EMULATION, [4097], 0, 65536);
    expect(outcome).toMatchObject({ doneBytes: 65536, errno: 0, attempts: 2 });
    same(rig.destination.subarray(0, 65536), source.subarray(4097, 69_633));
  });

  withUring('without a pipe ends at once, and the others go on', () => {
    let left = 1;
    const change = (real: Syscalls) => ({
      pipe2: (into: number, flags: number) => {
        left -= 1;
        return left < 0 ? -Errno.EMFILE : real.pipe2(into, flags);
      },
    });
    const { rig, engine } = open({ depth: 3, change });
    for (const slot of slotsUpTo(3)) {
      askCopy(rig, slot, slot === 2 ? READ_WRITE : EMULATION, slot * 4096, 4096);
      engine.queue(slot);
    }
    engine.submit();
    expect(reapAll(engine, 3)).toEqual([0, 1, 2]);
    expect([...rig.attempts.errno]).toEqual([0, Errno.EMFILE, 0]);
    expect([...rig.attempts.doneBytes]).toEqual([4096, 0, 4096]);
    expect(CALLS[rig.attempts.call[1] ?? 0]).toBe('io_uring splice');
  });

  withUring('that is a copy needs a kernel that tells of a chain once', () => {
    const change = (real: Syscalls) => ({
      ioUringSetup: (entries: number, at: number) => {
        const fd = real.ioUringSetup(entries, at);
        const words = new Uint32Array(real.view(at, 120));
        words[5] = present(words[5], 'features') & ~(1 << 11);
        return fd;
      },
    });
    const { rig, engine } = open({ change });
    const outcome = rig.copy(engine, READ_WRITE, [0], 0, 4096);
    expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EOPNOTSUPP });
    expect(rig.read(engine, 0, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
  });

  withUring('by offload is not its business', () => {
    const { rig, engine } = open();
    askCopy(rig, 0, OFFLOAD, 0, 4096);
    expect(PATHS[OFFLOAD]).toBe('offload');
    expect(() => engine.queue(0)).toThrow(AssertionFailure);
  });
});

describe(title('reaping'), () => {
  withUring('without waiting brings what ends later too', () => {
    const { rig, engine } = open({ depth: 2 });
    askCopy(rig, 0, EMULATION, 0, 65536);
    engine.queue(0);
    engine.submit();
    const giveUp = Date.now() + 10_000;
    let ended = 0;
    while (ended === 0 && Date.now() < giveUp) ended = engine.reap(0);
    expect([ended, engine.ended[0], rig.attempts.doneBytes[0]]).toEqual([1, 0, 65536]);
    expect(engine.reap(0)).toBe(0);
  });

  withUring('leaves the kernel alone when all is there', () => {
    const calls: number[][] = [];
    const { rig, engine } = open({
      change: (real) => ({
        ioUringEnter: (fd, count, least, flags) => {
          calls.push([count, least]);
          return real.ioUringEnter(fd, count, least, flags);
        },
      }),
    });
    rig.read(engine, 0, 4096);
    calls.length = 0;
    // In the page cache it is done when it has been handed over.
    expect(rig.read(engine, 0, 4096).doneBytes).toBe(4096);
    expect(calls[0]).toEqual([1, 0]);
    const before = calls.length;
    engine.submit();
    expect(calls.length).toBe(before);
  });

  withUring('waits for the half that it has still to hand over', () => {
    const { rig, engine } = open({ source: source.subarray(0, 10_000), depth: 2 });
    askCopy(rig, 0, READ_WRITE, 8192, 4096);
    askRead(rig, 1, 0, 4096);
    engine.queue(0);
    engine.queue(1);
    engine.submit();
    expect(reapAll(engine, 2)).toEqual([0, 1]);
    expect([...rig.attempts.doneBytes]).toEqual([1808, 4096]);
  });

  withUring('is not to wait for what is not under way', () => {
    const { engine } = open();
    engine.submit();
    expect(() => engine.reap(1)).toThrow(AssertionFailure);
  });
});

describe(title('opening and closing'), () => {
  withUring.each([false, true])('waits for what is under way; fixed %s', (fixed) => {
    const before = descriptors();
    const rig = new EngineRig(scratchFolder(), { source, destination, depth: 8 });
    const engine = openIoUring(settingOf(rig, { fixed }));
    for (const slot of slotsUpTo(8)) {
      if (slot < 4) askRead(rig, slot, slot * 65536, 65536);
      else askCopy(rig, slot, EMULATION, slot * 65536, 65536);
      engine.queue(slot);
    }
    engine.submit();
    // Queued and not handed over: it is forgotten.
    askRead(rig, 0, 0, 4096);
    engine.queue(0);
    engine.close();
    engine.close();
    const part = rig.destination.subarray(7 * 65536, 8 * 65536);
    same(part, source.subarray(7 * 65536, 8 * 65536));
    rig.close();
    expect(descriptors()).toBe(before);
  });

  withUring('gives back what was registered before the ring goes', () => {
    const opcodes: number[] = [];
    const change = (real: Syscalls) => ({
      ioUringRegister: (fd: number, opcode: number, at: number, count: number) => {
        const result = real.ioUringRegister(fd, opcode, at, count);
        if (result >= 0 && opcode < 4) opcodes.push(opcode);
        return result;
      },
    });
    const { engine } = open({ fixed: true, change });
    expect(opcodes).toEqual([0, 2]);
    engine.close();
    expect(opcodes).toEqual([0, 2, 1, 3]);
  });

  const refused = (errno: number, which: number) => (real: Syscalls) => ({
    ioUringRegister: (fd: number, opcode: number, at: number, count: number) =>
      opcode === which ? -errno : real.ioUringRegister(fd, opcode, at, count),
  });

  withUring.each([
    {
      change: refused(Errno.ENOMEM, 0),
      says: /^fixed buffers of 262144 bytes .*RLIMIT_MEMLOCK \(ulimit -l\) is (\d+ bytes|unlim)/,
    },
    { change: refused(Errno.EFAULT, 0), says: /^EFAULT: io_uring_register of fixed buffers/ },
    { change: refused(Errno.EMFILE, 2), says: /^EMFILE: io_uring_register of files$/ },
  ])('what cannot be registered: $says', ({ change, says }) => {
    const rig = new EngineRig(scratchFolder(), { source, destination, depth: 4 });
    const before = descriptors();
    const attempt = (): IoUring => openIoUring(settingOf(rig, { fixed: true, change }));
    expect(attempt).toThrow(EngineFailure);
    expect(attempt).toThrow(says);
    expect(descriptors()).toBe(before);
    rig.close();
  });
});

/** The code of another thread, in one file: vitest's own loader is not there. */
function workerFile(folder: string): string {
  const root = new URL('../../..', import.meta.url).pathname;
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'thread.ts'),
    `import { parentPort, workerData } from 'node:worker_threads';
import { openIoUring } from '${root}src/linux/io-uring.ts';
import { EngineRig, contentOf } from '${root}test/support/engine-rig.ts';
const source = contentOf(65536, 1);
const rig = new EngineRig(workerData, { source, destination: contentOf(65536, 2) });
const engine = openIoUring({ ...rig.setting, fixedBuffers: true, fixedFiles: true });
const copy = rig.copy(engine, 2, [0], 0, 65536);
engine.close();
parentPort?.postMessage({ doneBytes: copy.doneBytes, equal: rig.destination.equals(source) });
rig.close();
`,
  );
  const file = join(folder, 'thread.mjs');
  const rolldown = join(root, 'node_modules/.bin/rolldown');
  execFileSync(rolldown, [join(folder, 'thread.ts'), '--file', file, '--platform', 'node']);
  return file;
}

withUring('works in a thread of its own', async () => {
  const folder = scratchFolder();
  const worker = new Worker(workerFile(folder), { workerData: folder });
  const said = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(said).toEqual({ doneBytes: 65536, equal: true });
  await worker.terminate();
});
