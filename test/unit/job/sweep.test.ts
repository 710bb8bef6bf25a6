import { expect, test } from 'vitest';
import { firstRun, plan, WORLD } from './fixture.ts';

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
