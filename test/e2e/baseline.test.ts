import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coffer } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';

const JOB = `[device nb0]
driver=null_blk
size=1m
data=none
memory_backed=0
completion_nsec=10000
irqmode=2
[global]
filename=nb0
rw=read
size=16k
sweep_bs=4k 8k
[reads]
`;

function folderWith(text: string): string {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), text);
  return cwd;
}

function git(cwd: string, ...words: readonly string[]): void {
  const who = ['-c', 'user.name=coffer', '-c', 'user.email=coffer@example.com'];
  const { status, stderr } = spawnSync('git', [...who, ...words], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const UPDATE = ['baseline', 'update', 'job.fio'];

test('a baseline is written, left alone while it holds, and told when it changes', async () => {
  const cwd = folderWith(JOB);
  const baseline = join(cwd, 'results/baseline/job.csv');
  const first = await coffer(UPDATE, { cwd });
  expect(first).toEqual({
    exitCode: 0,
    stdout: 'results/baseline/job.csv: new, 4 rows\n',
    stderr: '',
  });
  const text = readFileSync(baseline, 'utf8');
  const again = await coffer(UPDATE, { cwd });
  expect(again.stdout).toBe('results/baseline/job.csv: unchanged, 4 rows\n');
  writeFileSync(join(cwd, 'job.fio'), JOB.replace('10000', '10001'));
  const changed = await coffer(UPDATE, { cwd });
  expect(changed.exitCode).toBe(0);
  expect(changed.stdout).toMatch(/^results\/baseline\/job\.csv: written anew\n\nregression\n/);
  expect(changed.stdout).toMatch(/lat_max_ns +\d+ ns +\d+ ns/);
  expect(readFileSync(baseline, 'utf8')).not.toBe(text);
  // The same bytes as run writes.
  await coffer(['run', 'job.fio', '--output', 'run.csv', '--quiet'], { cwd });
  expect(readFileSync(baseline, 'utf8')).toBe(readFileSync(join(cwd, 'run.csv'), 'utf8'));
});

test('--directory takes it elsewhere', async () => {
  const cwd = folderWith(JOB);
  const { stdout } = await coffer([...UPDATE, '--directory', 'kept/here'], { cwd });
  expect(stdout).toBe('kept/here/job.csv: new, 4 rows\n');
  expect(existsSync(join(cwd, 'kept/here/job.csv'))).toBe(true);
});

test('wall-clock jobs are refused with the reason, and taken if one insists', async () => {
  const cwd = folderWith(
    JOB.replace('sweep_bs=4k 8k', 'bs=4k\nclock=wall').replace('10000', '20000000'),
  );
  const refused = await coffer(UPDATE, { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toMatch(
    /^job\.fio: runs in wall time, .+ coffer ab, or --allow-wall-clock/,
  );
  expect(existsSync(join(cwd, 'results'))).toBe(false);
  const taken = await coffer([...UPDATE, '--allow-wall-clock'], { cwd });
  expect(taken.exitCode).toBe(0);
  expect(existsSync(join(cwd, 'results/baseline/job.json'))).toBe(true);
});

test('a job that fails leaves the baseline as it was', async () => {
  const cwd = folderWith(JOB);
  await coffer(UPDATE, { cwd });
  const baseline = join(cwd, 'results/baseline/job.csv');
  const text = readFileSync(baseline, 'utf8');
  const bad = JOB.replace('size=1m', 'size=1m\nbadblocks=+8-9').replace('data=none', 'data=memory');
  writeFileSync(join(cwd, 'job.fio'), bad.replace('memory_backed=0', 'memory_backed=1'));
  const { exitCode, stderr } = await coffer(UPDATE, { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^job\.fio: reads bs=4k is failed, and no baseline: /m);
  expect(readFileSync(baseline, 'utf8')).toBe(text);
});

test('mistakes of all job files are told, and nothing is run', async () => {
  const cwd = folderWith(JOB);
  writeFileSync(join(cwd, 'bad.fio'), '[job]\nrw=cpy\n');
  const { exitCode, stderr } = await coffer([...UPDATE, 'bad.fio', 'none.fio'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^bad\.fio:2: rw: /m);
  expect(stderr).toMatch(/^none\.fio: cannot be read/m);
  expect(existsSync(join(cwd, 'results'))).toBe(false);
});

test('--against takes the baseline that a revision has', async () => {
  const cwd = folderWith(JOB);
  git(cwd, 'init', '--quiet');
  await coffer(UPDATE, { cwd });
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '--message', 'baseline');
  const same = await coffer(['compare', '--against', 'git:HEAD'], { cwd });
  expect([same.exitCode, same.stdout]).toEqual([0, '2 rows compared: 2 pass\n']);

  const set = ['--set', 'nb0.completion_nsec=10003', '--output', 'new.csv', '--quiet'];
  await coffer(['run', 'job.fio', ...set], { cwd });
  const against = ['compare', '--against', 'git:HEAD', 'new.csv'];
  expect((await coffer(against, { cwd })).stderr).toContain('the job has changed (plan_sha256');
  const judged = await coffer([...against, '--allow-different-plan'], { cwd });
  expect(judged.exitCode).toBe(3);
  expect(judged.stdout).toContain('\n  bs=4k\n');
});

test('--against: a baseline that was deleted is lost, and no pass', async () => {
  const cwd = folderWith(JOB);
  writeFileSync(join(cwd, 'other.fio'), JOB);
  git(cwd, 'init', '--quiet');
  await coffer([...UPDATE, 'other.fio'], { cwd });
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '--message', 'baselines');
  rmSync(join(cwd, 'results/baseline/other.csv'));
  for (const named of [[], ['results/baseline/']]) {
    const ended = await coffer(['compare', '--against', 'git:HEAD', ...named], { cwd });
    expect(ended.exitCode).toBe(4);
    expect(ended.stdout).toContain('4 only in the baseline (inconclusive)');
    expect(ended.stdout).toContain('other.fio');
  }
  const one = ['compare', '--against', 'git:HEAD', 'results/baseline/job.csv'];
  expect((await coffer(one, { cwd })).exitCode).toBe(0);
});

const AGAINST: readonly (readonly [spec: string, said: string])[] = [
  ['git:nowhere', 'git knows no revision nowhere here'],
  ['git:--help', 'write git:REV, as git:HEAD or git:origin/main'],
  ['HEAD', 'write git:REV, as git:HEAD or git:origin/main'],
  ['git:HEAD', 'results/baseline/job.csv is not there; make it with coffer baseline update'],
];

test('--against: what is not there is one clear sentence', async () => {
  const cwd = folderWith(JOB);
  await coffer(['run', 'job.fio', '--output', 'new.csv', '--quiet'], { cwd });
  const compare = (spec: string) => coffer(['compare', '--against', spec, 'new.csv'], { cwd });
  const outside = await compare('git:HEAD');
  expect(outside.stderr).toBe('--against git:HEAD: the current folder is in no git repository\n');
  git(cwd, 'init', '--quiet');
  git(cwd, 'commit', '--quiet', '--allow-empty', '--message', 'empty');
  for (const [spec, said] of AGAINST) {
    const { exitCode, stdout, stderr } = await compare(spec);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
});
