// `npm run baseline`: writes results/baseline/ anew from the shipped jobs that run in virtual time, by
// `coffer baseline update`. What changes there is a line in CHANGELOG.md under "Results changed".

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { baselineFolder, main, shippedFolder, shippedVirtualJobs } from './jobs.mjs';

const jobs = shippedVirtualJobs().map((name) => join(shippedFolder, `${name}.fio`));
const args = [main, 'baseline', 'update', ...jobs, '--directory', baselineFolder];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
