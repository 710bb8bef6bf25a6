/** The halves of a splice copy, one of which fails. */

import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { CALLS, EMULATION } from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { openPsync, type Psync } from '../../../src/linux/psync.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { contentOf, EngineRig, syscallsOrThrow } from '../../support/engine-rig.ts';
import { scratchFolder } from '../../support/scratch.ts';

const withKoffi = test.skipIf(typeof loadSyscalls() === 'string');
const source = contentOf(3 << 20, 1);
const destination = contentOf(3 << 20, 2);
const SPLICE = CALLS.indexOf('splice');
const F_SETPIPE_SZ = 1031;

let opened: { readonly rig: EngineRig; readonly engine: Psync } | null = null;
afterEach(() => {
  opened?.engine.close();
  opened?.rig.close();
  opened = null;
});

function open(change: (real: Syscalls) => Partial<Syscalls>) {
  const rig = new EngineRig(scratchFolder(), { source, destination });
  const real = syscallsOrThrow();
  const engine = openPsync({ ...rig.setting, syscalls: { ...real, ...change(real) } });
  opened = { rig, engine };
  return opened;
}

function openFds(): number {
  return readdirSync('/proc/self/fd').length;
}

function expectCopied(rig: EngineRig, bytes: number): void {
  const expected = Buffer.from(destination);
  source.copy(expected, 0, 0, bytes);
  expect(rig.destination.equals(expected)).toBe(true);
}

/** Splices out of the pipe answer these, one after the other; then the kernel does. */
function outward(answers: readonly number[]) {
  const left = [...answers];
  return (real: Syscalls): Partial<Syscalls> => ({
    splice: (from, fromOffset, to, toOffset, bytes, flags) => {
      const answer = fromOffset === 0 ? left.shift() : undefined;
      if (answer === undefined) return real.splice(from, fromOffset, to, toOffset, bytes, flags);
      return answer <= 0 ? answer : real.splice(from, fromOffset, to, toOffset, answer, flags);
    },
  });
}

withKoffi('a pipe is as large as anybody may have it', () => {
  const { rig, engine } = open(() => ({}));
  const { attempts, doneBytes } = rig.copy(engine, EMULATION, [0], 0, 3 << 20);
  expect({ attempts, doneBytes }).toEqual({ attempts: 3, doneBytes: 3 << 20 });
  expectCopied(rig, 3 << 20);
});

withKoffi('a small pipe takes more attempts', () => {
  const { rig, engine } = open((real) => ({
    fcntl: (fd, command, argument) =>
      command === F_SETPIPE_SZ && argument > 1 << 17
        ? -Errno.EPERM
        : real.fcntl(fd, command, argument),
  }));
  const { attempts, doneBytes } = rig.copy(engine, EMULATION, [0], 0, 3 << 20);
  expect({ attempts, doneBytes }).toEqual({ attempts: 24, doneBytes: 3 << 20 });
  expectCopied(rig, 3 << 20);
});

withKoffi('a pipe that may not grow at all stays as it was made', () => {
  const { rig, engine } = open(() => ({ fcntl: () => -Errno.EPERM }));
  const { attempts } = rig.copy(engine, EMULATION, [0], 0, 1 << 20);
  expect(attempts).toBe(16);
  expectCopied(rig, 1 << 20);
});

withKoffi('a short second half goes on', () => {
  const { rig, engine } = open(outward([1000, 1, 70_000]));
  const outcome = rig.copy(engine, EMULATION, [0], 0, 1 << 20);
  expect(outcome).toMatchObject({ doneBytes: 1 << 20, errno: 0, attempts: 1 });
  expectCopied(rig, 1 << 20);
});

withKoffi('a second half that fails tells what came through, and leaves no byte behind', () => {
  const { rig, engine } = open(outward([5000, -Errno.EIO, -Errno.ENOSPC]));
  const failed = rig.copy(engine, EMULATION, [0], 0, 1 << 20);
  const call = SPLICE;
  expect(failed).toEqual({ doneBytes: 5000, errno: Errno.ENOSPC, call, attempts: 2 });
  expectCopied(rig, 5000);
  const again = rig.copy(engine, EMULATION, [0], 0, 1 << 20);
  expect(again).toMatchObject({ doneBytes: 1 << 20, errno: 0 });
  expectCopied(rig, 1 << 20);
});

withKoffi('a second half of no bytes is an error, not the end of the source', () => {
  const { rig, engine } = open(outward([0]));
  const outcome = rig.copy(engine, EMULATION, [0], 0, 4096);
  expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EIO });
});

withKoffi('no pipe to be had', () => {
  const { rig, engine } = open(() => ({ pipe2: () => -Errno.EMFILE }));
  const outcome = rig.copy(engine, EMULATION, [0], 0, 4096);
  expect(outcome).toEqual({ doneBytes: 0, errno: Errno.EMFILE, call: SPLICE, attempts: 1 });
});

withKoffi('descriptors: one pipe for all copies, none after the end', () => {
  const { rig, engine } = open(outward([1, 2, 3, -Errno.EIO]));
  const before = openFds();
  rig.copy(engine, EMULATION, [0], 0, 4096);
  rig.copy(engine, EMULATION, [0], 0, 4096);
  expect(openFds()).toBe(before + 2);
  engine.close();
  expect(openFds()).toBe(before);
});
