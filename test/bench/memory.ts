/** Memory from 10 to 100 million I/Os: it should not grow. */

import { nvmeJob, simulate } from './simulate.ts';

export async function benchMemory(): Promise<void> {
  for (const ios of [10_000_000, 100_000_000]) {
    await simulate(
      nvmeJob(['rw=randread', 'bs=4k', 'iodepth=32', `number_ios=${ios}`, 'io_size=1000g']),
    );
    const { rss, heapUsed } = process.memoryUsage();
    const mib = (bytes: number): string => `${(bytes / 1048576).toFixed(0)} MiB`;
    process.stdout.write(
      `memory after ${ios / 1e6} M I/Os: rss ${mib(rss)}, heap ${mib(heapUsed)}\n`,
    );
  }
}
