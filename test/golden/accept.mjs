// `npm run golden -- --accept "why"`: writes the golden CSVs anew. Without a reason it only shows what
// differs: a simulated figure never changes by accident, and the reason goes into CHANGELOG.md under
// "Results changed".

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folder, goldenJobs, main } from './jobs.mjs';

const why = process.argv[2] === '--accept' ? process.argv[3] : undefined;
const scratch = mkdtempSync(join(tmpdir(), 'coffer-golden-'));
let changed = 0;
for (const name of goldenJobs()) {
  const golden = join(folder, `${name}.csv`);
  const actual = join(scratch, `${name}.csv`);
  const job = join(folder, `${name}.fio`);
  const { status } = spawnSync(process.execPath, [main, 'run', job, '--output', actual, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 2) process.exit(2);
  const same = existsSync(golden) && readFileSync(golden, 'utf8') === readFileSync(actual, 'utf8');
  if (same) continue;
  changed += 1;
  process.stdout.write(`${name}: ${why === undefined ? 'differs' : 'written'}\n`);
  if (why !== undefined) copyFileSync(actual, golden);
  else spawnSync('diff', [golden, actual], { stdio: 'inherit' });
}
rmSync(scratch, { recursive: true });
if (changed === 0) process.stdout.write('no golden CSV differs\n');
else if (why === undefined) {
  process.stdout.write('to accept: npm run golden -- --accept "why", and say it in CHANGELOG.md\n');
  process.exitCode = 1;
} else process.stdout.write(`say it in CHANGELOG.md under "Results changed": ${why}\n`);
