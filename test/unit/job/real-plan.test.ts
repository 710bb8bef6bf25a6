import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from './fixture.ts';
import { jobOf, lookUp, MIB, runOf, warned } from './real-fixture.ts';

const NO_SYNCS = { fsync: 0, fdatasync: 0, endFsync: false };

test('what a real job is when it says nothing else', () => {
  const run = runOf('filename=ours');
  expect(run).toMatchObject({ clock: 'wall', hosts: [], links: [], devices: [] });
  expect(run.jobs[0]).toMatchObject({
    ioengine: 'psync',
    iodepth: 1,
    host: '',
    device: 'ours',
    destDevice: 'ours',
    sizeBytes: 64 * MIB,
    copyApi: 'copy_file_range',
    cpusAllowed: null,
    depth: { batch: 1, completeMin: 1, completeMax: 1, low: 1, serializeOverlap: false },
    ends: {
      continueOnError: { read: false, write: false, trim: false, copy: false },
      continueOnVerify: false,
      maxLatencyNs: null,
      latencyTarget: null,
      steadyState: null,
    },
    real: {
      engine: 'psync',
      files: [['ours']],
      destFiles: [['ours']],
      direct: false,
      fsync: 0,
      fdatasync: 0,
      endFsync: false,
      stamps: 'io',
      fixedbufs: false,
      registerfiles: false,
      buffers: { pattern: null, zero: false, refill: false, scramble: false },
    },
  });
  expect(run.targets).toEqual([
    {
      path: 'ours',
      kind: 'file',
      read: true,
      written: false,
      neededBytes: 64 * MIB,
      readBytes: 64 * MIB,
      foundBytes: 64 * MIB,
      contentBytes: 64 * MIB,
      layout: true,
      keep: false,
      fallocate: 'native',
      bufferPattern: null,
      overwrite: false,
      allowMountedWrite: false,
      invalidate: true,
      prewarm: false,
      unlink: false,
    },
  ]);
});

test.each([
  ['psync', 'psync', 1],
  ['sync', 'psync', 1],
  ['pvsync', 'psync', 1],
  ['pvsync2', 'psync', 1],
  ['mmap', 'mmap', 1],
  ['io_uring', 'io_uring', 8],
  ['libaio', 'libaio', 8],
  ['null', 'null', 8],
])('ioengine=%s is %s at depth %d', (name, ioengine, iodepth) => {
  const job = jobOf(`filename=ours\nioengine=${name}\niodepth=8`);
  expect(job).toMatchObject({ ioengine, iodepth, real: { engine: ioengine } });
});

test.each<[string, object]>([
  ['bs=1', { bsBytes: { read: 1 } }],
  ['size=25%', { sizeBytes: 16 * MIB }],
  ['offset=16m', { sizeBytes: 48 * MIB }],
  ['size=100m', { sizeBytes: 100 * MIB }],
  ['rw=copy\ndest_offset=64m', { sizeBytes: 64 * MIB, destOffsetBytes: 64 * MIB }],
  ['rw=copy\ndest_offset=32m', { sizeBytes: 32 * MIB }],
  ['rw=copy\ndest_filename=new', { destDevice: 'new', destOffsetBytes: 0, verify: 'copy' }],
  ['rw=copy\ndest_filename=new\nioengine=null', { verify: 'none' }],
  ['rw=copy\ndest_filename=new\ncopy_api=ficlonerange', { copyApi: 'ficlonerange' }],
  ['rw=copy\ndest_filename=new\nioengine=io_uring\npath=emulation', { path: 'emulation' }],
  ['cpus_allowed=5,0-2', { cpusAllowed: [0, 1, 2, 5] }],
  ['continue_on_error=1', { ends: { continueOnError: { read: true, copy: true } } }],
  ['continue_on_error=read', { ends: { continueOnError: { read: true, write: false } } }],
  ['rw=randrw\ncontinue_on_error=io', { ends: { continueOnError: { write: true } } }],
  ['iodepth=32\nioengine=io_uring\niodepth_batch=0', { depth: { batch: 32 } }],
  [
    'iodepth=8\nioengine=io_uring\niodepth_batch_submit=4\niodepth_batch_complete_min=2\niodepth_batch_complete_max=32',
    { depth: { batch: 4, completeMin: 2, completeMax: 8 } },
  ],
  ['ioengine=io_uring\niodepth_batch_complete_min=4\niodepth=8', { depth: { completeMax: 4 } }],
  ['rw=write\nfsync=8\nend_fsync=1', { real: { fsync: 8, endFsync: true } }],
  ['rw=randread\nfsync=8\nfdatasync=4\nend_fsync=1', { real: NO_SYNCS }],
  ['ioengine=null\nrw=write\nfsync=8\nfdatasync=4\nend_fsync=1', { real: NO_SYNCS }],
  ['rw=randrw\nfdatasync=4\nend_fsync=1', { real: { fdatasync: 4, endFsync: true } }],
  ['rw=write\nbuffer_pattern=0xdeadbeef', { real: { buffers: { pattern: '\xde\xad\xbe\xef' } } }],
])('%s', (options, expected) => {
  expect(jobOf(`filename=ours\n${options}`)).toMatchObject(expected);
});

test('the size of a file that is not there is told by what is to be done', () => {
  expect(jobOf('io_size=3m')).toMatchObject({ sizeBytes: 3 * MIB, ioSizeBytes: 3 * MIB });
  expect(jobOf('ioengine=null\nnumber_ios=10\nbs=8k')).toMatchObject({
    sizeBytes: 10 * 8192,
    device: '',
    real: { files: [[]], destFiles: [[]] },
  });
  expect(runOf('ioengine=null\nsize=1m').targets).toEqual([]);
});

test('without filename each clone has its own file, in the directory', () => {
  const run = runOf('directory=/data\nsize=1m\nnumjobs=2\noffset_increment=2m');
  expect(run.jobs[0]?.real?.files).toEqual([['/data/a.0.0'], ['/data/a.1.0']]);
  expect(run.targets.map(({ path, neededBytes }) => [path, neededBytes])).toEqual([
    ['/data/a.0.0', MIB],
    ['/data/a.1.0', 3 * MIB],
  ]);
});

test('names of files: directory, $jobname, $jobnum, $filenum and \\:', () => {
  const options =
    'directory=sub\nfilename=$jobname-x\\:$filenum\ndest_filename=/abs/$jobnum\nrw=copy\nsize=1m\nnumjobs=3';
  expect(jobOf(options)).toMatchObject({
    device: 'sub/a-x:0',
    destDevice: '/abs/0',
    real: {
      files: [['sub/a-x:0'], ['sub/a-x:0'], ['sub/a-x:0']],
      destFiles: [['/abs/0'], ['/abs/1'], ['/abs/2']],
    },
  });
});

test('a golden image and its clones are two kinds of target', () => {
  const { targets } = runOf(
    'filename=golden\ndest_filename=clone.$jobnum\nrw=copy\nsize=1m\nnumjobs=2\nunlink=1',
  );
  expect(targets.map(({ path, read, written, unlink }) => [path, read, written, unlink])).toEqual([
    ['golden', true, false, true],
    ['clone.0', false, true, true],
    ['clone.1', false, true, true],
  ]);
});

test('what several jobs ask of one file is asked of it once', () => {
  const text =
    '[global]\nsize=1m\n[w]\nfilename=x\nrw=write\ninvalidate=0\nfallocate=none\n' +
    `[r]\nfilename=${resolve('x')}\noffset=4m\nprewarm=1\nstonewall\nbuffer_pattern="ab"\n`;
  const [run] = plan(text, { lookUp }).runs;
  expect(run?.jobs.map(({ real }) => real?.files)).toEqual([[['x']], [['x']]]);
  expect(run?.targets).toHaveLength(1);
  expect(run?.targets[0]).toMatchObject({
    path: 'x',
    read: true,
    written: true,
    neededBytes: 5 * MIB,
    foundBytes: 0,
    invalidate: true,
    prewarm: true,
    fallocate: 'none',
    bufferPattern: 'ab',
  });
});

test('a copy inside one file needs content in its source, and room for its destination', () => {
  const [target] = runOf('filename=new\nrw=copy\nsize=1m\ndest_offset=8m').targets;
  expect(target).toMatchObject({ readBytes: MIB, neededBytes: 9 * MIB, read: true, written: true });
});

test('a block device is never laid out, nor anything with --readonly', () => {
  expect(runOf('filename=/dev/disk').targets[0]).toMatchObject({ kind: 'block', layout: false });
  const [target] = runOf('filename=ours\nunlink=1', { readonly: true }).targets;
  expect(target).toMatchObject({ layout: false, unlink: false });
});

test('one look at each file, however many points and clones name it', () => {
  const seen: string[] = [];
  const look = (path: string) => {
    seen.push(path);
    return lookUp(path);
  };
  const text = '[global]\nfilename=ours\nnumjobs=4\nsweep_bs=4k 8k 16k\n[a]\n[b]\n';
  plan(text, { lookUp: look });
  expect(seen).toEqual(['ours']);
});

test('the digest is of what was asked, not of what is there or allowed', () => {
  const digest = (options: string, request = {}) => runOf(options, request).planSha256;
  const asked = digest('filename=foreign\nsize=1m');
  expect(digest('filename=foreign\nsize=1m', { lookUp: () => lookUp('') })).toBe(asked);
  expect(digest('filename=foreign\nsize=1m\noverwrite=1\nallow_mounted_write=1')).toBe(asked);
  expect(digest('filename=foreign\nsize=1m', { allowDestructive: true })).toBe(asked);
  expect(digest('filename=ours\nsize=1m')).not.toBe(asked);
  expect(digest('filename=foreign\nsize=1m\nfsync=1')).not.toBe(asked);
});

test.each<[string, string]>([
  [
    'iodepth=4',
    '3: iodepth: psync keeps one I/O in flight, so iodepth=4 has no effect; ioengine=io_uring keeps more',
  ],
  [
    'ioengine=libaio\niodepth=4',
    '4: iodepth: io_submit(2) waits for I/O through the page cache; give direct=1 to go deep',
  ],
  ['fixedbufs', '3: fixedbufs: has no effect with ioengine=psync: it is for io_uring'],
  [
    'stamps=batch',
    '3: stamps: has no effect with ioengine=psync, which does one I/O with each call',
  ],
  [
    'ioengine=null\nstamps=batch',
    '4: stamps: has no effect with ioengine=null, which does one I/O with each call',
  ],
  ['fsync=1', '3: fsync: has no effect: the job writes nothing'],
  ['ioengine=null\nfsync=1', '4: fsync: has no effect with ioengine=null: it touches no file'],
  [
    'ioengine=mmap\ndirect=1',
    '4: direct: has no effect with ioengine=mmap: mappings are the page cache',
  ],
  [
    'direct=1\nprewarm=1',
    '4: prewarm: has no effect with direct=1: the I/O goes past the page cache',
  ],
  ['host=h', '3: host: has no effect: it is for simulated devices'],
  [
    'continue_on_error=write',
    '3: continue_on_error: has no effect: the job has no write I/O, only read',
  ],
])('warns: %s', (options, sentence) => {
  expect(warned(`filename=ours\n${options}`)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('warns of what is of a simulated world, and of --readonly', () => {
  expect(warned('filename=ours\nunlink=1', { readonly: true })).toEqual([
    'jobs/a.fio:3: unlink: has no effect with --readonly: nothing is removed',
  ]);
  const none = 'has no effect: no simulated device is declared, so the jobs work on real files';
  expect(warned('filename=ours\n[host h]\ncpus=2')).toEqual([`jobs/a.fio:3: [host h]: ${none}`]);
  expect(warned('filename=ours', { set: ['host0.cpus=2'] })).toEqual([
    `--set host0.cpus=2: cpus: ${none}`,
  ]);
  expect(warned('filename=ours\ndirect=0\nthread')).toEqual([]);
  expect(warned('ioengine=null\niodepth=4\nsize=1m\nstamps=batch\niodepth_batch=2')).toEqual([]);
});

test.each([
  ['path=offload', 'none'],
  ['path=offload\nfallocate=native', 'native'],
  ['path=emulation', 'native'],
  ['path=read-write', 'native'],
])('room for the destination of %j: %s', (more, fallocate) => {
  const { targets } = runOf(`filename=ours\ndest_filename=new\nrw=copy\n${more}`);
  expect(targets.map((target) => [target.path, target.fallocate])).toEqual([
    ['ours', more.includes('fallocate') ? fallocate : 'native'],
    ['new', fallocate],
  ]);
});
