import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { spawnSync } from 'node:child_process';
import { isMade, markMade, readMark, removeMade } from '../../../src/linux/made-by-coffer.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { scratchFolder } from '../../support/scratch.ts';

type Marks = typeof import('../../../src/linux/made-by-coffer.ts');

/** As on a machine where koffi is not installed. */
async function withoutKoffi(): Promise<Marks> {
  vi.stubEnv('COFFER_TEST_NO_KOFFI', '1');
  vi.resetModules();
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });
  return import('../../../src/linux/made-by-coffer.ts');
}

function someFile(): string {
  const path = join(scratchFolder(), 'file');
  writeFileSync(path, 'content');
  return path;
}

const ways: readonly (readonly [string, () => Promise<Marks>])[] = [
  ['as the file system can', async () => ({ isMade, markMade, readMark, removeMade })],
  ['by a note', withoutKoffi],
];

describe.each(ways)('a mark, %s', (_, load) => {
  it('is on what was marked', async () => {
    const marks = await load();
    const path = someFile();
    expect(marks.isMade(path)).toBe(false);
    marks.markMade(path);
    expect(marks.readMark(path)).toEqual({ unfinishedFromBytes: null });
    marks.markMade(path, 12288);
    expect(marks.readMark(path)).toEqual({ unfinishedFromBytes: 12288 });
  });

  it('does not go over to another file', async () => {
    const marks = await load();
    const path = someFile();
    marks.markMade(path);
    const copy = `${path}-copy`;
    copyFileSync(path, copy);
    spawnSync('cp', ['--preserve=all', path, copy]);
    if (existsSync(`${path}.coffer`)) copyFileSync(`${path}.coffer`, `${copy}.coffer`);
    expect(marks.isMade(copy)).toBe(false);
    renameSync(copy, path);
    expect(marks.isMade(path)).toBe(false);
  });

  it('goes with its file', async () => {
    const marks = await load();
    const path = someFile();
    expect(marks.removeMade(path)).toBe(false);
    expect(existsSync(path)).toBe(true);
    marks.markMade(path);
    expect(marks.removeMade(path)).toBe(true);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.coffer`)).toBe(false);
  });

  it.each(['file', 'symlink'])(
    'leaves a %s of the user’s under the name of the note',
    async (kind) => {
      const marks = await load();
      const path = someFile();
      const theirs = kind === 'file' ? `${path}.coffer` : `${path}-theirs`;
      if (kind === 'symlink') symlinkSync(theirs, `${path}.coffer`);
      // With one of ours behind it, a symlink is theirs all the same.
      const text = kind === 'file' ? 'precious' : '{"madeBy":"coffer","ino":1}';
      writeFileSync(theirs, text);
      try {
        marks.markMade(path);
      } catch (error) {
        expect(String(error)).toMatch(/file\.coffer: coffer did not make it.*; move it, or/);
        expect(marks.isMade(path)).toBe(false);
      }
      marks.removeMade(path);
      expect(readFileSync(`${path}.coffer`, 'utf8')).toBe(text);
    },
  );

  it('is on nothing that is not there, or no file', async () => {
    const marks = await load();
    expect(marks.isMade(join(scratchFolder(), 'none'))).toBe(false);
    expect(marks.isMade(scratchFolder())).toBe(false);
  });
});

it.skipIf(typeof loadSyscalls() === 'string')('takes the place of the note', async () => {
  const path = someFile();
  (await withoutKoffi()).markMade(path);
  expect(existsSync(`${path}.coffer`)).toBe(true);
  expect(isMade(path)).toBe(true);
  markMade(path, 4096);
  // /tmp may lie where there are no attributes: then the note stays.
  if (existsSync(`${path}.coffer`)) rmSync(`${path}.coffer`);
  else expect(readMark(path)).toEqual({ unfinishedFromBytes: 4096 });
});

describe('a note', () => {
  it('of a file that is gone counts for nothing, though its inode is used again', async () => {
    const marks = await withoutKoffi();
    const path = someFile();
    const note = `${path}.coffer`;
    marks.markMade(path);
    const text = readFileSync(note, 'utf8');
    writeFileSync(note, text.replace(/"born":"\d+"/, '"born":"1"'));
    expect(marks.isMade(path)).toBe(false);
    writeFileSync(note, text.replace(/,"born":"\d+"/, ''));
    expect(marks.isMade(path)).toBe(false);
    writeFileSync(note, text);
    expect(marks.isMade(path)).toBe(true);
    writeFileSync(note, '{"madeBy":"coffer","ino":1}\n');
    marks.markMade(path, 4096);
    expect(marks.readMark(path)).toEqual({ unfinishedFromBytes: 4096 });
  });

  it('is not written where the file system knows no births', async ({ skip }) => {
    const folder = scratchFolder();
    const { status } = spawnSync('mount', ['-t', 'ramfs', 'ramfs', folder]);
    if (status !== 0) skip('mounting needs CAP_SYS_ADMIN');
    onTestFinished(() => void spawnSync('umount', [folder]));
    const marks = await withoutKoffi();
    const path = join(folder, 'file');
    writeFileSync(path, 'content');
    const { birthtimeNs } = statSync(path, { bigint: true });
    if (birthtimeNs !== 0n) skip('ramfs knows births here');
    marks.markMade(path);
    expect(existsSync(`${path}.coffer`)).toBe(false);
    expect(marks.isMade(path)).toBe(false);
  });
});

it('that cannot be set leaves no new file, which would be taken for somebody’s', async () => {
  await withoutKoffi();
  const { layOut } = await import('../../../src/linux/layout.ts');
  const path = join(scratchFolder(), 'file');
  writeFileSync(`${path}.coffer`, 'precious');
  const asked = { neededBytes: 4096, readBytes: 0, read: false, written: true, layout: true };
  const how = { fallocate: 'none', bufferPattern: null, keep: false, overwrite: false } as const;
  expect(() => layOut({ path, ...asked, ...how })).toThrow(/did not make it/);
  expect(existsSync(path)).toBe(false);
});
