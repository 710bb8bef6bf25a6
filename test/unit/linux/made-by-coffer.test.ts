import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
