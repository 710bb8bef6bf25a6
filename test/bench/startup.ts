/** The smallest job, one simulated 4k read, from command to CSV, against fio's smallest null job. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, REPEATS } from './interleaved.ts';
import { nvmeJob } from './simulate.ts';

export async function benchStartup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-'));
  const job = join(folder, 'smallest.fio');
  writeFileSync(job, nvmeJob(['rw=read', 'bs=4k', 'number_ios=1']));
  const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const output = join(folder, 'out.csv');
    ours.push(wallMs(process.execPath, [main, 'run', job, '--output', output, '--quiet']));
    const fio = ['--name=n', '--ioengine=null', '--rw=read', '--bs=4k', '--size=4k'];
    theirs.push(wallMs('fio', fio));
  }
  rmSync(folder, { recursive: true });
  const [a, b] = [median(ours), median(theirs)];
  const ratio = (a / b).toFixed(2);
  process.stdout.write(
    `smallest job: coffer ${a.toFixed(0)} ms, fio ${b.toFixed(0)} ms, ratio ${ratio} (aim 1)\n`,
  );
}

function wallMs(command: string, args: readonly string[]): number {
  const from = process.hrtime.bigint();
  const { status } = spawnSync(command, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return Number(process.hrtime.bigint() - from) / 1e6;
}
