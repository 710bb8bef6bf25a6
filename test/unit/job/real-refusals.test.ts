import { expect, test } from 'vitest';
import { refusals, WORLD } from './fixture.ts';
import { lookUp, refused } from './real-fixture.ts';

const COPY = 'filename=ours\nrw=copy\nsize=16m';

/** Each refused with exactly one sentence; the options begin on line 2. */
test.each<[string, string]>([
  [
    'filename=ours\nioengine=sim',
    '3: ioengine: sim is the engine of simulated devices, and no [device NAME] is declared; give psync, io_uring, libaio, mmap or null',
  ],
  [
    'filename=ours\ncopy_api=bio-pair',
    '3: copy_api: bio-pair is simulated; real files take copy_file_range or ficlonerange',
  ],
  [
    `${COPY}\nioengine=io_uring\ndest_filename=new`,
    '5: ioengine: io_uring cannot copy with path=offload, only psync can; give path=emulation or path=read-write, or another ioengine',
  ],
  [
    `${COPY}\nioengine=libaio\npath=emulation\ndest_filename=new`,
    '6: path: libaio cannot copy with path=emulation, only psync and io_uring can; give path=read-write, or another ioengine',
  ],
  [
    `${COPY}\nioengine=mmap\ndest_filename=new`,
    '5: ioengine: mmap cannot copy with path=offload, only psync can; give path=read-write, or another ioengine',
  ],
  [
    'filename=/dev/disk\nrw=copy\nsize=16m\ndest_offset=512m',
    '3: rw: /dev/disk is a block device, and copy_file_range copies files alone; give path=emulation or path=read-write, or allow fallback=unsupported',
  ],
  [
    'filename=ours\nsize=4m\noffset=2m\ncpus_allowed=3-1',
    '5: cpus_allowed: "3-1" ends before it begins; swap the two',
  ],
  [
    'filename=ours\nrw=write\nsize=4m\nbuffer_pattern=0xzz',
    '5: buffer_pattern: "0xzz" is no pattern; write "text", 0x and hex digits, or a number',
  ],
])('%s', (options, sentence) => {
  expect(refused(options)).toEqual([`jobs/a.fio:${sentence}`]);
});

/** Regions. */
test.each<[string, string]>([
  [
    'rw=write',
    '1: size: nothing tells the size of the job: a.0.0 is not there, or empty; give size=',
  ],
  [
    'filename=new\nsize=50%',
    '3: size: is a share of new, which is not there, or empty; give it in bytes',
  ],
  ['ioengine=null', '2: ioengine: nothing tells the size of the job: no file is named; give size='],
  [
    'filename=ours\ndirect=1\nbs=1000\nsize=4m',
    '4: bs: 1000 is no multiple of the logical block of ours, 512; round it',
  ],
  [
    'filename=/dev/disk\ndirect=1\noffset=512\nsize=4m',
    '4: offset: 512 is no multiple of the logical block of /dev/disk, 4k; round it',
  ],
  [
    'filename=/dev/disk\nsize=2g',
    '3: size: the region ends at 2g, past the end of /dev/disk at 1g; make it smaller or move it',
  ],
  [
    `${COPY}\ndest_offset=8m`,
    '5: dest_offset: destination at 8m and source at 0 overlap over 16m; move one, or give a smaller size',
  ],
  [
    `${COPY}\ndest_filename=./ours`,
    '5: dest_filename: a copy needs a destination; give dest_offset=, dest_offset_delta= or dest_filename=',
  ],
  [
    `${COPY}\ndest_filename=new\nnumjobs=2`,
    '6: numjobs: 2 clones write 16m each, 0 apart: their destinations overlap; give offset_increment=16m or more, or numjobs=1',
  ],
  [
    'filename=c.$jobnum\ndest_filename=c.1\nnumjobs=2\nrw=copy\nsize=16m\noffset_increment=16m\ndest_offset=0',
    '8: dest_offset: destination at 0 and source at 0 overlap over 16m (of some clones); move one, or give a smaller size',
  ],
])('%s', (options, sentence) => {
  expect(refused(options)).toEqual([`jobs/a.fio:${sentence}`]);
});

/** What is there may not be lost, and what is read must be there. */
test.each<[string, string]>([
  ['filename=folder\nsize=1m', '2: filename: folder is a folder'],
  ['filename=secret\nsize=1m', '2: filename: secret may not be read'],
  ['filename=secret\nrw=write\nsize=1m', '2: filename: secret may not be written'],
  [
    'filename=fixed\nrw=randrw\nsize=1m',
    '2: filename: fixed lies on a file system that is mounted read-only',
  ],
  [
    'filename=fixed\nsize=65m',
    '2: filename: fixed lies on a file system that is mounted read-only',
  ],
  [
    'filename=/dev/mounted\nrw=write\nsize=1m',
    '2: filename: /dev/mounted is mounted on /; give allow_mounted_write=1 to write all the same',
  ],
  [
    'filename=/dev/partitioned\nrw=write\nsize=1m',
    '2: filename: /dev/partitioned holds a partition table; give overwrite=1 if what it holds may be lost, or another name',
  ],
  [
    'filename=ours\ndest_filename=foreign\nrw=copy\nsize=1m\noverwrite=0',
    '6: overwrite: foreign exists and was not made by coffer; give overwrite=1 if what it holds may be lost, or another name',
  ],
  [
    'filename=foreign\nsize=65m',
    '2: filename: foreign exists and was not made by coffer, and holds 64m, and the job needs 65m; give overwrite=1 if what it holds may be lost, or another name',
  ],
  [
    'filename=ours\nsize=65m\nlayout=0',
    '4: layout: ours holds 64m, and the job needs 65m; layout=0 leaves it so: give layout=1, or make the file',
  ],
  [
    'filename=new\nsize=1m\nlayout=0',
    '4: layout: new is not there, and the job needs 1m; layout=0 leaves it so: give layout=1, or make the file',
  ],
  [
    'filename=few\nsize=4k\nlayout=0',
    '4: layout: few holds 6 B, and the job needs 4k; layout=0 leaves it so: give layout=1, or make the file',
  ],
  [
    'filename=new\nsize=1m\nrw=write\nioengine=mmap\nfallocate=none',
    '6: fallocate: new is written by ioengine=mmap, which needs room beforehand, and fallocate=none makes none; give fallocate=native, or another ioengine',
  ],
  [
    'filename=ours\ndest_filename=new\nsize=1m\nrw=copy\nioengine=mmap\npath=read-write\nfallocate=truncate',
    '8: fallocate: new is written by ioengine=mmap, which needs room beforehand, and fallocate=truncate makes none; give fallocate=native, or another ioengine',
  ],
])('%s', (options, sentence) => {
  expect(refused(options)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('what may be lost is written with leave, of the job or of the command line', () => {
  const disk = 'filename=/dev/mounted\nrw=write\nsize=1m';
  expect(refused(`${disk}\nallow_mounted_write=1`)).toEqual([]);
  expect(refused('filename=foreign\nrw=write\nsize=1m\noverwrite=1')).toEqual([]);
  expect(refused('filename=foreign\nsize=65m\noverwrite=1')).toEqual([]);
  expect(refused(disk, { allowDestructive: true })).toEqual([]);
  expect(refused('filename=foreign\nrw=write\nsize=1m', { allowDestructive: true })).toEqual([]);
  expect(refused('filename=secret\nrw=write\nsize=1m', { allowDestructive: true })).toHaveLength(1);
});

test('a mapping that is read, and one of a device, need no room', () => {
  const mapped = 'size=1m\nioengine=mmap\nfallocate=none';
  expect(refused(`filename=new\n${mapped}`)).toEqual([]);
  expect(refused(`filename=/dev/disk\nrw=write\n${mapped}`)).toEqual([]);
  expect(refused('filename=new\nrw=write\nsize=1m\nioengine=mmap')).toEqual([]);
});

test('what is only read needs no leave', () => {
  for (const name of ['foreign', '/dev/mounted', '/dev/partitioned', 'fixed']) {
    expect(refused(`filename=${name}\nsize=1m`)).toEqual([]);
  }
});

test('--readonly writes nothing, nor lays out', () => {
  const readonly = { readonly: true };
  expect(refused('filename=ours\nrw=randread\nsize=1m', readonly)).toEqual([]);
  for (const rw of ['write', 'randrw', 'copy']) {
    const options = `filename=ours\nrw=${rw}\nsize=1m\ndest_offset=32m`;
    expect(refused(options, readonly)).toEqual([
      `jobs/a.fio:3: rw: --readonly lets jobs read alone, and rw=${rw} writes; run without it`,
    ]);
  }
  expect(refused('filename=new\ndest_filename=other\nrw=copy\nsize=1m', readonly)).toHaveLength(1);
  expect(refused('filename=new\nsize=1m', readonly)).toEqual([
    'jobs/a.fio:3: size: new is not there, and the job needs 1m, and --readonly makes none; make the file, or run without it',
  ]);
  expect(refusals(`${WORLD}[a]\nfilename=nvme0\nrw=write\n`, readonly)).toEqual([
    'jobs/a.fio:13: rw: --readonly lets jobs read alone, and rw=write writes; run without it',
  ]);
});

test('the clock is that of the wall', () => {
  const text = (line: string) => `[global]\n${line}\n[a]\nfilename=ours\n`;
  const what =
    'clock: real files and block devices know the clock of the wall alone; remove the line';
  expect(refusals(text('clock=virtual'), { lookUp })).toEqual([`jobs/a.fio:2: ${what}`]);
  expect(refusals(text('sweep_clock=wall virtual'), { lookUp })).toEqual([`jobs/a.fio:2: ${what}`]);
  expect(refusals(text('clock=wall'), { lookUp })).toEqual([]);
});

test('a sweep of what no real job uses', () => {
  const text = '[host h]\ncpus=1\n[global]\nsweep_h.cpus=1 2\n[a]\nfilename=ours\n';
  expect(refusals(text.replace('cpus=1\n', ''), { lookUp })).toEqual([
    'jobs/a.fio:3: sweep_h.cpus: sweeps what no job uses: no simulated device is declared, so the jobs work on real files; remove it',
  ]);
});

test('a job whose name is no name of a file', () => {
  expect(refusals('[a/b]\nsize=1m\n', { lookUp })).toEqual([
    'jobs/a.fio:1: filename: a/b is no name for the files of a job, as it has a /; give filename=',
  ]);
});

test('of many clones the first file with a mistake is told', () => {
  const all = (path: string) => ({ ...lookUp('folder'), unusable: `is folder ${path}` });
  expect(refused('numjobs=50\nsize=1m', { lookUp: all })).toEqual([
    'jobs/a.fio:1: filename: a.0.0 is folder a.0.0',
  ]);
});
