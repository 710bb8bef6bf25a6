import { expect, test } from 'vitest';
import { formatDiagnostic, loadPlan } from '../../../src/job/load.ts';
import type { Cell, ColumnName, Row } from '../../../src/record/columns.ts';
import { rowKey } from '../../../src/record/key.ts';
import { unfinishedRows } from '../../../src/runner/rows.ts';
import { run } from '../../../src/runner/run.ts';
import { runOf } from '../job/real-fixture.ts';

const WORLD = `[device nb0]
driver=null_blk
size=16m
data=memory
memory_backed=1
[device nb1]
driver=null_blk
size=16m
data=memory
memory_backed=1
[global]
filename=nb0
size=64k
bs=4k
dest_offset=8m
group_reporting
`;

async function rowsOf(jobs: string): Promise<readonly Row[]> {
  const loaded = loadPlan({ jobFile: 'group.fio', text: WORLD + jobs, firstIndex: 0 });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  const [plan] = loaded.plan.runs;
  if (plan === undefined) throw new Error('a plan of no run');
  const { rows } = await run(plan, { trace: false });
  const keys = rows.map(rowKey);
  expect(new Set(keys).size).toBe(keys.length);
  const ofJobs = rows.filter(({ job }) => !String(job).startsWith('background:'));
  expect(unfinishedRows(plan, 'not_run', 'no').map(rowKey)).toEqual(ofJobs.map(rowKey));
  return ofJobs;
}

function cells(row: Row | undefined, ...names: readonly ColumnName[]): Record<string, Cell> {
  if (row === undefined) throw new Error('no row');
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

test('what the jobs of a group agree in is told, what they differ in is empty', async () => {
  const rows = await rowsOf(
    '[a]\nrw=copy\nnumjobs=2\noffset_increment=64k\npath=offload\n' +
      '[b]\nrw=randcopy\nfilename=nb1\npath=emulation\niodepth=4\nrandseed=7\n',
  );
  expect(rows).toHaveLength(1);
  const asked = [
    'job',
    'clone',
    'rw',
    'direction',
    'device',
    'driver',
    'path',
    'copy_api',
    'bs_bytes',
    'num_range',
    'iodepth',
    'numjobs',
    'seed',
  ] as const;
  expect(cells(rows[0], ...asked)).toEqual({
    job: 'a',
    clone: null,
    rw: 'copy',
    direction: 'copy',
    device: null,
    driver: 'null_blk',
    path: null,
    copy_api: null,
    bs_bytes: 4096,
    num_range: 1,
    iodepth: null,
    numjobs: 3,
    seed: null,
  });
  expect(cells(rows[0], 'ios', 'offload_bytes', 'emulation_bytes')).toEqual({
    ios: 48,
    offload_bytes: 131_072,
    emulation_bytes: 65_536,
  });
});

test('jobs that have no I/O of a direction have no say in its row', async () => {
  const rows = await rowsOf(
    '[a]\nrw=copy\niodepth=4\n[b]\nrw=rw\nbs=8k\n[c]\nrw=randread\nbs=8k\n',
  );
  const seen = ['job', 'rw', 'direction', 'bs_bytes', 'iodepth', 'numjobs', 'path'] as const;
  const copies = { job: 'a', rw: 'copy', direction: 'copy', bs_bytes: 4096, iodepth: 4 };
  const reads = { job: 'b', rw: 'rw', direction: 'read', bs_bytes: 8192, iodepth: 1 };
  expect(rows.map((row) => cells(row, ...seen))).toEqual([
    { ...copies, numjobs: 1, path: 'offload' },
    { ...reads, numjobs: 2, path: null },
    { ...reads, direction: 'write', numjobs: 1, path: null },
  ]);
});

test('stonewalled groups and jobs without group_reporting have rows of their own', async () => {
  const rows = await rowsOf(
    '[a]\nrw=read\n[b]\nrw=read\ngroup_reporting=0\nnumjobs=2\n[c]\nrw=read\nstonewall\n',
  );
  expect(rows.map((row) => cells(row, 'group', 'job', 'clone', 'numjobs'))).toEqual([
    { group: 0, job: 'a', clone: null, numjobs: 1 },
    { group: 0, job: 'b', clone: 0, numjobs: 2 },
    { group: 0, job: 'b', clone: 1, numjobs: 2 },
    { group: 1, job: 'c', clone: null, numjobs: 1 },
  ]);
});

test.each([
  '[n]\nioengine=null\n[e]\npath=emulation\n',
  '[e]\npath=emulation\n[n]\nioengine=null\n',
])('a job of the null engine hides no path of its group: %j', async (jobs) => {
  const rows = await rowsOf(`rw=copy\n${jobs}`);
  expect(cells(rows[0], 'bytes', 'emulation_bytes', 'offload_bytes', 'fallbacks')).toEqual({
    bytes: 131_072,
    emulation_bytes: 65_536,
    offload_bytes: 0,
    fallbacks: 0,
  });
});

test('a group of the null engine alone has taken no path', async () => {
  const rows = await rowsOf('[n]\nioengine=null\nrw=copy\n[m]\nioengine=null\nrw=copy\n');
  expect(cells(rows[0], 'ios', 'emulation_bytes', 'fallbacks')).toEqual({
    ios: 32,
    emulation_bytes: null,
    fallbacks: null,
  });
});

test('a job has the driver that its files have, and none where they differ', () => {
  const plan = runOf('filename=a:b:c\nrw=write\nsize=3m\nnumjobs=4');
  const driverWhere = (kinds: readonly ('file' | 'block')[]) => {
    let looks = 0;
    const targets = plan.targets.map((target, at) => ({
      ...target,
      kind: kinds[at] ?? 'file',
      get path() {
        looks += 1;
        return target.path;
      },
    }));
    const rows = unfinishedRows({ ...plan, targets }, 'not_run', 'no');
    expect(rows).toHaveLength(4);
    // Looking for each file of each row took minutes with thousands of them.
    expect(looks).toBe(3);
    return [...new Set(rows.map(({ driver }) => driver))];
  };
  expect(driverWhere(['file', 'file', 'file'])).toEqual(['file']);
  expect(driverWhere(['block', 'block', 'block'])).toEqual(['block']);
  expect(driverWhere(['file', 'block', 'file'])).toEqual([null]);
});
