/**
 * Careful by nature: nothing is written that is not coffer's, nor to what cannot be meant, unless
 * an option says so; then it is. Whatever is refused looks afterwards as it did before.
 */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { FileSystems } from '../support/file-systems.ts';
import { jobFile, runJob, titled, traceOf } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const places = new FileSystems();
const ext4 = places.mount('ext4', 16);
const readOnly = places.mount('ext4', 16);
const device = places.loopDevice(16);
afterAll(() => places.close());

const MIB = 1024 * 1024;
const FOREIGN = 'somebody wrote this, and wants it back\n';

function command(program: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`);
}

function writes(path: string, more = ''): string {
  return `filename=${path}\nrw=write\nsize=64k\nbuffer_pattern="coffer"\n${more}`;
}

function bytesOf(path: string, count: number): string {
  return readFileSync(path).subarray(0, count).toString('latin1');
}

const PATTERN = 'coffer'.repeat(683).slice(0, 4096);

/** Exit 2 with a sentence at its line, no record, and `paths` as they were. */
async function expectRefused(
  text: string,
  sentence: string,
  paths: readonly string[],
  words: readonly string[] = [],
): Promise<void> {
  const cwd = scratchFolder();
  const before = paths.map(traceOf);
  const { exitCode, stdout, stderr } = await runJob(text, { cwd, words });
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(/^job\.fio:\d+: \w+: /);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(existsSync(join(cwd, 'a.csv'))).toBe(false);
  expect(paths.map(traceOf)).toEqual(before);
}

/** By name: makes it in a folder, and says its path. */
const UNUSABLE: Readonly<Record<string, (folder: string) => string>> = {
  'exists and was not made by coffer; give overwrite=1': (folder) => {
    writeFileSync(join(folder, 'foreign'), FOREIGN);
    return join(folder, 'foreign');
  },
  'is a symlink; name what it leads to': (folder) => {
    writeFileSync(join(folder, 'target'), FOREIGN);
    symlinkSync('target', join(folder, 'link'));
    return join(folder, 'link');
  },
  'is a FIFO, which has no offsets': (folder) => {
    command('mkfifo', join(folder, 'fifo'));
    return join(folder, 'fifo');
  },
  'is a folder; name a file in it': (folder) => folder,
  'is a character device; name a file or a block device': () => '/dev/null',
  'lies on proc, which holds no data': () => '/proc/self/comm',
};

test.each(Object.entries(UNUSABLE))('what %s is not written', async (sentence, make) => {
  const path = make(scratchFolder());
  const foreign = sentence.startsWith('exists');
  const more = foreign ? '' : 'overwrite=1\nallow_mounted_write=1';
  // The content of /proc/self/comm is another's for whoever looks.
  const paths = path.startsWith('/proc') ? [] : [path];
  await expectRefused(writes(path, more), `${path} ${sentence}`, paths);
});

test('a foreign file is neither copied over nor made longer', async () => {
  const folder = scratchFolder();
  const path = join(folder, 'foreign');
  writeFileSync(path, FOREIGN);
  const copy = `filename=${folder}/new\ndest_filename=${path}\nrw=copy\nsize=64k`;
  await expectRefused(copy, `dest_filename: ${path} exists and was not made by coffer`, [path]);
  expect(existsSync(join(folder, 'new'))).toBe(false);
  const read = `filename=${path}\nrw=read\nsize=64k`;
  await expectRefused(read, `${path} exists and was not made by coffer, and holds 39`, [path]);
});

test('overwrite=1 lets a foreign file be written, and unlink=1 leaves it', async () => {
  const cwd = scratchFolder();
  const path = join(cwd, 'foreign');
  writeFileSync(path, FOREIGN);
  const { exitCode } = await runJob(writes(path, 'overwrite=1\nunlink=1'), { cwd });
  expect(exitCode).toBe(0);
  expect(bytesOf(path, 4096)).toBe(PATTERN);
  // Nor has it become coffer's.
  await expectRefused(writes(path), 'exists and was not made by coffer', [path]);
});

test('what coffer made it writes again, and removes with unlink=1', async () => {
  const cwd = scratchFolder();
  const path = join(cwd, 'made');
  expect((await runJob(writes(path), { cwd })).exitCode).toBe(0);
  const again = await runJob(writes(path, 'unlink=1'), { cwd });
  expect(again).toMatchObject({ exitCode: 0 });
  expect(again.stderr).toContain(`removed ${path}\n`);
  expect(existsSync(path)).toBe(false);
});

test('--readonly refuses writes and copies, lays nothing out, and reads', async () => {
  const cwd = scratchFolder();
  const path = join(cwd, 'made');
  expect((await runJob(writes(path), { cwd })).exitCode).toBe(0);
  const words = ['--readonly'];
  const copy = `filename=${path}\ndest_filename=${path}.2\nrw=copy\nsize=64k`;
  await expectRefused(writes(path), '--readonly lets jobs read alone', [path], words);
  await expectRefused(copy, '--readonly lets jobs read alone', [path], words);
  expect(existsSync(`${path}.2`)).toBe(false);
  const absent = `filename=${cwd}/absent\nrw=read\nsize=64k`;
  await expectRefused(absent, '--readonly makes none; make the file', [path], words);
  expect(existsSync(join(cwd, 'absent'))).toBe(false);

  const before = traceOf(path);
  const read = await runJob(`filename=${path}\nrw=read\nsize=64k\nunlink=1`, { cwd, words });
  expect(read.rows).toMatchObject([{ state: 'done', bytes: 65536 }]);
  expect(traceOf(path)).toBe(before);
});

describe('as root', () => {
  const { missing } = ext4;
  const asRoot = test.skipIf(missing !== null);

  asRoot(titled('an immutable file is not written', missing), async () => {
    const path = join(ext4.path, 'immutable');
    writeFileSync(path, FOREIGN);
    command('chattr', '+i', path);
    onTestFinished(() => command('chattr', '-i', path));
    await expectRefused(writes(path, 'overwrite=1'), 'cannot be written: it is immutable', [path]);
  });

  asRoot(titled('a read-only mount is not written', missing), async () => {
    const path = join(readOnly.path, 'foreign');
    writeFileSync(path, FOREIGN);
    command('mount', '-o', 'remount,ro', readOnly.path);
    const sentence = 'its file system is mounted read-only';
    await expectRefused(writes(path, 'overwrite=1'), sentence, [path]);
    await expectRefused(writes(`${path}.2`), sentence, [path]);
  });

  asRoot(titled('a mounted device is written with two options, no less', missing), async () => {
    const { dev } = statSync(ext4.path);
    const below = readlinkSync(`/sys/dev/block/${dev >> 8}:${dev & 0xff}`);
    const mounted = join('/dev', basename(below));
    // Behind all that the file system has written, and writes in the background.
    const region = () =>
      readFileSync(mounted)
        .subarray(12 * MIB, 12 * MIB + 4096)
        .toString('latin1');
    const text = (more: string) => writes(mounted, `offset=12m\n${more}`);
    const before = region();
    const sentence = `${mounted} is mounted at ${ext4.path}; give allow_mounted_write=1`;
    await expectRefused(text(''), sentence, []);
    await expectRefused(text('overwrite=1'), sentence, []);
    const alone = text('allow_mounted_write=1');
    await expectRefused(alone, `${mounted} holds a file system (ext4); give overwrite=1`, []);
    expect(region()).toBe(before);
    expect(before).not.toBe(PATTERN);
    const both = text('overwrite=1\nallow_mounted_write=1');
    const { exitCode, stderr } = await runJob(both, { cwd: scratchFolder() });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining(`64 KiB to ${mounted}; `)]);
    expect(region()).toBe(PATTERN);
  });

  test.skipIf(device.missing !== null)(
    titled('an empty device is written, one with a file system is not', device.missing),
    async () => {
      const { path } = device;
      const cwd = scratchFolder();
      const empty = await runJob(writes(path, 'direct=1'), { cwd });
      expect(empty.rows).toMatchObject([{ state: 'done', driver: 'block', bytes: 65536 }]);
      expect(bytesOf(path, 4096)).toBe(PATTERN);

      command('mkfs.ext4', '-q', '-F', '-L', 'precious', path);
      const sentence = `${path} holds a file system (ext4, labelled precious); give overwrite=1`;
      await expectRefused(writes(path), sentence, [path]);
      await expectRefused(writes(path, 'allow_mounted_write=1'), sentence, [path]);
      const read = await runJob(`filename=${path}\nrw=read\nsize=64k\nunlink=1`, { cwd });
      expect(read.exitCode).toBe(0);
      const words = ['--allow-destructive'];
      const lost = await runJob(jobFile(writes(path, 'unlink=1')), { cwd, words });
      expect(lost.exitCode).toBe(0);
      expect(bytesOf(path, 4096)).toBe(PATTERN);
    },
  );
});
