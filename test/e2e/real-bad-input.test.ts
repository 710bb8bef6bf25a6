/** What users and machines get wrong on real targets: each a sentence, none a crash or a silence. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { contentOf } from '../support/engine-rig.ts';
import { FileSystems } from '../support/file-systems.ts';
import { runJob, runJobUnder, titled } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

const loaded = loadSyscalls();
const koffi = typeof loaded === 'string' ? loaded : null;
const places = new FileSystems();
const tmpfs = places.mount('tmpfs', 16);
const small = places.mount('ext4', 16);
afterAll(() => places.close());

function whyNotRunnable(...command: readonly [string, ...string[]]): string | null {
  const [program, ...words] = command;
  const { error, status } = spawnSync(program, words);
  if (error !== undefined) return `${program} is missing`;
  return status === 0 ? null : `${command.join(' ')} is not allowed here`;
}

test('a file that is too short is made longer, or not, as layout says', async () => {
  const cwd = scratchFolder();
  const path = join(cwd, 'f');
  const text = (layout: number) =>
    `filename=${path}\nrw=read\noffset=64k\nsize=64k\nlayout=${layout}`;
  const absent = await runJob(text(0), { cwd });
  expect(absent.exitCode).toBe(2);
  expect(absent.stderr).toMatch(
    /^job\.fio:\d+: layout: \S+\/f is not there, and the job needs 128k/,
  );
  const made = await runJob(text(1), { cwd });
  expect(made.rows).toMatchObject([{ state: 'done', bytes: 64 * KIB, short_ios: 0 }]);
  truncateSync(path, 100 * KIB);
  const short = await runJob(text(0), { cwd });
  expect(short.exitCode).toBe(2);
  expect(short.stderr).toContain(`${path} holds 100k, and the job needs 128k; layout=0`);
});

test('an iodepth that the engine does not have is said, as fio does', async () => {
  const cwd = scratchFolder();
  const { exitCode, stderr, rows } = await runJob('rw=write\nsize=64k\niodepth=32', { cwd });
  expect(stderr).toMatch(/^job\.fio:\d+: iodepth: warning: psync keeps one I\/O in flight/);
  expect([exitCode, rows[0]?.iodepth]).toEqual([0, 1]);
});

const direct = places.mount('ext4', 16);
test.skipIf(direct.missing !== null)(
  titled('direct=1 wants whole logical blocks', direct.missing),
  async () => {
    const cwd = scratchFolder();
    const text = (bs: number) =>
      `directory=${direct.path}\nfilename=f\nrw=write\nsize=64k\ndirect=1\nbs=${bs}`;
    const refused = await runJob(text(1000), { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(
      /^job\.fio:7: bs: 1000 is no multiple of the logical block of \S+\/f, 512; round it$/m,
    );
    expect(existsSync(join(direct.path, 'f'))).toBe(false);
    expect((await runJob(text(1024), { cwd })).exitCode).toBe(0);
  },
);

describe('a destination on another file system', () => {
  const missing = koffi ?? tmpfs.missing;
  const text = (cwd: string, more: string) =>
    `filename=${cwd}/s\ndest_filename=${tmpfs.path}/d\nrw=copy\nsize=1m\nbs=256k\nunlink=1\n${more}`;

  test.skipIf(missing !== null)(titled('is EXDEV, and where', missing), async () => {
    const cwd = scratchFolder();
    for (const api of ['copy_file_range', 'ficlonerange']) {
      const { exitCode, rows } = await runJob(text(cwd, `copy_api=${api}`), { cwd });
      expect(exitCode).toBe(1);
      const cells = { state: 'failed', bytes: 0, error_ios: 1, fallbacks: 0 };
      expect(rows).toMatchObject([{ ...cells, offload_bytes: 0, read_write_bytes: 0 }]);
      expect(rows[0]?.error).toMatch(/^EXDEV: .*copy of 262144 bytes at 0 to 0/);
    }
    expect(readdirSync(tmpfs.path)).toEqual([]);
  });

  test.skipIf(missing !== null)(titled('goes on as fallback allows', missing), async () => {
    const cwd = scratchFolder();
    const { exitCode, rows } = await runJob(text(cwd, 'fallback=unsupported'), { cwd });
    expect(exitCode).toBe(0);
    expect(rows).toMatchObject([
      {
        state: 'done',
        offload_bytes: 0,
        emulation_bytes: MIB,
        read_write_bytes: 0,
        fallbacks: 4,
        fallback_reason: 'offload: EXDEV ×4',
        verify_errors: 0,
      },
    ]);
  });
});

const memlock = 'setpriv --bounding-set=-ipc_lock prlimit --memlock=65536';
const noMemlock = whyNotRunnable('setpriv', '--bounding-set=-ipc_lock', 'prlimit', 'true');
test.skipIf((koffi ?? noMemlock) !== null)(
  titled('too little memory may be locked for fixed buffers', koffi ?? noMemlock),
  async () => {
    const cwd = scratchFolder();
    const text = (more: string) =>
      `filename=${cwd}/f\nrw=randread\nsize=1m\nbs=64k\nioengine=io_uring\niodepth=32\n${more}`;
    const failed = await runJobUnder(memlock, text('fixedbufs'), cwd);
    expect(failed.exitCode).toBe(1);
    const [row] = failed.rows;
    expect(row?.error).toContain('fixed buffers of 2097152 bytes are more than may be locked');
    expect(row?.error).toContain('RLIMIT_MEMLOCK (ulimit -l) is 65536 bytes');
    expect((await runJobUnder(memlock, text('fixedbufs=0'), cwd)).exitCode).toBe(0);
  },
);

describe('a disk that is full half way', () => {
  const text = (more: string) =>
    `directory=${small.path}\nfilename=f\nsize=64m\nbs=64k\nunlink=1\n${more}`;
  const { missing } = small;

  test.skipIf(missing !== null)(titled('while it is written', missing), async () => {
    const cwd = scratchFolder();
    const { exitCode, rows } = await runJob(text('rw=write\nfallocate=none'), { cwd });
    expect(exitCode).toBe(1);
    expect(rows).toMatchObject([{ state: 'failed', error_ios: 1 }]);
    const bytes = Number(rows[0]?.bytes);
    expect(bytes).toBeGreaterThan(MIB);
    expect(bytes).toBeLessThan(16 * MIB);
    expect(rows[0]?.error).toMatch(/^ENOSPC: pwrite, write of 65536 bytes at \d+/);
    expect(readdirSync(small.path)).toEqual(['lost+found']);
  });

  test.skipIf(missing !== null).each(['native', 'none'])(
    titled('while a file is laid out, fallocate=%s', missing),
    async (fallocate) => {
      const cwd = scratchFolder();
      const { exitCode, rows } = await runJob(text(`rw=read\nfallocate=${fallocate}`), { cwd });
      expect(exitCode).toBe(1);
      expect(rows).toMatchObject([{ state: 'failed', ios: null }]);
      expect(rows[0]?.error).toMatch(/f: .*the file system is full; free some of it, or give a/);
      expect(readdirSync(small.path)).toEqual(['lost+found']);
    },
  );
});

const noPrlimit = whyNotRunnable('prlimit', '--fsize=1048576', 'true');
test.skipIf(noPrlimit !== null).each([
  { more: '', errors: 1 },
  { more: 'continue_on_error=write', errors: 16 },
])(
  titled('RLIMIT_FSIZE ends the job after the writes that fitted, $more', noPrlimit),
  async ({ more, errors }) => {
    const cwd = scratchFolder();
    const text = `filename=${cwd}/f\nrw=write\nsize=2m\nbs=64k\nfallocate=none\n${more}`;
    const { exitCode, rows } = await runJobUnder('prlimit --fsize=1048576', text, cwd);
    expect(exitCode).toBe(1);
    expect(rows).toMatchObject([{ state: 'failed', ios: 16, bytes: MIB, error_ios: errors }]);
    expect(rows[0]?.error).toMatch(/^EFBIG: pwrite, write of 65536 bytes at 1048576/);
  },
);

describe('without koffi', () => {
  const variables = { COFFER_TEST_NO_KOFFI: '1' };
  const MISSING = 'koffi is not installed';

  test('psync reads, writes, and copies by read-write', async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, 's'), contentOf(256 * KIB, 1));
    const { exitCode, rows } = await runJob(
      `[global]\ndirectory=${cwd}\nsize=256k\nbs=64k\n` +
        '[w]\nfilename=w\nrw=randwrite\n[r]\nfilename=s\nrw=randread\n' +
        '[c]\nfilename=s\ndest_filename=d\nrw=copy\npath=read-write\n' +
        '[f]\nfilename=s\ndest_filename=e\nrw=copy\nfallback=unsupported\n',
      { cwd, variables },
    );
    expect(exitCode).toBe(0);
    const done = { state: 'done', ios: 4, bytes: 256 * KIB, host_cpu_ns: null };
    const copied = { ...done, read_write_bytes: 256 * KIB, verify_errors: 0 };
    const reason = 'emulation: ENOSYS ×4; offload: ENOSYS ×4';
    expect(rows).toMatchObject([
      done,
      done,
      { ...copied, fallbacks: 0 },
      { ...copied, fallbacks: 8, fallback_reason: reason },
    ]);
  });

  test.each([
    ['ioengine=io_uring', 'job j: ioengine=io_uring: '],
    ['ioengine=libaio', 'job j: ioengine=libaio: '],
    ['ioengine=mmap', 'job j: ioengine=mmap: '],
    ['cpus_allowed=0', 'cpus_allowed: '],
    ['rw=copy\ndest_filename=d', 'job j: path=offload: '],
    ['rw=copy\ndest_filename=d\npath=emulation', 'job j: path=emulation: '],
  ])('%j says in one line what is missing', async (more, sentence) => {
    const cwd = scratchFolder();
    const text = `directory=${cwd}\nfilename=s\nsize=64k\nunlink=1\n${more}`;
    const { exitCode, rows } = await runJob(text, { cwd, variables });
    expect(exitCode).not.toBe(0);
    const error = String(rows[0]?.error);
    expect(error.slice(0, sentence.length)).toBe(sentence);
    expect(error).toContain(MISSING);
    expect(readdirSync(cwd).filter((name) => /^[sd]/.test(name))).toEqual([]);
  });
});
