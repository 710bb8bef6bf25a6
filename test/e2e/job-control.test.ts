/** Jobs on real targets that start later, end because others do, and share their I/Os. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Row } from '../../src/record/columns.ts';
import { coffer, start } from '../support/command-line.ts';
import { rowsIn, runJob, runJobUnder, titled } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const GLOBAL = '[global]\nioengine=null\nsize=1g\nbs=4k\nrate_iops=1000\ntime_based\n';

const told = (rows: readonly Row[]) =>
  rows.map(({ job, clone, group, state }) => `${job}.${clone} g${group} ${state}`);
const ms = (row: Row | undefined): number => Number(row?.runtime_ns) / 1e6;

test('startdelay and exitall, on threads', async () => {
  const jobs =
    '[a]\nstartdelay=200ms\nruntime=300ms\n[b]\nruntime=20s\nnumjobs=2\n' +
    '[late]\nstartdelay=20s\nruntime=1s\n[g]\nnew_group\nruntime=1s\n' +
    '[waits]\nwait_for=late\nnew_group\nruntime=1s\n[next]\nstonewall\nruntime=100ms\n';
  const { exitCode, rows, stderr } = await runJob(`${GLOBAL}exitall\n${jobs}`, {
    cwd: scratchFolder(),
  });
  expect(told(rows)).toEqual([
    'a.0 g0 done',
    'b.0 g0 done',
    'b.1 g0 done',
    'late.0 g0 not_run',
    'g.0 g1 done',
    'waits.0 g2 not_run',
    'next.0 g3 done',
  ]);
  // A job that was asked for and has not run is told by the exit code too.
  expect([exitCode, stderr.includes('2 rows not_run')]).toEqual([1, true]);
  expect(rows[3]?.error).toBe('exitall: job a ended before it began');
  expect(rows[5]?.error).toBe('exitall: job a ended before it began; it waits for late');
  expect(ms(rows[0])).toBeGreaterThan(290);
  expect(ms(rows[1])).toBeGreaterThan(ms(rows[0]) + 190);
  expect(ms(rows[1])).toBeLessThan(5000);
  expect(ms(rows[4])).toBeGreaterThan(900);
});

const noPrlimit = spawnSync('prlimit', ['--version']).status === 0 ? null : 'prlimit is not there';

test.skipIf(noPrlimit !== null)(
  titled('exitall_on_error: one has failed, and the other did what it could', noPrlimit),
  async () => {
    const cwd = scratchFolder();
    const text =
      '[global]\nbs=64k\nioengine=psync\nexitall_on_error\n' +
      '[a]\nfilename=a\nsize=2m\nrw=write\nfallocate=none\nstartdelay=200ms\n' +
      '[b]\nfilename=b\nsize=64k\ntime_based\nruntime=20s\n';
    const { rows } = await runJobUnder('prlimit --fsize=1048576', text, cwd);
    expect(rows.map(({ job, state }) => [job, state])).toEqual([
      ['a', 'failed'],
      ['b', 'done'],
    ]);
    expect(ms(rows[1])).toBeGreaterThan(190);
    expect(ms(rows[1])).toBeLessThan(10_000);
  },
);

// Beside other work a clone may be alone for a moment at the end: rates keep that small.
test.each([
  ['the null engine', 'ioengine=null\nsize=1g\n'],
  ['a file', 'ioengine=psync\nfilename=data\nsize=1m\nrw=randread\n'],
])('flow on %s', { retry: 3 }, async (_, lines) => {
  const jobs = '[a]\nflow=3\nrate_iops=8000\n[b]\nflow=1\nrate_iops=1000\n';
  const text = `[global]\nbs=4k\ntime_based\nruntime=1s\n${lines}${jobs}`;
  const { rows } = await runJob(text, { cwd: scratchFolder() });
  const [a, b] = rows.map(({ ios }) => Number(ios));
  expect(Math.abs((a ?? 0) / (b ?? 1) / 3 - 1)).toBeLessThan(0.02);
});

test('Ctrl-C does not wait for who waits for its time', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), `${GLOBAL}runtime=1s\n[a]\nstartdelay=300\n`);
  const { child, ended } = start(['run', 'job.fio', '--output', 'a.csv'], { cwd });
  await sleep(2000);
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  const [row] = rowsIn(join(cwd, 'a.csv'));
  expect([row?.state, row?.error]).toEqual(['not_run', 'the run was stopped before it began']);
});

test('in a virtual world the same bytes for any number of workers', async () => {
  const cwd = scratchFolder();
  const world = '[device nb0]\ndriver=null_blk\nsize=1m\nmemory_backed=0\ndata=none\n';
  const jobs =
    '[a]\nruntime=5ms\nflow=2\n[b]\nstartdelay=0-8ms\nnumjobs=4\nflow=1\nruntime=1s\n' +
    '[c]\nstonewall\nexit_what=all\nruntime=2ms\n[d]\nstartdelay=30ms-1\nruntime=1s\n';
  const global = '[global]\nfilename=nb0\ntime_based\nexitall\nrepeat=6\nsweep_bs=4k 16k\n';
  writeFileSync(join(cwd, 'job.fio'), world + global + jobs);
  const record = async (workers: number): Promise<string> => {
    await coffer(['run', 'job.fio', '--workers', `${workers}`, '--output', 'a.csv'], { cwd });
    return readFileSync(join(cwd, 'a.csv'), 'utf8');
  };
  const one = await record(1);
  expect(await record(4)).toBe(one);
  expect(
    rowsIn(join(cwd, 'a.csv')).filter(({ state }) => state === 'not_run').length,
  ).toBeGreaterThan(12);
  // What exitall left out is as it should be: it is not run again.
  const resumed = await coffer(['run', 'job.fio', '--resume', '--output', 'a.csv'], { cwd });
  expect(resumed.stderr).toContain('12 of 12 runs are kept');
});
