/** Real runs that are cut short: by a signal, by --timeout, by a thread that dies, by kill -9. */

import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { present } from '../../src/units/assert.ts';
import { coffer, type Started, start, until } from '../support/command-line.ts';
import { jobFile, rowsIn, runJob } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const ENGINES =
  typeof loadSyscalls() === 'string' ? ['psync'] : ['psync', 'io_uring', 'libaio', 'mmap'];

/** Two clones that nobody would see end, and a run behind them. */
function endless(engine: string): string {
  return jobFile(
    `ioengine=${engine}\niodepth=4\nrw=randwrite\nsize=1m\nnumjobs=2\ntime_based\nruntime=1h\n` +
      'unlink=1\nsweep_bs=4k 8k',
  );
}

interface Under extends Started {
  readonly pid: number;
  readonly csv: string;
}

function startJob(text: string, cwd: string, variables: Record<string, string> = {}): Under {
  writeFileSync(join(cwd, 'job.fio'), text);
  const started = start(['run', 'job.fio', '--output', 'a.csv'], { cwd, variables });
  return { ...started, pid: present(started.child.pid, 'a process'), csv: join(cwd, 'a.csv') };
}

/** Those of the process that lead into the folder, to files of jobs. */
function openFiles(pid: number, cwd: string): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    const path = linkAt(join(folder, fd));
    return path.startsWith(`${cwd}/j.`) ? [path] : [];
  });
}

/** Empty: it has been closed meanwhile. */
function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Clones have opened so many files, and been busy since: beyond the barrier. */
async function busy(pid: number, cwd: string, clones: number): Promise<void> {
  await until(() => new Set(openFiles(pid, cwd)).size === clones);
  const fromTicks = cpuTicks(pid);
  await until(() => cpuTicks(pid) - fromTicks > 30);
}

/** Of all its threads, user and system, 10 ms each: proc_pid_stat(5). */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

test.each(ENGINES)('Ctrl-C ends %s, and what was done is kept', async (engine) => {
  const cwd = scratchFolder();
  const { child, ended, pid, csv } = startJob(endless(engine), cwd);
  await busy(pid, cwd, 2);
  child.kill('SIGINT');
  const { exitCode, stdout } = await ended;
  expect(exitCode).toBe(130);
  expect(stdout).toContain('interrupted: SIGINT came');
  const rows = rowsIn(csv);
  expect(rows.map(({ point, clone, state }) => `${point} ${clone} ${state}`)).toEqual([
    'bs=4k 0 interrupted',
    'bs=4k 1 interrupted',
    'bs=8k 0 not_run',
    'bs=8k 1 not_run',
  ]);
  for (const { ios, bytes } of rows.slice(0, 2)) {
    expect(Number(ios)).toBeGreaterThan(0);
    expect(bytes).toBe(Number(ios) * 4096);
  }
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'a.json', 'job.fio']);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

test('--timeout ends a run, and the next one begins', async () => {
  const cwd = scratchFolder();
  const { exitCode, rows } = await runJob(endless('psync'), { cwd, words: ['--timeout', '700ms'] });
  expect(exitCode).toBe(1);
  expect(rows.map(({ point, state, error }) => `${point} ${state}: ${error}`)).toEqual([
    'bs=4k failed: timeout after 700ms',
    'bs=4k failed: timeout after 700ms',
    'bs=8k failed: timeout after 700ms',
    'bs=8k failed: timeout after 700ms',
  ]);
  for (const { ios } of rows) expect(Number(ios)).toBeGreaterThan(0);
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'a.json', 'job.fio']);
});

const THREE_RUNS = 'rw=randwrite\nsize=1m\nnumjobs=2\nunlink=1\nsweep_bs=4k 8k 16k';

test.each(ENGINES)('a thread of %s that dies is a row, and all else goes on', async (engine) => {
  const cwd = scratchFolder();
  const variables = { COFFER_TEST_CRASH_CLONE: '1.0.1' };
  const text = `${THREE_RUNS}\nioengine=${engine}\niodepth=4`;
  const { exitCode, stderr, rows } = await runJob(text, { cwd, variables });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(', 1 row crashed; ');
  const states = ['done', 'done', 'done', 'crashed', 'done', 'done'];
  expect(rows.map(({ state }) => state)).toEqual(states);
  expect(rows[3]?.error).toBe('its thread died: worker exited with code: 9');
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'a.json', 'job.fio']);
});

test('a run of which a thread died is done again by --resume', async () => {
  const cwd = scratchFolder();
  const variables = { COFFER_TEST_CRASH_CLONE: '1.0.1' };
  expect((await runJob(THREE_RUNS, { cwd, variables })).exitCode).toBe(1);
  const resumed = await runJob(THREE_RUNS, { cwd, words: ['--resume'] });
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stderr).toContain('resuming from a.csv: 2 of 3 runs are kept\n');
  expect(resumed.rows.map(({ state }) => state)).toEqual(Array(6).fill('done'));
});

test('the files of a thread that died are closed while the others go on', async () => {
  const cwd = scratchFolder();
  const variables = { COFFER_TEST_CRASH_CLONE: '0.0.1' };
  const text = jobFile('rw=randwrite\nsize=1m\nnumjobs=2\ntime_based\nruntime=1500ms');
  const { ended, pid, csv } = startJob(text, cwd, variables);
  await until(() => existsSync(join(cwd, 'j.1.0')));
  await busy(pid, cwd, 1);
  expect(openFiles(pid, cwd)).toEqual([join(cwd, 'j.0.0')]);
  expect((await ended).exitCode).toBe(1);
  expect(rowsIn(csv).map(({ state }) => state)).toEqual(['done', 'crashed']);
});

test('after kill -9 the record is resumed, and files that were left are taken up', async () => {
  const cwd = scratchFolder();
  const text = jobFile(
    'rw=randwrite\nsize=1m\nnumjobs=2\ntime_based\nunlink=1\nsweep_runtime=10ms 20ms 1200ms',
  );
  const { child, ended, csv } = startJob(text, cwd);
  const partial = `${csv}.partial`;
  await until(
    () => existsSync(partial) && readFileSync(partial, 'utf8').split('\n').length === 1 + 2 * 2 + 1,
  );
  await until(() => existsSync(join(cwd, 'j.0.0')));
  child.kill('SIGKILL');
  expect((await ended).exitCode).toBe(null);
  expect([existsSync(csv), existsSync(join(cwd, 'j.0.0'))]).toEqual([false, true]);

  const resumed = await coffer(['run', 'job.fio', '--output', 'a.csv', '--resume'], { cwd });
  expect(resumed.stderr).toContain('resuming from a.csv.partial: 1 of 3 runs are kept\n');
  expect(resumed.exitCode).toBe(0);
  const rows = rowsIn(csv);
  expect(rows.map(({ point, state }) => `${point} ${state}`)).toEqual([
    'runtime=10ms done',
    'runtime=10ms done',
    'runtime=20ms done',
    'runtime=20ms done',
    'runtime=1200ms done',
    'runtime=1200ms done',
  ]);
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'a.json', 'job.fio']);
});
