/** The recipe of results/README.md, as it stands there, in a repository of its own. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ended, shell } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';

const README = readFileSync(new URL('../../results/README.md', import.meta.url), 'utf8');
const [RECIPE = '', GATE = ''] = [...README.matchAll(/```bash\n(.*?)```/gs)].map(
  ([, text]) => text ?? '',
);

/** Copies that the device does itself, as far as it can. */
const JOB = `[device nb0]
driver=null_blk
size=16m
copy_max_bytes=64k
completion_nsec=10000
irqmode=2
[global]
filename=nb0
rw=copy
size=1m
dest_offset=8m
fallback=unsupported
sweep_bs=4k 64k
[copies]
`;

function git(cwd: string, ...words: readonly string[]): void {
  const who = ['-c', 'user.name=coffer', '-c', 'user.email=coffer@example.com'];
  const { status, stderr } = spawnSync('git', [...who, ...words], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

async function repository(): Promise<string> {
  const cwd = scratchFolder();
  mkdirSync(join(cwd, 'jobs'));
  writeFileSync(join(cwd, 'jobs/copies.fio'), JOB);
  git(cwd, 'init', '--quiet');
  const made = await run('npx coffer baseline update jobs/copies.fio', cwd);
  expect(made.exitCode).toBe(0);
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '--message', 'a baseline');
  return cwd;
}

function run(script: string, cwd: string): Promise<Ended> {
  return shell(script.replaceAll('npx coffer', '$COFFER'), { cwd });
}

/** The recipe with its last line in place of the one that judges everything. */
function gateOnPath(): string {
  return [...RECIPE.trimEnd().split('\n').slice(0, -1), GATE].join('\n');
}

test('nothing has changed: 0', async () => {
  const cwd = await repository();
  expect((await run(RECIPE, cwd)).exitCode).toBe(0);
  expect((await run(gateOnPath(), cwd)).exitCode).toBe(0);
});

test('a device parameter has changed: 3, with the row', async () => {
  const cwd = await repository();
  writeFileSync(join(cwd, 'jobs/copies.fio'), JOB.replace('10000', '10001'));
  const { exitCode, stdout } = await run(RECIPE, cwd);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/^regression\n/m);
  expect(stdout).toContain('\n  bs=4k\n');
  expect(stdout).toMatch(/lat_max_ns +\d+ ns +\d+ ns/);
  // To whom only the path matters, nothing has.
  expect((await run(gateOnPath(), cwd)).exitCode).toBe(0);
});

test('offload falls back to reads and writes: offload_bytes falls, and one line fails', async () => {
  const cwd = await repository();
  writeFileSync(
    join(cwd, 'jobs/copies.fio'),
    JOB.replace('copy_max_bytes=64k', 'copy_max_bytes=0'),
  );
  const { exitCode, stdout } = await run(gateOnPath(), cwd);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/offload_bytes +1048576 B +0 B +−100 %/);
  expect(stdout).toContain('2 regression');
});

test('what the YAML of the recipe asks for is there', async () => {
  const cwd = await repository();
  const outputs = '--github --markdown summary.md --junit coffer.xml';
  const line = RECIPE.trimEnd().split('\n').at(-1);
  const { exitCode, stdout } = await run(
    `${RECIPE.trimEnd().split('\n').slice(0, -1).join('\n')}\n${line} ${outputs}`,
    cwd,
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain('::notice title=coffer compare::');
  expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toContain('## coffer compare');
  expect(readFileSync(join(cwd, 'coffer.xml'), 'utf8')).toContain(
    '<testsuite name="coffer compare"',
  );
  for (const word of ['--github', '--markdown', '--junit']) expect(README).toContain(word);
});
