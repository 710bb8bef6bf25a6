import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DeviceStat } from '../../../src/linux/device-stat.ts';
import { dropFromPageCache, prewarm } from '../../../src/linux/page-cache.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { TargetFailure } from '../../../src/linux/target-failure.ts';
import { present } from '../../../src/units/assert.ts';
import { contentOf } from '../../support/engine-rig.ts';
import { FileSystems } from '../../support/file-systems.ts';
import { scratchFolder } from '../../support/scratch.ts';

const MIB = 1 << 20;
const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const ext4 = fileSystems.mount('ext4', 64);
const noKoffi = typeof loadSyscalls() === 'string';

function opened(path: string): number {
  const fd = openSync(path, 'r');
  onTestFinished(() => closeSync(fd));
  return fd;
}

describe.skipIf(ext4.missing ?? noKoffi)('the page cache of a file', () => {
  const residentBytes = (path: string): number => {
    const { stdout } = spawnSync('fincore', ['-b', '-n', '-r', '-o', 'RES', path]);
    return Number(stdout);
  };
  const noFincore = spawnSync('fincore', ['-V']).error !== undefined;

  it.skipIf(noFincore)('is emptied and filled', () => {
    const path = join(ext4.path, 'file');
    writeFileSync(path, contentOf(4 * MIB, 1));
    const fd = opened(path);
    expect(residentBytes(path)).toBe(4 * MIB);
    expect(dropFromPageCache(fd, path)).toBeNull();
    expect(residentBytes(path)).toBe(0);
    expect(prewarm(fd, path, 4 * MIB)).toBe(true);
    expect(residentBytes(path)).toBe(4 * MIB);
  });

  it('is read from the device once it is empty', () => {
    const path = join(ext4.path, 'other');
    writeFileSync(path, contentOf(4 * MIB, 2));
    const fd = opened(path);
    const device = present(DeviceStat.of(path), 'a device');
    expect(device.names).toHaveLength(1);
    const before = present(device.read(), 'what it did');
    expect(dropFromPageCache(fd, path)).toBeNull();
    prewarm(fd, path, 4 * MIB);
    const after = present(device.read(), 'what it did');
    expect(after.writtenBytes - before.writtenBytes).toBeGreaterThanOrEqual(4 * MIB);
    expect(after.readBytes - before.readBytes).toBeGreaterThanOrEqual(4 * MIB);
  });
});

it('ends at the end of the file, when it is stopped, and where nothing can be read', () => {
  const path = join(scratchFolder(), 'file');
  writeFileSync(path, 'short');
  const fd = opened(path);
  expect(prewarm(fd, path, MIB)).toBe(true);
  expect(prewarm(fd, path, MIB, () => true)).toBe(false);
  const folder = opened(scratchFolder());
  expect(() => prewarm(folder, 'folder', MIB)).toThrow(TargetFailure);
});

it('stays as it is without koffi, which is said', async () => {
  vi.stubEnv('COFFER_TEST_NO_KOFFI', '1');
  vi.resetModules();
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });
  const module = await import('../../../src/linux/page-cache.ts');
  const path = join(scratchFolder(), 'file');
  writeFileSync(path, 'x');
  const said = module.dropFromPageCache(opened(path), path);
  expect(said).toBe(
    `${path}: stays in the page cache: koffi is not installed, and system calls need it; ` +
      'npm install without --omit=optional',
  );
  expect(module.prewarm(opened(path), path, 1)).toBe(true);
});
