/**
 * The laws of a whole world, over random small jobs: every copy arrives, whatever the path; what the jobs
 * and the background were charged is what the devices counted; same plan, same record.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPlan } from '../../src/job/load.ts';
import type { RunPlan } from '../../src/job/plan.ts';
import { Account } from '../../src/measure/account.ts';
import { run } from '../../src/runner/run.ts';
import { World } from '../../src/runner/world.ts';

const DEVICES = {
  nvme: 'driver=nvme\nprofile=nvme-gen4\nsize=64m\nmssrl=16\nmcl=16\nwrite_cache=256k',
  clone: 'driver=nvme\nsize=64m\ncopy_engine=clone\nlba_size=512',
  uncached: 'driver=nvme\nsize=64m\nwrite_cache=0\nqueue_depth=3\nmssrl=0',
  inline: 'driver=null_blk\nsize=64m\nirqmode=0\ncopy_max_bytes=32k',
  softirq: 'driver=null_blk\nsize=64m\nblocksize=4096\nhw_queue_depth=2',
  timer: 'driver=null_blk\nsize=64m\nirqmode=2\nmax_sectors=64\nmbps=400',
} as const;

const jobs = fc.record({
  device: fc.constantFrom('nvme', 'clone', 'uncached', 'inline', 'softirq', 'timer'),
  data: fc.constantFrom('memory', 'tags'),
  rw: fc.constantFrom('copy', 'randcopy'),
  path: fc.constantFrom('offload', 'emulation', 'read-write'),
  bs: fc.constantFrom('4k', '12k', '64k', '1m'),
  numRange: fc.integer({ min: 1, max: 4 }),
  iodepth: fc.constantFrom(1, 2, 7),
  numjobs: fc.integer({ min: 1, max: 3 }),
  mixed: fc.boolean(),
  /** null: no job of two devices. */
  several: fc.constantFrom(null, 'roundrobin', 'random:3', 'zipf:1.5'),
  destinations: fc.constantFrom('dev0:dev1', 'dev1:dev0', 'dev1'),
  seed: fc.nat({ max: 1000 }),
});

type Job = typeof jobs extends fc.Arbitrary<infer T> ? T : never;

/** Each way the copies of two devices can go; a part of them before measured time. */
function severalOf(job: Job): string {
  return `[several]
filename=dev0:dev1
dest_filename=${job.destinations}
file_service_type=${job.several}
rw=${job.rw}
path=${job.path}
fallback=unsupported
bs=64k
num_range=${job.numRange}
iodepth=${job.iodepth}
ramp_time=200us
size=2m
offset=44m
dest_offset=54m
`;
}

function textOf(job: Job): string {
  const second =
    job.several === null ? '' : `[device dev1]\n${DEVICES.uncached}\ndata=${job.data}\n`;
  const beside = job.mixed ? '[beside]\nrw=randrw\nbs=8k\niodepth=4\noffset=40m\nsize=1m\n' : '';
  return `[device dev0]
${DEVICES[job.device]}
data=${job.data}
${second}[global]
filename=dev0
randseed=${job.seed}
[copies]
rw=${job.rw}
path=${job.path}
fallback=unsupported
bs=${job.bs}
num_range=${job.numRange}
iodepth=${job.iodepth}
numjobs=${job.numjobs}
size=4m
offset_increment=4m
dest_offset=16m
${beside}${job.several === null ? '' : severalOf(job)}`;
}

function planOf(job: Job): RunPlan {
  const loaded = loadPlan({ jobFile: 'law.fio', text: textOf(job) });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ what }) => what).join('\n'));
  const plan = loaded.plan.runs[0];
  if (plan === undefined) throw new Error('no run');
  return plan;
}

test('every copy arrives, and the same plan gives the same record', async () => {
  await fc.assert(
    fc.asyncProperty(jobs, async (job) => {
      const plan = planOf(job);
      const { rows } = await run(plan, { trace: false });
      const all = rows.filter(({ direction }) => direction === 'copy');
      for (const row of all) expect(row).toMatchObject({ state: 'done', verify_errors: 0 });
      const copies = all.filter(({ job: name }) => name === 'copies');
      expect(copies).toHaveLength(job.numjobs);
      const blockBytes = plan.jobs[0]?.bsBytes.copy ?? 0;
      const bytes = Math.floor((4 * 1024 * 1024) / blockBytes) * blockBytes;
      for (const row of copies) {
        expect(row).toMatchObject({ state: 'done', verify_errors: 0, bytes });
        const served =
          Number(row.offload_bytes) + Number(row.emulation_bytes) + Number(row.read_write_bytes);
        expect(served).toBe(row.bytes);
      }
      expect((await run(plan, { trace: false })).rows).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

const COUNTED = [
  'commands',
  'pcieTxBytes',
  'pcieRxBytes',
  'mediaReadBytes',
  'mediaWriteBytes',
] as const;

test('the accounts of jobs and background sum to what each device counted', () => {
  fc.assert(
    fc.property(jobs, (job) => {
      const world = new World(planOf(job), { trace: false, outside: (work) => work() });
      try {
        world.startJobs();
        // To the last event: what is under way when the last job ends is counted too.
        while (world.simulation.step());
        for (const device of world.devices.values()) {
          const charged = new Account();
          charged.add(device.background);
          for (const each of world.jobs) {
            const place = each.devices.indexOf(device);
            for (const { process } of place < 0 ? [] : each.clones) {
              for (const measured of process.workload.recorder.measurements) {
                if (measured !== null) charged.add(measured.accountOf(place));
              }
            }
          }
          for (const name of COUNTED) {
            expect([device.name, name, charged[name]]).toEqual([
              device.name,
              name,
              device.totals[name],
            ]);
          }
        }
      } finally {
        world.close();
      }
    }),
    { numRuns: 60 },
  );
});

test('no job has more in flight than its depth, and nothing ends twice', () => {
  fc.assert(
    fc.property(jobs, (job) => {
      const world = new World(planOf(job), { trace: false, outside: (work) => work() });
      try {
        world.startJobs();
        while (!world.finished && world.simulation.step()) {
          for (const { clones, plan } of world.jobs) {
            for (const { process } of clones) {
              expect(process.workload.inFlight).toBeLessThanOrEqual(plan.iodepth);
              expect(process.workload.inFlight).toBeGreaterThanOrEqual(0);
            }
          }
        }
        expect(world.finished).toBe(true);
      } finally {
        world.close();
      }
    }),
    { numRuns: 10 },
  );
});

test('a job that writes into the sources and destinations of copies does not fail them', async () => {
  const text = `[device dev0]
driver=null_blk
size=64m
data=tags
[global]
filename=dev0
size=2m
[copies]
rw=copy
bs=64k
iodepth=4
dest_offset=16m
[into-sources]
rw=randwrite
bs=4k
iodepth=4
[into-destinations]
rw=randwrite
bs=4k
offset=16m
`;
  const loaded = loadPlan({ jobFile: 'beside.fio', text });
  const plan = loaded.ok ? loaded.plan.runs[0] : undefined;
  if (plan === undefined) throw new Error('the job file is good');
  const { rows } = await run(plan, { trace: false });
  expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  expect(rows[0]?.verify_errors).toBe(0);
});

test('a world in which nothing costs time is a failed row, not a hang', async () => {
  const costs = ['application', 'syscall', 'bio', 'request', 'interrupt', 'completion'];
  const text = `[host h]
${[...costs, 'context_switch'].map((cost) => `${cost}=0\n`).join('')}[device n]
driver=null_blk
size=64m
data=none
irqmode=0
[a]
filename=n
rw=read
time_based
runtime=1s
`;
  const loaded = loadPlan({ jobFile: 'still.fio', text });
  const plan = loaded.ok ? loaded.plan.runs[0] : undefined;
  if (plan === undefined) throw new Error('the job file is good');
  const { rows } = await run(plan, { trace: false });
  expect(rows[0]?.state).toBe('failed');
  expect(rows[0]?.error).toMatch(/^time stands still at \d+ ns of the world/);
});
