import { afterEach, expect, test } from 'vitest';
import { CALLS, OFFLOAD, PATHS, READ_WRITE } from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { openPsync, type Psync } from '../../../src/linux/psync.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { AssertionFailure } from '../../../src/units/assert.ts';
import {
  contentOf,
  EngineRig,
  type RigOptions,
  syscallsOrThrow,
} from '../../support/engine-rig.ts';
import { scratchFolder } from '../../support/scratch.ts';

const withKoffi = test.skipIf(typeof loadSyscalls() === 'string');
const source = contentOf(300_000, 1);
const destination = contentOf(300_000, 2);

let opened: { readonly rig: EngineRig; readonly engine: Psync } | null = null;
afterEach(() => {
  opened?.engine.close();
  opened?.rig.close();
  opened = null;
});

function open(
  change: (real: Syscalls) => Partial<Syscalls> = () => ({}),
  options: Partial<RigOptions> = {},
) {
  const rig = new EngineRig(scratchFolder(), { source, destination, ...options });
  const real = syscallsOrThrow();
  const engine = openPsync({ ...rig.setting, syscalls: { ...real, ...change(real) } });
  opened = { rig, engine };
  return opened;
}

withKoffi('a short read goes on where it ended, in the buffer too', () => {
  const { rig, engine } = open((real) => ({
    pread: (fd, to, bytes, offset) => real.pread(fd, to, Math.min(bytes, 1000), offset),
  }));
  const outcome = rig.read(engine, 77, 4096);
  expect(outcome).toMatchObject({ doneBytes: 4096, errno: 0, attempts: 5 });
  expect(Buffer.compare(rig.buffer(0).subarray(0, 4096), source.subarray(77, 4173))).toBe(0);
});

withKoffi('a short write goes on where it ended', () => {
  const { rig, engine } = open((real) => ({
    pwrite: (fd, from, bytes, offset) => real.pwrite(fd, from, Math.min(bytes, 1000), offset),
  }));
  rig.buffer(0).set(contentOf(4096, 3));
  const outcome = rig.write(engine, 77, 4096);
  expect(outcome).toMatchObject({ doneBytes: 4096, errno: 0, attempts: 5 });
  expect(rig.source.subarray(77, 4173).equals(contentOf(4096, 3))).toBe(true);
});

withKoffi('a short second half of a copy reads the rest again', () => {
  const { rig, engine } = open((real) => ({
    pwrite: (fd, from, bytes, offset) => real.pwrite(fd, from, Math.min(bytes, 3000), offset),
  }));
  const outcome = rig.copy(engine, READ_WRITE, [10], 20, 10_000);
  expect(outcome).toMatchObject({ doneBytes: 10_000, errno: 0, attempts: 4 });
  expect(rig.destination.subarray(20, 10_020).equals(source.subarray(10, 10_010))).toBe(true);
});

withKoffi('each half of a copy answers for itself', () => {
  const failing = (): Partial<Syscalls> => ({ pwrite: () => -Errno.ENOSPC });
  const { rig, engine } = open(failing);
  const outcome = rig.copy(engine, READ_WRITE, [0], 0, 4096);
  const call = CALLS.indexOf('pwrite');
  expect(outcome).toEqual({ doneBytes: 0, errno: Errno.ENOSPC, call, attempts: 1 });
  engine.close();
  rig.close();
  const other = open(() => ({ pread: () => -Errno.EIO }));
  const outcome_ = other.rig.copy(other.engine, READ_WRITE, [0], 0, 4096);
  expect(outcome_).toMatchObject({ errno: Errno.EIO, call: CALLS.indexOf('pread') });
});

withKoffi.each(['write', 'copy'])('a %s of no bytes is an error', (what) => {
  const { rig, engine } = open(() => ({ pwrite: () => 0 }));
  const outcome =
    what === 'write' ? rig.write(engine, 0, 512) : rig.copy(engine, READ_WRITE, [0], 0, 512);
  expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EIO, attempts: 1 });
});

withKoffi('an error is forgotten by the next attempt', () => {
  let errors = 1;
  const { rig, engine } = open((real) => ({
    pread: (fd, to, bytes, offset) => {
      errors -= 1;
      return errors >= 0 ? -Errno.EIO : real.pread(fd, to, bytes, offset);
    },
  }));
  expect(rig.read(engine, 0, 512)).toMatchObject({ doneBytes: 0, errno: Errno.EIO });
  expect(rig.read(engine, 0, 512)).toMatchObject({ doneBytes: 512, errno: 0 });
});

withKoffi('every slot has its own buffer', () => {
  const { rig, engine } = open(undefined, { depth: 3, bufferBytes: 4096 });
  rig.read(engine, 0, 4096, 0);
  rig.read(engine, 100_000, 4096, 2);
  expect(Buffer.compare(rig.buffer(0), source.subarray(0, 4096))).toBe(0);
  expect(Buffer.compare(rig.buffer(1), Buffer.alloc(4096))).toBe(0);
  expect(Buffer.compare(rig.buffer(2), source.subarray(100_000, 104_096))).toBe(0);
  expect(() => rig.read(engine, 0, 4097, 1)).toThrow(AssertionFailure);
});

withKoffi('copy_file_range beyond 4 GiB: holes at both ends', () => {
  const { rig, engine } = open();
  const far = 5 * 2 ** 32 + 12_345;
  expect(rig.copy(engine, OFFLOAD, [1000], far, 70_000)).toMatchObject({ doneBytes: 70_000 });
  expect(rig.read(engine, 0, 16)).toMatchObject({ doneBytes: 16 });
  const { syscalls, buffers } = rig.setting;
  const { destinationFd } = rig.file;
  expect(syscalls.pread(destinationFd, buffers.address, 65_536, far)).toBe(65_536);
  expect(Buffer.compare(rig.buffer(0), source.subarray(1000, 66_536))).toBe(0);
});

withKoffi('a path that nobody knows is our own mistake', () => {
  const { rig, engine } = open();
  expect(() => rig.copy(engine, PATHS.length, [0], 0, 512)).toThrow(AssertionFailure);
});
