import { expect, test } from 'vitest';
import { firstRun, plan, refusals, warnings, WORLD } from './fixture.ts';

const points = (text: string, request = {}) => plan(text, request).runs.map((run) => run.point);
const digests = (text: string, request = {}) =>
  plan(text, request).runs.map((run) => run.planSha256);

const COPY = `${WORLD}[global]\nfilename=nvme0\nrw=copy\nsize=64m\ndest_offset=512m\n`;

test('axes cross in order of appearance, the first slowest; point is sorted', () => {
  const text = `${COPY}sweep_path=offload emulation\nsweep_bs=4096 16K 1m\n[a]\n`;
  expect(points(text)).toEqual([
    'bs=4k path=offload',
    'bs=16k path=offload',
    'bs=1m path=offload',
    'bs=4k path=emulation',
    'bs=16k path=emulation',
    'bs=1m path=emulation',
  ]);
  expect(
    plan(text)
      .runs.map((run) => run.jobs[0]?.bsBytes.copy)
      .slice(0, 3),
  ).toEqual([4096, 16384, 1048576]);
});

test('a sweep of [global] is one axis for all jobs, one of a job is its own', () => {
  const text = `${COPY}sweep_bs=4k 8k\n[a]\n[b]\ndest_offset=768m\nsweep_iodepth=1 2\n`;
  expect(points(text)).toEqual([
    'b.iodepth=1 bs=4k',
    'b.iodepth=2 bs=4k',
    'b.iodepth=1 bs=8k',
    'b.iodepth=2 bs=8k',
  ]);
  const last = plan(text).runs[3]?.jobs.map((job) => [job.bsBytes.copy, job.iodepth]);
  expect(last).toEqual([
    [8192, 1],
    [8192, 2],
  ]);
});

test('what a job gives itself takes it out of the sweep', () => {
  const text = `${COPY}sweep_bs=4k 8k\n[a]\n[b]\nbs=64k\n`;
  expect(plan(text).runs.map((run) => run.jobs.map((job) => job.bsBytes.copy))).toEqual([
    [4096, 65536],
    [8192, 65536],
  ]);
  expect(points(`${COPY}sweep_bs=4k 8k\n[b]\nbs=64k\n`)).toEqual(['']);
});

test('attributes of devices and hosts, and profiles', () => {
  const text = `${COPY}sweep_nvme0.mssrl=16 0x20\nsweep_host0.syscall=1us\nsweep_nvme1.profile=nvme-gen3 nvme-gen4\n[a]\n`;
  expect(points(text)).toEqual([
    'host0.syscall=1us nvme0.mssrl=16 nvme1.profile=nvme-gen3',
    'host0.syscall=1us nvme0.mssrl=16 nvme1.profile=nvme-gen4',
    'host0.syscall=1us nvme0.mssrl=32 nvme1.profile=nvme-gen3',
    'host0.syscall=1us nvme0.mssrl=32 nvme1.profile=nvme-gen4',
  ]);
  const run = plan(text).runs[3];
  expect(run?.devices.map((device) => device.attributes['mssrl'])[0]).toBe(32);
  expect(run?.hosts[0]?.attributes['syscall']).toBe(1000);
});

test('flags, lists by direction and the clock can be swept', () => {
  const text = `${COPY}sweep_norandommap=0 1\nsweep_bs=4k,,,8k 16k\nsweep_clock=virtual wall\n[a]\n`;
  expect(points(text)[0]).toBe('bs=4k,,,8k clock=virtual norandommap=0');
  expect(
    plan(text)
      .runs.map((run) => run.clock)
      .slice(0, 2),
  ).toEqual(['virtual', 'wall']);
});

test('--set replaces an option and its sweep in every job', () => {
  const text = `${COPY}sweep_bs=4k 8k\n[a]\n[b]\ndest_offset=768m\nbs=64k\n[c]\ndest_offset=640m\nsweep_bs=1m 2m\n`;
  expect(points(text, { set: ['bs=16k'] })).toEqual(['']);
  const jobs = firstRun(text, { set: ['bs=16k'] }).jobs;
  expect(jobs.map((job) => job.bsBytes.copy)).toEqual([16384, 16384, 16384]);
  expect(points(text, { set: ['sweep_bs=16k 32k'] })).toEqual(['bs=16k', 'bs=32k']);
});

test('--set of an attribute replaces what the section and a sweep give', () => {
  const text = `${COPY}sweep_nvme0.mssrl=16 32\n[a]\n`;
  const set = ['nvme0.mssrl=8', 'host0.cpus=2', 'repeat=2', 'clock=wall', 'plain0.mssrl=1'];
  const run = firstRun(text, { set });
  expect(points(text, { set })).toEqual(['', '']);
  expect(run.devices.map((device) => device.attributes['mssrl'])).toEqual([8, 128, 1]);
  expect([run.hosts[0]?.attributes['cpus'], run.clock]).toEqual([2, 'wall']);
});

test('--section keeps its jobs, their axes and their groups', () => {
  const text = `${COPY}[a]\nsweep_bs=4k 8k\n[b]\nstonewall\nsweep_iodepth=1 2 3\n`;
  expect(points(text, { sections: ['b'] })).toEqual(['b.iodepth=1', 'b.iodepth=2', 'b.iodepth=3']);
  expect(firstRun(text, { sections: ['b'] }).jobs.map((job) => job.group)).toEqual([0]);
  expect(points(text, { sections: ['a', 'b'] })).toHaveLength(6);
});

test('the digest names the question, not its spelling and not its point', () => {
  const base = `${COPY}sweep_bs=4k 8k\n[a]\n`;
  const [first, second] = digests(base);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(second).toBe(first);
  const same = [
    base.replace('64m', '65536k'),
    base.replace('[global]', '; a comment\n\n[global]'),
    base.replace('4k 8k', '16k 4k'),
    base.replace('[a]', '[a]\ndescription=a note\niodepth=1'),
    base.replace('rw=copy', 'repeat=2\nrw=copy'),
  ];
  for (const text of same) expect(digests(text)[0]).toBe(first);
  const others = [
    base.replace('64m', '32m'),
    base.replace('[a]', '[b]'),
    base.replace('size=1g', 'size=2g'),
    base.replace('rw=copy', 'randseed=1\nrw=copy'),
    base.replace('rw=copy', 'clock=wall\nrw=copy'),
    base.replace('sweep_bs=4k 8k', 'bs=4k'),
    `[host h]\ncpus=1\n${base}`,
  ];
  const seen = new Set([first, ...others.map((text) => digests(text)[0])]);
  expect(seen.size).toBe(others.length + 1);
});

test('random streams depend on randseed and the name of the job, never on the point', () => {
  const text = `${COPY}sweep_path=offload emulation\n[a]\n[b]\ndest_offset=768m\n`;
  const [offload, emulation] = plan(text).runs.map((run) => run.jobs.map((job) => job.seed));
  expect(emulation).toEqual(offload);
  expect(new Set(offload).size).toBe(2);
  expect(firstRun(text, { set: ['randseed=2'] }).jobs[0]?.seed).not.toBe(offload?.[0]);
  expect(firstRun(text, { set: ['randseed=2'] }).jobs[0]?.randseed).toBe(2);
  expect(offload?.every(Number.isSafeInteger)).toBe(true);
});

test('the digest of a point does not depend on the points beside it', () => {
  const axes: Readonly<Record<string, readonly [string, string]>> = {
    clock: ['virtual', 'wall'],
    'nvme0.host': ['host0', 'h1'],
    'nvme0.profile': ['nvme-gen3', 'nvme-gen4'],
    bs: ['4k', '8k'],
  };
  const text = (values: readonly string[]): string => {
    const lines = Object.keys(axes).map((name, place) => `sweep_${name}=${values[place]}\n`);
    const world = '[host host0]\n[host h1]\n[device nvme0]\ndriver=nvme\nsize=1g\n';
    return `${world}[global]\nfilename=nvme0\nrw=read\nsize=64m\n${lines.join('')}[a]\n`;
  };
  const whole = digests(text(Object.values(axes).map((values) => values.join(' '))));
  expect(whole).toHaveLength(16);
  expect(new Set(whole).size).toBe(2);
  for (const [place, digest] of whole.entries()) {
    const bits = [8, 4, 2, 1].map((bit) => ((place & bit) === 0 ? 0 : 1));
    const values = Object.values(axes).map((pair, axis) => pair[bits[axis] ?? 0] ?? '');
    expect(digests(text(values))).toEqual([digest]);
  }
});

test('a mistake at some points is told once: at how many, and which is the first', () => {
  const text = `${COPY.replace('dest_offset=512m\n', '')}sweep_iodepth=1 2\nsweep_bs=4k 1m\n`;
  expect(refusals(`${text}sweep_dest_offset=512m 1020m\n[a]\n`)).toEqual([
    'jobs/a.fio:17: dest_offset: the destination ends at 1084m, past the end of nvme0 at 1g; ' +
      'make it smaller or move it ' +
      '(at 4 of 8 points, first bs=4k dest_offset=1020m iodepth=1)',
  ]);
});

test('a mistake of a world counts every point that has this world', () => {
  const text = `${COPY}sweep_bs=4k 8k 16k\nsweep_nvme0.lba_size=4096 513\n[a]\n`;
  const [told = ''] = refusals(text);
  expect(told).toContain('(at 3 of 6 points, first bs=4k nvme0.lba_size=513)');
});

test('a warning at all points does not name them', () => {
  const told = warnings(`${COPY}sweep_iodepth=1 2\ndirect=0\n[a]\n`);
  expect(told).toHaveLength(1);
  expect(told[0]).not.toContain('points');
});
