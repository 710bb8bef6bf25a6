import { expect, test } from 'vitest';
import { formatDiagnostic, loadPlan } from '../../../src/job/load.ts';
import type { RunPlan } from '../../../src/job/plan.ts';
import type { Row } from '../../../src/record/columns.ts';
import { run } from '../../../src/runner/run.ts';
import { World } from '../../../src/runner/world.ts';
import { present } from '../../../src/units/assert.ts';

const MIB = 1_048_576;
const WORLD = `[device nb0]
driver=null_blk
size=16m
data=memory
memory_backed=1
[device nb1]
driver=null_blk
size=32m
data=memory
memory_backed=1
[device nb2]
driver=null_blk
size=16m
data=memory
memory_backed=1
badblocks=+2048-2055
[device fast]
driver=nvme
size=16m
data=memory
`;

function planOf(jobs: string): RunPlan {
  const loaded = loadPlan({ jobFile: 'files.fio', text: WORLD + jobs });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  return present(loaded.plan.runs[0], 'a run');
}

async function rowsOf(jobs: string): Promise<readonly Row[]> {
  return (await run(planOf(jobs), { trace: false })).rows;
}

/** Commands that reached each device. */
function commands(jobs: string): Record<string, number> {
  const world = new World(planOf(jobs), { trace: false, outside: (work) => work() });
  try {
    world.startJobs();
    while (world.simulation.step());
    const devices = [...world.devices];
    return Object.fromEntries(devices.map(([name, { totals }]) => [name, totals.commands]));
  } finally {
    world.close();
  }
}

test('I/Os go to the devices by turns, each as long as it is', () => {
  const job = '[a]\nfilename=nb0:nb1\nrw=read\nbs=64k\n';
  expect(commands(`${job}size=2m\n`)).toMatchObject({ nb0: 16, nb1: 16, nb2: 0 });
  expect(commands(job)).toMatchObject({ nb0: 256, nb1: 512, nb2: 0 });
});

test('the record names the devices as given, and their driver where it is one', async () => {
  const [one, mixed] = await rowsOf(
    '[a]\nfilename=nb0:nb1\nsize=1m\n[b]\nstonewall\nfilename=nb0:fast\nsize=1m\n',
  );
  expect(one).toMatchObject({ device: 'nb0:nb1', driver: 'null_blk', bytes: MIB, state: 'done' });
  expect(mixed).toMatchObject({ device: 'nb0:fast', driver: null, bytes: MIB });
});

test.each([
  ['dest_offset=8m', 'within each'],
  ['dest_filename=nb1:nb0\ndest_offset=8m', 'crosswise'],
  ['dest_filename=nb1\ndest_offset=8m', 'into one'],
])('copies of several files arrive: %s', async (destination) => {
  for (const path of ['offload', 'emulation', 'read-write']) {
    const rows = await rowsOf(
      `[a]\nfilename=nb0:nb1\nrw=randcopy\nsize=4m\nbs=64k\nnum_range=3\niodepth=4\n` +
        `path=${path}\nfallback=unsupported\n${destination}\n`,
    );
    expect(rows[0]).toMatchObject({ state: 'done', verify_errors: 0, bytes: 4 * MIB });
  }
});

test('a copy that goes wrong in one file is found', () => {
  const text = '[a]\nfilename=nb0:nb1\nrw=copy\nsize=2m\ndest_offset=8m\npath=emulation\n';
  const world = new World(planOf(text), { trace: false, outside: (work) => work() });
  try {
    const nb1 = present(world.devices.get('nb1'), 'nb1');
    let spoilt = false;
    const { content } = nb1;
    const fingerprints = content.fingerprints.bind(content);
    // What the second file's destination holds at the end is another thing.
    content.fingerprints = (first, units, into, at) => {
      fingerprints(first, units, into, at);
      if (world.jobs[0]?.clones[0]?.process.running === false && units > 100) {
        spoilt = true;
        into[at + 3] = -7;
      }
    };
    world.startJobs();
    while (!world.finished && world.simulation.step());
    expect(spoilt).toBe(true);
    expect(world.jobs[0]?.clones[0]?.verifyErrors).toBe(1);
  } finally {
    world.close();
  }
});

test('a failure says in which file it was', async () => {
  const [row] = await rowsOf('[a]\nfilename=nb0:nb2\nrw=read\nbs=64k\nsize=8m\n');
  expect(row).toMatchObject({
    state: 'failed',
    error: 'EIO (BLK_STS_IOERR): read of 65536 bytes at 1048576; nb2',
  });
});

test('each clone has its own part of each file', async () => {
  const rows = await rowsOf(
    '[a]\nfilename=nb0:nb1\nrw=randwrite\nnumjobs=3\nsize=2m\noffset_increment=1m\n',
  );
  expect(rows.slice(0, 3).map(({ bytes }) => bytes)).toEqual([2 * MIB, 2 * MIB, 2 * MIB]);
});

test('the same turns come out each time, others in another repetition', async () => {
  const job = '[global]\nrepeat=2\n[a]\nfilename=nb0:nb1:fast\nrw=randread\nsize=3m\n';
  const text = `${job}file_service_type=random\n`;
  const loaded = loadPlan({ jobFile: 'files.fio', text: WORLD + text });
  if (!loaded.ok) throw new Error('no plan');
  const [first, second] = loaded.plan.runs;
  const rows = async (plan: RunPlan | undefined) =>
    (await run(present(plan, 'a run'), { trace: false })).rows[0];
  expect(await rows(first)).toEqual(await rows(first));
  expect((await rows(first))?.lat_stddev_ns).not.toBe((await rows(second))?.lat_stddev_ns);
});
