import { expect, test } from 'vitest';
import { firstRun, job, plan, WORLD } from './fixture.ts';

test('blanks around =, comments, CRLF and a byte order mark', () => {
  const text = `\uFEFF; a comment\r\n${WORLD}# another\r\n[ a ]\r\n  filename = nvme0 ; behind\r\n\tbs =  8k # too\r\n\r\n`;
  const [only] = firstRun(text).jobs;
  expect(only).toMatchObject({ name: 'a', device: 'nvme0', where: 'jobs/a.fio:13' });
  expect(only?.bsBytes.read).toBe(8192);
});

test('a comment sign inside a word is part of it', () => {
  const text = `${WORLD}[a;b#c]\nfilename=nvme0\n`;
  expect(firstRun(text).jobs[0]?.name).toBe('a;b#c');
});

test('[global] gives to the jobs below it, a later one on top, a job over both', () => {
  const body =
    '[global]\nfilename=nvme0\nbs=8k\niodepth=4\n[a]\n[global]\nbs=16k\n[b]\n[c]\nbs=32k\niodepth=1\n';
  const seen = firstRun(WORLD + body).jobs.map((one) => [one.bsBytes.read, one.iodepth]);
  expect(seen).toEqual([
    [8192, 4],
    [16384, 4],
    [32768, 1],
  ]);
});

test.each([
  ['readwrite=randread', { rw: 'randread' }],
  ['rw=readwrite', { rw: 'rw' }],
  ['blocksize=8k', { bsBytes: { read: 8192, write: 8192, trim: 8192, copy: 8192 } }],
  ['bs=,,,1m', { bsBytes: { read: 4096, write: 4096, trim: 4096, copy: 1048576 } }],
  ['io_limit=8k', { ioSizeBytes: 8192 }],
  ['fileoffset=8k', { offsetBytes: 8192 }],
  ['timeout=3', { runtimeNs: 3e9 }],
  ['wait_for_previous', { stonewall: true }],
  ['group_reporting=1', { groupReporting: true }],
  ['stonewall=0', { stonewall: false }],
  ['norandommap', { norandommap: true }],
  ['number_ios=0x10', { numberIos: 16 }],
  ['ramp_time=500ms', { rampNs: 5e8 }],
])('%s', (line, expected) => {
  expect(job(`[a]\nfilename=nvme0\n${line}\n`)).toMatchObject(expected);
});

test('what a job is when it says nothing else', () => {
  expect(job('[a]\nfilename=nvme0\n')).toMatchObject({
    rw: 'read',
    bsBytes: { read: 4096, write: 4096, trim: 4096, copy: 4096 },
    iodepth: 1,
    numjobs: 1,
    ioengine: 'sim',
    host: 'host0',
    offsetBytes: 0,
    sizeBytes: 1 << 30,
    ioSizeBytes: 1 << 30,
    destOffsetBytes: null,
    runtimeNs: null,
    numberIos: null,
    path: 'offload',
    fallback: 'never',
    verify: 'none',
    layout: true,
    loops: 1,
  });
});

test.each([
  ['size=50%', { sizeBytes: 512 << 20 }],
  ['offset=25%\nsize=25%', { offsetBytes: 256 << 20, sizeBytes: 256 << 20 }],
  ['size=64m\nio_size=50%', { ioSizeBytes: 32 << 20 }],
  ['offset=512m', { sizeBytes: 512 << 20 }],
  ['bs=48k', { sizeBytes: Math.floor((1 << 30) / 49152) * 49152 }],
  ['numjobs=4\noffset_increment=128m', { sizeBytes: (1024 - 384) << 20 }],
  ['rw=copy\ndest_offset=50%', { destOffsetBytes: 512 << 20, sizeBytes: 512 << 20 }],
  ['rw=copy\ndest_offset=768m', { sizeBytes: 256 << 20 }],
  ['rw=copy\noffset=512m\ndest_offset=0', { sizeBytes: 512 << 20 }],
  ['rw=copy\noffset=64m\ndest_offset_delta=128m', { destOffsetBytes: 192 << 20 }],
  ['rw=copy\ndest_offset=512m\nnumjobs=4\noffset_increment=64m', { sizeBytes: 64 << 20 }],
  [
    'rw=copy\ndest_filename=nvme1\npath=emulation',
    { destDevice: 'nvme1', destOffsetBytes: 0, sizeBytes: 1 << 30 },
  ],
])('regions: %s', (options, expected) => {
  expect(job(`[a]\nfilename=nvme0\n${options}\n`)).toMatchObject(expected);
});

test('groups are numbered as fio does', () => {
  const body =
    '[global]\nfilename=nvme0\n[a]\n[b]\nnumjobs=2\n[c]\nstonewall\n[d]\n[e]\nstonewall\n';
  expect(firstRun(WORLD + body).jobs.map((one) => one.group)).toEqual([0, 0, 1, 1, 2]);
  const first = '[global]\nfilename=nvme0\n[a]\nstonewall\n[b]\n';
  expect(firstRun(WORLD + first).jobs.map((one) => one.group)).toEqual([0, 0]);
});

test.each([
  ['sim', 'sim', 8],
  ['libaio', 'sim', 8],
  ['io_uring', 'sim', 8],
  ['psync', 'psync', 1],
  ['sync', 'psync', 1],
  ['pvsync2', 'psync', 1],
  ['null', 'null', 8],
])('ioengine=%s is %s at depth %d', (name, ioengine, iodepth) => {
  const body = `[a]\nfilename=nvme0\nioengine=${name}\niodepth=8\n`;
  expect(job(body)).toMatchObject({ ioengine, iodepth });
});

test('verify is on for copies that keep data, and off where none is kept', () => {
  const body = '[a]\nfilename=nvme0\nrw=copy\ndest_offset=512m\n';
  expect(job(body).verify).toBe('copy');
  expect(job(`${body}verify=0\n`).verify).toBe('none');
  expect(job(`${body}ioengine=null\n`).verify).toBe('none');
  const tags = '[device d]\ndriver=nvme\ndata=none\n[a]\nfilename=d\nrw=copy\ndest_offset=1g\n';
  expect(firstRun(tags).jobs[0]?.verify).toBe('none');
});

test('a profile gives values, and what is given goes on top', () => {
  const text =
    '[device d]\ndriver=nvme\nprofile=nvme-gen3\nread_latency=1us\n[a]\nfilename=d\nsize=1m\n';
  const [device] = firstRun(text).devices;
  expect(device?.attributes).toMatchObject({ read_latency: 1000, channels: 8, dies: 2 });
});

test('hosts: the declared one, else host0; a namespace is where its controller is', () => {
  const text =
    '[host big]\ncpus=64\n[device d]\ndriver=nvme\n[device d2]\ndriver=nvme-ns\ncontroller=d\n[a]\nfilename=d2\nsize=1m\n';
  const run = firstRun(text);
  expect(run.hosts.map((host) => [host.name, host.attributes['cpus']])).toEqual([['big', 64]]);
  expect(run.devices.map((device) => device.host)).toEqual(['big', 'big']);
  expect(run.jobs[0]?.host).toBe('big');
});

test('clock and repeat', () => {
  const text = `${WORLD}[global]\nclock=wall\nrepeat=3\nfilename=nvme0\n[a]\n`;
  const { runs } = plan(text, { firstIndex: 5 });
  expect(runs.map((run) => [run.index, run.repetition, run.clock])).toEqual([
    [5, 1, 'wall'],
    [6, 2, 'wall'],
    [7, 3, 'wall'],
  ]);
});

test('the plan names the file as given and a run by its base name', () => {
  const one = plan(`${WORLD}[a]\nfilename=nvme0\n`);
  expect([one.jobFile, one.runs[0]?.jobFile]).toEqual(['jobs/a.fio', 'a.fio']);
});
