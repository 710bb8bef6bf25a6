import { Worker } from 'node:worker_threads';
import { readSync, openSync, closeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { ThreadUsage } from '../../../src/linux/thread-usage.ts';
import { present } from '../../../src/units/assert.ts';

const syscalls = loadSyscalls();

/** Works until the process has had so much more CPU time. */
function work(milliseconds: number, step: () => void): void {
  const begin = process.cpuUsage();
  for (;;) {
    step();
    const { user, system } = process.cpuUsage(begin);
    if (user + system >= milliseconds * 1000) return;
  }
}

describe.skipIf(typeof syscalls === 'string')('what a thread costs', () => {
  it('is its own time, in user and in system', () => {
    const usage = new ThreadUsage(syscalls);
    usage.begin();
    let sum = 0;
    work(150, () => {
      for (let i = 0; i < 1e6; i += 1) sum += i % 7;
    });
    const spun = present(usage.since(), 'a cost');
    expect(sum).toBeGreaterThan(0);
    expect(spun.userNs).toBeGreaterThan(20e6);
    const zero = openSync('/dev/zero', 'r');
    const buffer = Buffer.alloc(1 << 20);
    usage.begin();
    work(150, () => readSync(zero, buffer, 0, buffer.length, null));
    closeSync(zero);
    const read = present(usage.since(), 'a cost');
    expect(read.systemNs).toBeGreaterThan(20e6);
    expect(read.systemNs).toBeGreaterThan(present(spun.systemNs, '150 ms have ticks'));
    usage.close();
  });

  it('does not count other threads', async () => {
    const usage = new ThreadUsage(syscalls);
    usage.begin();
    const begin = process.cpuUsage();
    const source = 'const end = Date.now() + 120; while (Date.now() < end);';
    const worker = new Worker(source, { eval: true });
    await new Promise((resolve) => worker.once('exit', resolve));
    const all = process.cpuUsage(begin);
    const cost = present(usage.since(), 'a cost');
    expect(cost.cpuNs).toBeLessThan((all.user + all.system) * 1000);
    usage.close();
  });

  it('counts each wait as a voluntary switch', () => {
    const usage = new ThreadUsage(syscalls);
    const word = new Int32Array(new SharedArrayBuffer(4));
    usage.begin();
    for (let i = 0; i < 5; i += 1) Atomics.wait(word, 0, 0, 1);
    const { voluntarySwitches, involuntarySwitches } = present(usage.since(), 'a cost');
    expect(voluntarySwitches).toBeGreaterThanOrEqual(5);
    expect(involuntarySwitches).toBeGreaterThanOrEqual(0);
    usage.close();
  });
});

it('is not known without koffi', () => {
  const usage = new ThreadUsage('koffi is not installed');
  usage.begin();
  expect(usage.since()).toBeNull();
  usage.close();
});
