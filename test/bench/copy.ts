/** What a simulated copy costs on each path, in CPU time of ours. */

import { medians, millions, perCpuSecond } from './interleaved.ts';
import { nvmeJob, simulate } from './simulate.ts';

const COPIES = 300_000;
const PATHS = ['offload', 'emulation', 'read-write'] as const;

export async function benchCopies(): Promise<void> {
  const result = await medians(Object.fromEntries(PATHS.map((path) => [path, () => copies(path)])));
  for (const [path, perSecond] of result) {
    const each = (1e9 / perSecond).toFixed(0);
    process.stdout.write(`copy 64k depth 32 ${path}: ${millions(perSecond)}, ${each} ns a copy\n`);
  }
}

function copies(path: string): Promise<number> {
  const job = nvmeJob([
    'rw=randcopy',
    'bs=64k',
    'iodepth=32',
    'size=30g',
    'dest_offset=32g',
    `number_ios=${COPIES}`,
    `path=${path}`,
  ]);
  return perCpuSecond(COPIES, async () => {
    await simulate(job);
  });
}
