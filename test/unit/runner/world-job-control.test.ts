/** Jobs of a virtual world that start later, and end because others do. */

import { expect, test } from 'vitest';
import { formatDiagnostic, loadPlan } from '../../../src/job/load.ts';
import type { Row } from '../../../src/record/columns.ts';
import type { RunPlan } from '../../../src/job/plan.ts';
import { run } from '../../../src/runner/run.ts';
import { World } from '../../../src/runner/world.ts';
import { present } from '../../../src/units/assert.ts';

/** A read takes 10 us of a device that costs nothing beside. */
const WORLD = `[device nb0]
driver=null_blk
size=1m
memory_backed=0
data=none
irqmode=2
completion_nsec=10000
[device bad]
driver=null_blk
size=1m
memory_backed=0
data=none
badblocks=+0-7
[global]
filename=nb0
size=1m
bs=4k
time_based
`;

function runOf(text: string): RunPlan {
  const loaded = loadPlan({ jobFile: 'a.fio', text: WORLD + text });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  return present(loaded.plan.runs[0], 'a run');
}

async function rowsOf(text: string): Promise<Row[]> {
  const { rows } = await run(runOf(text), { trace: false });
  return rows.filter(({ group }) => group !== null);
}

/** Of each job the ms at which its clones began. */
function beginnings(text: string): number[][] {
  const world = new World(runOf(text), { trace: false, outside: (work) => work() });
  world.startJobs();
  while (!world.finished) world.simulation.run(1000);
  world.close();
  return world.jobs.map(({ clones }) =>
    clones.map(({ process }) => process.workload.measuredFromNs / 1e6 + 0),
  );
}

const told = (rows: readonly Row[]) => rows.map(({ job, state, error }) => [job, state, error]);
const ms = ({ runtime_ns: ns }: Row): number => Math.round(Number(ns) / 1e6);

test('startdelay counts from the start of the world, and runtime from that of the job', async () => {
  const text = 'runtime=20ms\n[a]\n[b]\nstartdelay=10ms\n';
  expect(beginnings(text)).toEqual([[0], [10]]);
  expect((await rowsOf(text)).map(ms)).toEqual([20, 20]);
});

// What fio 3.33 does in the last of these: it begins c at once (measured).
test.each<[string, string, number[]]>([
  ['behind a stonewall what is left of it', '[a]\n[b]\nstonewall\nstartdelay=30ms\n', [0, 30]],
  ['which may be nothing', '[a]\n[b]\nstonewall\nstartdelay=5ms\n', [0, 20]],
  ['and behind wait_for', '[a]\n[b]\nwait_for=a\nstartdelay=30ms\n', [0, 30]],
  ['a stonewall waits for who is late', '[a]\nstartdelay=5ms\n[c]\nstonewall\n', [5, 25]],
])('%s', (_, text, begun) => {
  const times = beginnings(`runtime=20ms\n${text}`).flat();
  expect(times.map((time) => Math.round(time))).toEqual(begun);
});

test('exitall: the others end when the first does, with what they did', async () => {
  const rows = await rowsOf('exitall\n[a]\nruntime=5ms\n[b]\nruntime=20ms\nnumjobs=2\n');
  expect(rows.map(ms)).toEqual([5, 5, 5]);
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['done']));
  for (const { ios } of rows) expect(Number(ios)).toBeGreaterThan(100);
});

test('who had not begun is not_run, and says why', async () => {
  const late = '[late]\nstartdelay=1h\nruntime=1s\n';
  const rows = await rowsOf(`exitall\n[a]\nruntime=5ms\n${late}[next]\nstonewall\nruntime=5ms\n`);
  expect(told(rows)).toEqual([
    ['a', 'done', null],
    ['late', 'not_run', 'exitall: job a ended before it began'],
    ['next', 'done', null],
  ]);
  expect(rows[1]).toMatchObject({ ios: null, runtime_ns: null, iodepth: 1 });
});

test('of a job some clones may have begun', async () => {
  const rows = await rowsOf(
    'exitall\n[a]\nruntime=5ms\n[b]\nstartdelay=0-10ms\nnumjobs=8\nruntime=1s\n',
  );
  const states = rows.slice(1).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['done', 'not_run']));
  const [, summed] = await rowsOf(
    'exitall\n[a]\nruntime=5ms\n[b]\nstartdelay=0-10ms\nnumjobs=8\nruntime=1s\ngroup_reporting\n',
  );
  const ios = rows.slice(1).reduce((sum, row) => sum + Number(row.ios), 0);
  expect(summed).toMatchObject({ state: 'done', ios, numjobs: 8 });
});

test('a drawn delay is of the seed, the clone and the repetition', async () => {
  const text = 'runtime=20ms\nexitall\n[a]\n[b]\nstartdelay=0-20ms\nnumjobs=3\n';
  const rows = await rowsOf(text);
  expect(await rowsOf(text)).toEqual(rows);
  expect(new Set(rows.slice(1).map(({ ios }) => ios)).size).toBe(3);
  expect(await rowsOf(text.replace('[a]', 'randseed=9\n[a]'))).not.toEqual(rows);
});

test('exitall_on_error: the failed one has failed, the others are done', async () => {
  const failing = '[a]\nexitall_on_error\nstartdelay=3ms\nfilename=bad\nruntime=1s\n';
  const rows = await rowsOf(`${failing}[b]\nruntime=20ms\n`);
  expect(rows.map(({ state }) => state)).toEqual(['failed', 'done']);
  expect(ms(present(rows[1], 'the row of b'))).toBe(3);
});
