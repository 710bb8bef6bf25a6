/**
 * Which jobs run, in which group and for how long, by startdelay, exitall, exit_what,
 * exitall_on_error, wait_for, stonewall and new_group; and shares of I/Os by flow; against fio 3.33.
 *
 * What fio does was taken with `fio --output-format=json JOBS`, the jobs as they stand here below
 * a [global] of `ioengine=null size=1g bs=4k rate_iops=1000 time_based`: so I/Os are milliseconds.
 * Here they run in a virtual world. Where fio is installed it is asked again, ten times as fast,
 * which of the jobs do any I/O.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatDiagnostic, loadPlan } from '../../../src/job/load.ts';
import type { Row } from '../../../src/record/columns.ts';
import { run } from '../../../src/runner/run.ts';
import { present } from '../../../src/units/assert.ts';

const folder = mkdtempSync('/tmp/coffer-job-control-');
afterAll(() => rmSync(folder, { recursive: true }));
const hasFio = spawnSync('fio', ['--version']).status === 0;

const GLOBAL = 'ioengine=null\nsize=1g\nbs=4k\nrate_iops=1000\ntime_based\n';
const WORLD = '[device nb0]\ndriver=null_blk\nsize=1g\nmemory_backed=0\ndata=none\n';

async function rowsOf(jobs: string, global = GLOBAL): Promise<readonly Row[]> {
  const text = `${WORLD}[global]\nfilename=nb0\n${global}${jobs}`;
  const loaded = loadPlan({ jobFile: 'a.fio', text });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  const { rows } = await run(present(loaded.plan.runs[0], 'a run'), { trace: false });
  return rows.filter(({ group }) => group !== null);
}

/** By name, jobs, and I/Os of each job of fio with its group. */
const SETTLED: readonly (readonly [string, string, string])[] = [
  [
    'nobody ends with another by default',
    '[a]\nexit_what=all\nruntime=1\n[b]\nruntime=2\n',
    'a g0 1001, b g0 2001',
  ],
  [
    'exitall ends the group, and the next group goes on',
    '[a]\nexitall\nruntime=1\n[b]\nruntime=3\n[g]\nnew_group\nruntime=3\n' +
      '[c]\nstonewall\nruntime=1\n[d]\nruntime=2\n',
    'a g0 1001, b g0 1004, g g1 3000, c g2 1001, d g2 1005',
  ],
  [
    'exit_what=stonewall',
    '[a]\nexitall\nexit_what=stonewall\nruntime=1\n[b]\nruntime=3\n[g]\nnew_group\nruntime=3\n' +
      '[c]\nstonewall\nruntime=1\n[d]\nruntime=2\n',
    'a g0 1001, b g0 1006, g g1 1003, c g2 1001, d g2 1001',
  ],
  [
    'exit_what=all',
    '[a]\nexitall\nexit_what=all\nruntime=1\n[b]\nruntime=3\n[g]\nnew_group\nruntime=3\n' +
      '[c]\nstonewall\nruntime=1\n[d]\nruntime=2\n',
    'a g0 998, b g0 1033, g g1 1031, c g2 0, d g2 0',
  ],
  ['one says exitall for all', '[a]\nruntime=1\n[b]\nexitall\nruntime=3\n', 'a g0 1001, b g0 1006'],
  [
    'exit_what is that of who ends',
    '[a]\nexit_what=all\nruntime=1\n[b]\nexitall\nruntime=3\n[c]\nstonewall\nruntime=1\n',
    'a g0 1000, b g0 1011, c g1 0',
  ],
  [
    'who has not begun does not',
    '[a]\nexitall\nruntime=1\n[b]\nruntime=3\n[c]\nwait_for=a\nruntime=1\n' +
      '[d]\nstartdelay=2\nruntime=1\n',
    'a g0 1000, b g0 984, c g0 0, d g0 0',
  ],
  [
    'who ends so ends others by its own exit_what',
    '[a]\nexitall\nruntime=1\n[b]\nexit_what=all\nruntime=3\n[g]\nnew_group\nruntime=3\n' +
      '[c]\nstonewall\nruntime=1\n',
    'a g0 1001, b g0 1004, g g1 1006, c g2 0',
  ],
  [
    'but not who never began',
    '[a]\nexitall\nruntime=1\n[b]\nexit_what=all\nruntime=3\nstartdelay=2\n' +
      '[g]\nnew_group\nruntime=3\n',
    'a g0 1000, b g0 0, g g1 3000',
  ],
  [
    'groups by themselves',
    '[a]\nruntime=1\n[g]\nnew_group\nexitall\nruntime=2\n[h]\nruntime=3\n' +
      '[b]\nnew_group\nruntime=2\n',
    'a g0 1001, g g1 2000, h g1 2002, b g2 2001',
  ],
  [
    'wait_for one that was ended',
    '[a]\nexitall\nruntime=1\n[b]\nruntime=3\n[g]\nnew_group\nwait_for=b\nruntime=1\n',
    'a g0 1000, b g0 1003, g g1 1000',
  ],
  [
    'wait_for one that never began',
    '[a]\nexitall\nruntime=1\n[b]\nruntime=3\nstartdelay=2\n' +
      '[g]\nnew_group\nwait_for=b\nruntime=1\n',
    'a g0 1001, b g0 0, g g1 0',
  ],
  [
    'runtime counts from the start of the job',
    '[a]\nstartdelay=1\nramp_time=1\nruntime=1\n[b]\nruntime=1\n',
    'a g0 1000, b g0 1000',
  ],
  [
    'new_group and stonewall',
    '[a]\nnew_group\nruntime=1\n[b]\nruntime=1\n[c]\nnew_group\nstonewall\nruntime=1\n' +
      '[d]\nnew_group\nruntime=1\n',
    'a g0 1000, b g0 1000, c g1 1001, d g2 1000',
  ],
];

interface Ran {
  readonly job: string;
  readonly group: string;
  readonly ios: number;
}

function ransIn(text: string): Ran[] {
  return text.split(', ').map((part) => {
    const [job = '', group = '', ios] = part.split(' ');
    return { job, group, ios: Number(ios) };
  });
}

test.each(SETTLED)('%s', async (_, jobs, settled) => {
  const rows = await rowsOf(jobs);
  const fio = ransIn(settled);
  expect(rows.map(({ job, group }) => `${job} g${group}`)).toEqual(
    fio.map(({ job, group }) => `${job} ${group}`),
  );
  for (const [index, { ios }] of fio.entries()) {
    const row = present(rows[index], 'a row of each job');
    expect(row.state).toBe(ios === 0 ? 'not_run' : 'done');
    // fio hears of an end some milliseconds late.
    expect(Math.abs(Number(row.ios) - ios)).toBeLessThan(40);
  }
});

// Where a line plainly says what fio does not do: there c begins at once, and its end is that of a;
// b runs beside c, for its whole time; b ends when a does.
test.each<[string, string, string]>([
  [
    'a stonewall waits for a job that startdelay holds back',
    '[a]\nruntime=1\nstartdelay=1\nexitall\nexit_what=all\n[c]\nstonewall\nruntime=1\n',
    'a g0 done, c g1 not_run',
  ],
  [
    'exit_what=stonewall goes on with the next stonewall',
    '[a]\nexitall\nexit_what=stonewall\nruntime=1\n[b]\nstartdelay=2\nruntime=1\n' +
      '[c]\nstonewall\nruntime=1\n',
    'a g0 done, b g0 not_run, c g1 done',
  ],
  ['exitall=0 is none', '[a]\nexitall=0\nruntime=1\n[b]\nruntime=2\n', 'a g0 done, b g0 done'],
])('%s', async (_, jobs, expected) => {
  const rows = await rowsOf(jobs);
  expect(rows.map(({ job, group, state }) => `${job} g${group} ${state}`).join(', ')).toBe(
    expected,
  );
});

// `fio --output-format=json`, [global] of `ioengine=null size=1g bs=4k time_based runtime=2`.
test.each<[string, string, number[]]>([
  ['flow=3\n[b]\nflow=1', '3:1', [1_263_187, 421_061]],
  ['flow=1\n[b]\nflow=1\n[c]\nflow=2', '1:1:2', [354, 355, 709]],
  ['flow=8\nnumjobs=2\n[b]\nflow=1', '8:8:1', [1126, 1127, 141]],
  ['flow=3\niodepth=8\n[b]\nflow=1\niodepth=8', '3:1 at depth', [673_718, 224_573]],
  ['flow=1\n[b]\nflow=1\nbs=64k', 'of I/Os, not of bytes', [665_965, 665_963]],
  ['flow=3\nflow_sleep=100\n[b]\nflow=1\nflow_sleep=100', 'with flow_sleep', [41_365, 13_787]],
])('flow: shares as of %j', async (jobs, _, fio) => {
  const global = 'ioengine=null\nsize=1g\nbs=4k\ntime_based\nruntime=20ms\n';
  const rows = await rowsOf(`[a]\n${jobs}\n`, global);
  const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
  const ios = rows.map((row) => Number(row.ios));
  for (const [index, each] of ios.entries()) {
    const share = (fio[index] ?? 0) / sum(fio);
    expect(Math.abs(each / sum(ios) / share - 1)).toBeLessThan(0.02);
  }
});

/** Of the jobs, those that fio has do I/Os. */
function ranByFio(jobs: string): string[] {
  const file = join(folder, 'jobs.fio');
  const faster = jobs.replaceAll(/(runtime|startdelay|ramp_time)=(\d)/g, '$1=$200ms');
  writeFileSync(file, `[global]\n${GLOBAL}${faster}`);
  const { stdout } = spawnSync('fio', ['--output-format=json', file], { encoding: 'utf8' });
  const told: { jobs: { jobname: string; read: { total_ios: number } }[] } = JSON.parse(
    stdout.slice(stdout.indexOf('{')),
  );
  return told.jobs.flatMap(({ jobname, read }) => (read.total_ios > 0 ? [jobname] : []));
}

// On a busy machine fio may begin the last job of that one after all.
const ASKED_AGAIN = SETTLED.filter(([name]) => name !== 'wait_for one that never began');

test.runIf(hasFio).each(ASKED_AGAIN)('fio, asked again: %s', { retry: 2 }, (_, jobs, settled) => {
  expect(ranByFio(jobs)).toEqual(ransIn(settled).flatMap(({ ios, job }) => (ios > 0 ? [job] : [])));
});

test.skipIf(hasFio)('fio is not installed: it was not asked again', () => {});
