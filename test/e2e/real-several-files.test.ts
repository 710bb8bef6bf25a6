/** Jobs of several real files, by each engine: what was written where, and that copies are checked. */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { contentOf } from '../support/engine-rig.ts';
import { runJob } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const loaded = loadSyscalls();
const missing = typeof loaded === 'string' ? loaded : null;
const withKoffi = test.skipIf(missing !== null);
const KIB = 1024;

withKoffi.each(['psync', 'io_uring', 'libaio', 'mmap'])(
  'ioengine=%s writes each file whole, and reads it',
  async (engine) => {
    const cwd = scratchFolder();
    const { rows, stderr } = await runJob(
      `[global]
ioengine=${engine}
iodepth=4
size=96k
nrfiles=3
filename_format=f.$filenum
buffer_pattern=0xabcd
registerfiles
[write]
rw=randwrite
fsync=5
end_fsync=1
[read]
stonewall
rw=randread
file_service_type=random:2
`,
      { cwd },
    );
    expect([stderr, rows.map(({ state }) => state)]).toMatchObject([
      expect.anything(),
      ['done', 'done'],
    ]);
    expect(rows.map(({ bytes }) => bytes)).toEqual([96 * KIB, 96 * KIB]);
    const pattern = Buffer.alloc(32 * KIB, Buffer.from([0xab, 0xcd]));
    for (const name of ['f.0', 'f.1', 'f.2']) {
      expect(readFileSync(join(cwd, name)).equals(pattern), name).toBe(true);
    }
  },
);

withKoffi.each([
  ['psync', 'offload'],
  ['psync', 'emulation'],
  ['psync', 'read-write'],
  ['io_uring', 'emulation'],
  ['io_uring', 'read-write'],
  ['libaio', 'read-write'],
  ['mmap', 'read-write'],
])('ioengine=%s copies each file to its own by path=%s', async (engine, path) => {
  const cwd = scratchFolder();
  for (const [seed, name] of ['a', 'b', 'c'].entries()) {
    writeFileSync(join(cwd, name), contentOf(64 * KIB, seed + 1));
  }
  const { rows } = await runJob(
    `rw=randcopy
ioengine=${engine}
iodepth=3
path=${path}
num_range=2
filename=a:b:c
dest_filename=x:y:z`,
    { cwd },
  );
  expect(rows).toMatchObject([{ state: 'done', bytes: 192 * KIB, verify_errors: 0 }]);
  for (const [from, to] of [
    ['a', 'x'],
    ['b', 'y'],
    ['c', 'z'],
  ]) {
    const [one, other] = [from, to].map((name) => readFileSync(join(cwd, `${name}`)));
    // Several sources are gathered in the order in which they come.
    const blocks = (content: Buffer | undefined) =>
      new Set(
        Array.from({ length: 16 }, (_, block) =>
          content?.subarray(block * 4096, (block + 1) * 4096).toString('base64'),
        ),
      );
    expect(blocks(other)).toEqual(blocks(one));
  }
});

withKoffi('several files go into one, one behind the other', async () => {
  const cwd = scratchFolder();
  for (const [seed, name] of ['a', 'b'].entries()) {
    writeFileSync(join(cwd, name), contentOf(16 * KIB, seed + 1));
  }
  const options = 'rw=copy\nfilename=a:b\ndest_filename=all\ndest_offset=4k\nfallocate=none';
  const { rows } = await runJob(options, { cwd });
  expect(rows).toMatchObject([{ state: 'done', verify_errors: 0 }]);
  const all = readFileSync(join(cwd, 'all'));
  const expected = [readFileSync(join(cwd, 'a')), readFileSync(join(cwd, 'b'))];
  expect(all.subarray(4096).equals(Buffer.concat(expected))).toBe(true);
});

test('clones have files of their own in folders by turns, removed at the end', async () => {
  const cwd = scratchFolder();
  const options =
    'rw=write\nsize=32k\nnrfiles=2\nnumjobs=3\ndirectory=x:y\nunlink=1\noverwrite=0\ndescription=.';
  for (const name of ['x', 'y']) writeFileSync(join(cwd, `${name}.note`), '');
  const none = await runJob(options, { cwd });
  expect(none.exitCode).toBe(2);
  for (const name of ['x', 'y']) mkdirSync(join(cwd, name));
  const { rows, stderr } = await runJob(options, { cwd });
  expect(rows.map(({ state, bytes }) => [state, bytes])).toEqual([
    ['done', 32 * KIB],
    ['done', 32 * KIB],
    ['done', 32 * KIB],
  ]);
  expect(stderr).toContain('x/j.2.1');
  for (const name of ['x', 'y']) expect(readdirSync(join(cwd, name))).toEqual([]);
});

test('many files are not listed one by one', async () => {
  const cwd = scratchFolder();
  const { rows, stderr } = await runJob('rw=write\nsize=280k\nnrfiles=70', { cwd });
  expect(rows).toMatchObject([
    { state: 'done', bytes: 280 * KIB, device: 'j.0.0:…:j.0.69 (70 files)', driver: 'file' },
  ]);
  expect(stderr).toContain('laid out j.0.0 … j.0.69, 70 files');
  expect(readdirSync(cwd)).toContain('j.0.69');
});

test('a file that cannot be is named', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'mine'), 'not made by coffer');
  const ended = await runJob('rw=write\nsize=64k\nfilename=new:mine', { cwd });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain('mine exists and was not made by coffer');
  expect(statSync(join(cwd, 'mine')).size).toBe(18);
  expect(readdirSync(cwd)).not.toContain('new');
});
