/** The shipped jobs on real files, small, and what options leave behind on a disk. */

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { present } from '../../src/units/assert.ts';
import { coffer, start, until } from '../support/command-line.ts';
import { contentOf } from '../support/engine-rig.ts';
import { FileSystems } from '../support/file-systems.ts';
import { jobFile, rowsIn, runJob, titled } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

const loaded = loadSyscalls();
const koffi = typeof loaded === 'string' ? loaded : null;
const places = new FileSystems();
const xfs = places.mount('xfs');
const ext4 = places.mount('ext4', 64);
afterAll(() => places.close());

/** Files are there, laid out or not, only while a job runs. */
async function shipped(name: string, place: string, settings: readonly string[]) {
  const cwd = scratchFolder();
  const set = [`directory=${place}`, ...settings].flatMap((setting) => ['--set', setting]);
  const job = new URL(`../../jobs/${name}`, import.meta.url).pathname;
  const before = readdirSync(place);
  const ended = await coffer(['run', job, '--output', 'a.csv', ...set], { cwd });
  expect(readdirSync(place)).toEqual(before);
  expect(ended).toMatchObject({ exitCode: 0 });
  return { ...ended, rows: rowsIn(join(cwd, 'a.csv')) };
}

describe.each([
  { kind: 'xfs', place: xfs, offloads: true },
  { kind: 'ext4', place: ext4, offloads: false },
])('on $kind', ({ kind, place, offloads }) => {
  const missing = koffi ?? place.missing;
  const real = test.skipIf(missing !== null);
  const expected = (bytes: number) => ({
    offload: {
      path_proof: 'extents',
      offload_bytes: offloads ? bytes : 0,
      emulation_bytes: offloads ? 0 : bytes,
      read_write_bytes: 0,
    },
    emulation: { path_proof: 'call', emulation_bytes: bytes, read_write_bytes: 0 },
    'read-write': { path_proof: 'call', emulation_bytes: 0, read_write_bytes: bytes },
  });
  const good = (bytes: number) => ({ state: 'done', error: null, bytes, verify_errors: 0 });

  real(titled(`reflink-vs-copy tells what was done (${kind})`, missing), async () => {
    const settings = ['size=4m', 'numjobs=3'];
    const { rows, stderr } = await shipped('reflink-vs-copy.fio', place.path, settings);
    const bytes = 3 * 4 * MIB;
    const { offload, emulation, 'read-write': readWrite } = expected(bytes);
    expect(rows).toMatchObject([
      { ...good(bytes), path: 'offload', ...offload },
      { ...good(bytes), path: 'emulation', ...emulation },
      { ...good(bytes), path: 'read-write', ...readWrite },
    ]);
    expect(stderr).toMatch(/^3 runs, writing \d+ MiB to \S+\/golden, \S+\/clone\.0, /);
    expect(stderr).toMatch(/^removed \S+\/golden \S+\/clone\.0 \S+\/clone\.1 \S+\/clone\.2$/m);
  });

  real(titled(`copy-file-range-sweep has a row for each size (${kind})`, missing), async () => {
    const { rows } = await shipped('copy-file-range-sweep.fio', place.path, ['size=2m']);
    const bytes = 2 * MIB;
    const { offload, 'read-write': readWrite } = expected(bytes);
    const sizes = [4, 16, 64, 256, 1024];
    const ios = sizes.map((size) => (2 * KIB) / size);
    expect(rows.map((row) => row.ios)).toEqual([...ios, ...ios]);
    for (const row of rows) {
      expect(row).toMatchObject({
        ...good(bytes),
        ...(row.path === 'offload' ? offload : readWrite),
      });
    }
  });
});

test.skipIf((koffi ?? ext4.missing) !== null)(
  titled('io-uring-depth reads at each depth', koffi ?? ext4.missing),
  async () => {
    const settings = ['size=2m', 'runtime=300ms'];
    const { rows } = await shipped('io-uring-depth.fio', ext4.path, settings);
    expect(rows.map(({ iodepth, state }) => [iodepth, state])).toEqual([
      [1, 'done'],
      [32, 'done'],
      [128, 'done'],
    ]);
    for (const { ios, bytes, runtime_ns } of rows) {
      expect(Number(ios)).toBeGreaterThan(128);
      expect(bytes).toBe(Number(ios) * 4 * KIB);
      expect(Number(runtime_ns)).toBeGreaterThanOrEqual(3e8);
    }
  },
);

test('clones write their own regions, with the pattern asked for', async () => {
  const cwd = scratchFolder();
  const file = join(cwd, 'f');
  const { exitCode, rows } = await runJob(
    `filename=${file}\nrw=write\nsize=256k\noffset_increment=256k\nnumjobs=3\n` +
      'buffer_pattern=0xdeadbeef"x"\ngroup_reporting\nlayout=0',
    { cwd },
  );
  expect(exitCode).toBe(0);
  expect(rows).toMatchObject([{ state: 'done', clone: null, numjobs: 3, ios: 192 }]);
  const pattern = Buffer.from('deadbeef78', 'hex');
  const content = readFileSync(file);
  expect(content.length).toBe(768 * KIB);
  for (let at = 0; at < content.length; at += 4 * KIB) {
    const block = content.subarray(at, at + 4 * KIB);
    expect(block.equals(Buffer.alloc(4 * KIB, pattern))).toBe(true);
  }
});

test('wait_for and stonewall hold jobs back until the others have ended', async () => {
  const cwd = scratchFolder();
  // Each of the writers is slower by far than the copy that is to wait for it.
  const { exitCode, rows } = await runJob(
    `[global]\ndirectory=${cwd}\nsize=1m\n` +
      '[a]\nfilename=s\nrw=write\nbuffer_pattern="a"\nfsync=8\n' +
      '[b]\nfilename=s\ndest_filename=d1\nrw=copy\nbs=1m\npath=read-write\nwait_for=a\n' +
      '[c]\nfilename=s\nrw=write\nbuffer_pattern="c"\nfsync=8\nstonewall\n' +
      '[d]\nfilename=s\ndest_filename=d2\nrw=copy\nbs=1m\npath=read-write\nstonewall\n',
    { cwd },
  );
  expect(exitCode).toBe(0);
  expect(rows.map(({ job, group, state }) => [job, group, state])).toEqual([
    ['a', 0, 'done'],
    ['b', 0, 'done'],
    ['c', 1, 'done'],
    ['d', 2, 'done'],
  ]);
  expect(readFileSync(join(cwd, 'd1')).equals(Buffer.alloc(MIB, 'a'))).toBe(true);
  expect(readFileSync(join(cwd, 'd2')).equals(Buffer.alloc(MIB, 'c'))).toBe(true);
});

const ENGINES = koffi === null ? ['psync', 'io_uring', 'libaio', 'mmap'] : ['psync'];
test.each(ENGINES)('%s gathers several ranges', async (engine) => {
  const cwd = scratchFolder();
  const source = contentOf(256 * KIB, 1);
  writeFileSync(join(cwd, 's'), source);
  const { rows } = await runJob(
    `directory=${cwd}\nfilename=s\ndest_filename=d\nrw=copy\nsize=256k\nbs=16k\nnum_range=4\n` +
      `path=read-write\nioengine=${engine}\niodepth=2`,
    { cwd },
  );
  expect(rows).toMatchObject([{ state: 'done', num_range: 4, ios: 4, verify_errors: 0 }]);
  expect(readFileSync(join(cwd, 'd')).equals(source)).toBe(true);
});

test('number_ios, ramp_time and runtime say how much is measured', async () => {
  const cwd = scratchFolder();
  const { rows } = await runJob(
    `[global]\ndirectory=${cwd}\nsize=1m\nrw=read\n` +
      '[counted]\nnumber_ios=7\n' +
      '[timed]\nstonewall\ntime_based\nruntime=300ms\nramp_time=1s\n',
    { cwd },
  );
  expect(rows).toMatchObject([{ ios: 7, bytes: 28 * KIB }, { state: 'done' }]);
  const timedNs = Number(rows[1]?.runtime_ns);
  expect(timedNs).toBeGreaterThanOrEqual(3e8);
  expect(timedNs).toBeLessThan(1.2e9);
});

/** Of the device below a file system, /sys/block/NAME/stat: sectors written, flushes. */
function deviceCounts(folder: string): { readonly writtenBytes: number; readonly flushes: number } {
  const { dev } = statSync(folder);
  const path = `/sys/dev/block/${dev >> 8}:${dev & 0xff}/stat`;
  const fields = readFileSync(path, 'utf8').trim().split(/\s+/).map(Number);
  return { writtenBytes: present(fields[6], path) * 512, flushes: present(fields[15], path) };
}

test.skipIf(ext4.missing !== null)(
  titled('fsync and end_fsync bring to the device what was written', ext4.missing),
  async () => {
    const cwd = scratchFolder();
    const written = async (options: string) => {
      const before = deviceCounts(ext4.path);
      const text = `directory=${ext4.path}\nfilename=f\nrw=write\nsize=1m\n${options}`;
      expect((await runJob(text, { cwd })).exitCode).toBe(0);
      const after = deviceCounts(ext4.path);
      return {
        writtenBytes: after.writtenBytes - before.writtenBytes,
        flushes: after.flushes - before.flushes,
      };
    };
    expect((await written('end_fsync=1')).writtenBytes).toBeGreaterThanOrEqual(MIB);
    const often = await written('fsync=32');
    expect(often.flushes).toBeGreaterThanOrEqual(8);
    expect(often.writtenBytes).toBeGreaterThanOrEqual(MIB);
  },
);

/** Of each thread of a process, the CPUs it may run on. */
function cpusOfThreads(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
    return /^Cpus_allowed_list:\s+(\S+)$/m.exec(status)?.[1] ?? [];
  });
}

const oneCpu = availableParallelism() > 1 ? null : 'there is one CPU only';
test.skipIf((koffi ?? oneCpu) !== null)(
  titled('cpus_allowed pins the threads of the clones, and no other', koffi ?? oneCpu),
  async () => {
    const cwd = scratchFolder();
    const options = 'rw=read\nsize=64k\nnumjobs=2\ntime_based\nruntime=30s\ncpus_allowed=0';
    writeFileSync(join(cwd, 'job.fio'), jobFile(options));
    const { child, ended } = start(['run', 'job.fio', '--output', 'a.csv'], { cwd });
    const pid = present(child.pid, 'a process');
    const pinned = (): number => cpusOfThreads(pid).filter((cpus) => cpus === '0').length;
    await until(() => pinned() === 2);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 130 });
    const states = rowsIn(join(cwd, 'a.csv')).map(({ state }) => state);
    expect(states).toEqual(['interrupted', 'interrupted']);
  },
);

test.skipIf(koffi !== null)(titled('a CPU that is not there is a sentence', koffi), async () => {
  const cwd = scratchFolder();
  const { exitCode, rows } = await runJob('rw=read\nsize=4k\ncpus_allowed=1023', { cwd });
  expect(exitCode).not.toBe(0);
  expect(rows[0]?.error ?? '').toContain('cpus_allowed=1023: ');
});

test.skipIf(koffi !== null)(
  titled('each repetition copies to a file that shares nothing yet', koffi ?? xfs.missing),
  async ({ skip }) => {
    skip(xfs.missing !== null, String(xfs.missing));
    const cwd = scratchFolder();
    const text = `[global]\ndirectory=${xfs.path}\nrw=copy\nsize=1m\nbs=64k\nunlink=0\n`;
    const names = 'filename=again-s\ndest_filename=again-d\nrepeat=2\n';
    const { rows } = await runJob(`${text}${names}[j]\n`, { cwd });
    expect(rows.map((row) => [row.state, row.offload_bytes, row.verify_errors])).toEqual([
      ['done', MIB, 0],
      ['done', MIB, 0],
    ]);
    const before = readFileSync(join(xfs.path, 'again-s'));
    const failed = await runJob(`${text}${names}number_ios=1\n[j]\n`, { cwd });
    expect(failed.rows.map(({ state }) => state)).toEqual(['done', 'done']);
    // What was copied by the invocation before is not there any more: one block is.
    expect(readFileSync(join(xfs.path, 'again-d'))).toEqual(before.subarray(0, 64 * KIB));
  },
);

test('copies that another job writes into are not checked, and that is said', async () => {
  const cwd = scratchFolder();
  const text =
    '[global]\nsize=64k\nbs=4k\n[c]\nfilename=s\ndest_filename=d\nrw=copy\npath=read-write\n' +
    '[w]\nfilename=d\nrw=write\n';
  const { rows, stderr } = await runJob(text, { cwd });
  expect(rows.map(({ state, verify_errors: errors }) => [state, errors])).toEqual([
    ['done', null],
    ['done', null],
  ]);
  expect(stderr).toContain('job c: its copies were not checked: another job writes their files');
});

test('there is nothing to trace on real files, which is said before anything is run', async () => {
  const cwd = scratchFolder();
  const options = { cwd, words: ['--trace', 't.json'] };
  const { exitCode, stderr } = await runJob('rw=read\nsize=4k', options);
  expect([exitCode, readdirSync(cwd)]).toEqual([2, ['job.fio']]);
  expect(stderr).toContain('--trace t.json: no run has simulated devices');
});
