import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecord } from '../../src/record/read.ts';
import { coffer, type Started, start, until } from '../support/command-line.ts';
import { readsPlan } from '../support/plan-of.ts';
import { scratchFolder } from '../support/scratch.ts';

/** The third run takes about half a second, long enough to be met in it. */
const SLOW = readsPlan('sweep_loops=1 2 150000 3').text;
/** The third run has no end that anyone would see. */
const ENDLESS = readsPlan('sweep_loops=1 2 1000000000 3').text;

interface Met extends Started {
  readonly cwd: string;
  readonly csv: string;
}

/** Started, and in its third run: the two before are in the file. */
async function inThirdRun(text: string, more: readonly string[] = []): Promise<Met> {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), text);
  const words = ['run', 'job.fio', '--workers', '1', '--output', 'a.csv', ...more];
  const started = start(words, { cwd });
  const csv = join(cwd, 'a.csv');
  const partial = `${csv}.partial`;
  await until(
    () => existsSync(partial) && readFileSync(partial, 'utf8').split('reads,').length === 3,
  );
  return { ...started, cwd, csv };
}

function outcomesIn(path: string): readonly string[] {
  const record = readRecord(readFileSync(path, 'utf8'), path);
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows
    .filter(({ job }) => job === 'reads')
    .map(({ point, state }) => `${point} ${state}`);
}

async function straightBytes(cwd: string): Promise<string> {
  await coffer(['run', 'job.fio', '--output', 'straight.csv'], { cwd });
  return readFileSync(join(cwd, 'straight.csv'), 'utf8');
}

const AFTER_A_SIGNAL = [
  'loops=1 done',
  'loops=2 done',
  'loops=1000000000 interrupted',
  'loops=3 not_run',
];

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'after %s the record is whole and tells what became of each run',
  async (signal, code) => {
    const { child, ended, csv } = await inThirdRun(ENDLESS);
    child.kill(signal);
    const { exitCode, stderr, stdout } = await ended;
    expect(exitCode).toBe(code);
    expect(stderr).toContain(
      `${signal}: stopping; what is done is kept (once more: stop at once)\n`,
    );
    expect(stdout).toContain(`interrupted: ${signal} came`);
    expect(outcomesIn(csv)).toEqual(AFTER_A_SIGNAL);
    expect(existsSync(`${csv}.partial`)).toBe(false);
  },
);

test('an interrupted record resumes to the bytes of a straight one', async () => {
  const { child, ended, cwd, csv } = await inThirdRun(SLOW);
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  const resumed = await coffer(['run', 'job.fio', '--output', 'a.csv', '--resume'], { cwd });
  expect(resumed.stderr).toContain('resuming from a.csv: 2 of 4 runs are kept\n');
  expect(resumed.exitCode).toBe(0);
  expect(readFileSync(csv, 'utf8')).toBe(await straightBytes(cwd));
});

test('a killed invocation resumes to the bytes of a straight one', async () => {
  const { child, ended, cwd, csv } = await inThirdRun(SLOW);
  child.kill('SIGKILL');
  expect((await ended).exitCode).toBe(null);
  expect(existsSync(csv)).toBe(false);
  const shown = await coffer(['show', 'a.csv.partial'], { cwd });
  expect([shown.exitCode, shown.stdout.includes('MiB/s')]).toEqual([0, true]);
  const resumed = await coffer(['run', 'job.fio', '--output', 'a.csv', '--resume'], { cwd });
  expect(resumed.stderr).toContain('resuming from a.csv.partial: 1 of 4 runs are kept\n');
  expect(resumed.exitCode).toBe(0);
  expect(readFileSync(csv, 'utf8')).toBe(await straightBytes(cwd));
});

test('a changed job file is not resumed', async () => {
  const { child, ended, cwd } = await inThirdRun(ENDLESS);
  child.kill('SIGKILL');
  await ended;
  writeFileSync(join(cwd, 'job.fio'), ENDLESS.replace('bs=4k', 'bs=8k'));
  const resumed = await coffer(['run', 'job.fio', '--output', 'a.csv', '--resume'], { cwd });
  expect(resumed.exitCode).toBe(2);
  expect(resumed.stderr).toContain('was made by another plan of job.fio at loops=1');
});

test('a wall-clock run is interrupted too', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), readsPlan('clock=wall\ntime_based=1\nruntime=1h').text);
  const { child, ended } = start(['run', 'job.fio', '--output', 'a.csv'], { cwd });
  await until(() => existsSync(join(cwd, 'a.csv.partial')));
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  expect(outcomesIn(join(cwd, 'a.csv')).join()).toMatch(/ (interrupted|not_run)$/);
});
