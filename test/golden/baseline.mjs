// `npm run baseline`: writes results/baseline/ anew from the shipped jobs that run in virtual time. What
// changes there is a line in CHANGELOG.md under "Results changed".

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baselineFolder, main, shippedFolder, shippedVirtualJobs } from './jobs.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'coffer-baseline-'));
for (const name of shippedVirtualJobs()) {
  const output = join(scratch, `${name}.csv`);
  const job = join(shippedFolder, `${name}.fio`);
  const args = [main, 'run', job, '--output', output, '--quiet'];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
  copyFileSync(output, join(baselineFolder, `${name}.csv`));
  process.stdout.write(`results/baseline/${name}.csv\n`);
}
rmSync(scratch, { recursive: true });
