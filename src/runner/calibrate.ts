/**
 * What work costs on this machine, as far as a program can measure it: the system call, the switch
 * to a sleeping thread, the memory copy. Medians, by tinybench. Left out, since no program sees
 * them alone: interrupts, and the kernel's work per bio and request.
 */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Bench } from 'tinybench';
import { assert } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { COUNTER, WORDS } from './calibrate-echo.ts';

export interface Calibration {
  readonly cpus: number;
  readonly syscallNs: Nanoseconds;
  readonly contextSwitchNs: Nanoseconds;
  readonly memoryBytesPerSecond: number;
}

/** Calls timed as one, so that the clock's own cost does not show. */
const SYSCALLS_PER_SAMPLE = 10_000;
const ROUNDS_PER_SAMPLE = 200;
/** Larger than the caches of today, so that memory is what is measured. */
const COPY_BYTES = 64 * 1024 * 1024;

export async function calibrate(): Promise<Calibration> {
  const copyNs = await measureCopyNs();
  return {
    cpus: availableParallelism(),
    syscallNs: await measureSyscallNs(),
    contextSwitchNs: await measureContextSwitchNs(),
    memoryBytesPerSecond: Math.round((COPY_BYTES * 1e9) / copyNs),
  };
}

/**
 * geteuid: the cheapest call that enters the kernel, some tens of ns for Node's own way included.
 */
async function measureSyscallNs(): Promise<Nanoseconds> {
  const { geteuid } = process;
  assert(geteuid !== undefined, 'a POSIX system');
  const sampleNs = await medianNs(200, () => {
    for (let call = 0; call < SYSCALLS_PER_SAMPLE; call += 1) geteuid();
  });
  return sampleNs / SYSCALLS_PER_SAMPLE;
}

async function measureCopyNs(): Promise<Nanoseconds> {
  const source = Buffer.alloc(COPY_BYTES, 1);
  const destination = Buffer.alloc(COPY_BYTES);
  return medianNs(20, () => {
    source.copy(destination);
  });
}

/** Two threads wake each other in turn; a round is two switches. */
async function measureContextSwitchNs(): Promise<Nanoseconds> {
  const shared = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  const echo = new Worker(new URL('./calibrate-echo.js', import.meta.url), { workerData: shared });
  try {
    await new Promise((resolve, reject) => {
      echo.once('message', resolve);
      echo.once('error', reject);
    });
    const sampleNs = await medianNs(50, () => {
      for (let round = 0; round < ROUNDS_PER_SAMPLE; round += 1) {
        const asked = Atomics.add(shared, COUNTER, 1) + 1;
        Atomics.notify(shared, COUNTER);
        Atomics.wait(shared, COUNTER, asked);
      }
    });
    return sampleNs / (2 * ROUNDS_PER_SAMPLE);
  } finally {
    await echo.terminate();
  }
}

async function medianNs(samples: number, work: () => void): Promise<Nanoseconds> {
  const bench = new Bench({ time: 0, iterations: samples, warmupTime: 0, warmupIterations: 3 });
  bench.add('work', work);
  await bench.run();
  const result = bench.tasks[0]?.result;
  assert(result?.state === 'completed', 'a measurement that completes');
  return result.latency.p50 * 1e6;
}
