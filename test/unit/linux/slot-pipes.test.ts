import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Errno } from '../../../src/linux/errno.ts';
import { SlotPipes } from '../../../src/linux/slot-pipes.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { syscallsOrThrow } from '../../support/engine-rig.ts';

const withKoffi = test.skipIf(typeof loadSyscalls() === 'string');
const F_SETPIPE_SZ = 1031;
const descriptors = (): number => readdirSync('/proc/self/fd').length;

withKoffi('a pipe is made once for each slot, and all are closed', () => {
  const before = descriptors();
  const pipes = new SlotPipes(syscallsOrThrow(), 3, 65536);
  expect(descriptors()).toBe(before);
  expect([pipes.prepare(0), pipes.prepare(2), pipes.prepare(0)]).toEqual([0, 0, 0]);
  expect(descriptors()).toBe(before + 4);
  expect(new Set([0, 2].flatMap((slot) => [pipes.readEnd(slot), pipes.writeEnd(slot)])).size).toBe(
    4,
  );
  pipes.drop(0);
  expect(descriptors()).toBe(before + 2);
  pipes.close();
  expect(descriptors()).toBe(before);
});

withKoffi('there is room for the pages that a part of a file touches', () => {
  const pipes = new SlotPipes(syscallsOrThrow(), 1, 100_000);
  pipes.prepare(0);
  expect(pipes.roomBytes(0, 8192)).toBe(131_072);
  expect(pipes.roomBytes(0, 8193)).toBe(131_071);
  expect(pipes.roomBytes(0, 12_287)).toBe(131_072 - 4095);
  pipes.close();
});

withKoffi('a pipe that may not grow is used as it is', () => {
  const real = syscallsOrThrow();
  const syscalls: Syscalls = {
    ...real,
    fcntl: (fd, command, argument) =>
      command === F_SETPIPE_SZ ? -Errno.EPERM : real.fcntl(fd, command, argument),
  };
  const pipes = new SlotPipes(syscalls, 1, 1 << 20);
  pipes.prepare(0);
  expect(pipes.roomBytes(0, 0)).toBe(65536);
  pipes.close();
});

withKoffi('a pipe that may not be as large as wanted is the next smaller one', () => {
  const real = syscallsOrThrow();
  const asked: number[] = [];
  const syscalls: Syscalls = {
    ...real,
    fcntl: (fd, command, argument) => {
      if (command === F_SETPIPE_SZ) asked.push(argument);
      const refused = command === F_SETPIPE_SZ && argument > 1 << 18;
      return refused ? -Errno.EPERM : real.fcntl(fd, command, argument);
    },
  };
  const pipes = new SlotPipes(syscalls, 1, 1_000_000);
  pipes.prepare(0);
  expect(asked).toEqual([1 << 20, 1 << 19, 1 << 18]);
  expect(pipes.roomBytes(0, 0)).toBe(1 << 18);
  pipes.close();
});

withKoffi('no pipe is told by its errno', () => {
  const syscalls: Syscalls = { ...syscallsOrThrow(), pipe2: () => -Errno.ENFILE };
  const pipes = new SlotPipes(syscalls, 1, 65536);
  expect(pipes.prepare(0)).toBe(-Errno.ENFILE);
  pipes.close();
});
