import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cpusOfThread, pin } from '../../../src/linux/affinity.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { present } from '../../../src/units/assert.ts';
import { syscallsOrThrow } from '../../support/engine-rig.ts';

/** As the kernel tells it: `0-1`. */
function allowed(): string {
  const status = readFileSync('/proc/thread-self/status', 'utf8');
  return present(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1], 'a line of status');
}

describe.skipIf(typeof loadSyscalls() === 'string')('a thread', () => {
  it('runs where it is pinned to', () => {
    const syscalls = syscallsOrThrow();
    const before = cpusOfThread(syscalls);
    onTestFinished(() => void pin(syscalls, before));
    const last = present(before.at(-1), 'a CPU');
    expect(pin(syscalls, [last])).toBeNull();
    expect(allowed()).toBe(`${last}`);
    expect(cpusOfThread(syscalls)).toEqual([last]);
    expect(pin(syscalls, before)).toBeNull();
    expect(cpusOfThread(syscalls)).toEqual(before);
  });

  it('stays where it was if any of the CPUs is not there', () => {
    const syscalls = syscallsOrThrow();
    const before = allowed();
    const [first] = cpusOfThread(syscalls);
    const there = present(first, 'a CPU');
    const none = 'not there, or not allowed by a cpuset';
    expect(pin(syscalls, [there, 1000])).toBe(
      `cpus_allowed=${there},1000: this CPU is ${none}: 1000`,
    );
    expect(pin(syscalls, [1000, 1001])).toBe(
      `cpus_allowed=1000,1001: these CPUs are ${none}: 1000, 1001`,
    );
    expect(pin(syscalls, [there, 100_000])).toMatch(/this CPU is not there.*: 100000$/);
    expect(allowed()).toBe(before);
  });
});

it('cannot be pinned without koffi', () => {
  expect(pin('koffi is not installed', [0])).toBe('cpus_allowed=0: koffi is not installed');
});
