import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { mountOf, mounts, parseMount } from '../../../src/linux/mounts.ts';
import { FileSystems } from '../../support/file-systems.ts';

const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const tmpfs = fileSystems.mount('tmpfs', 16);

it('reads a line of mountinfo', () => {
  const line =
    '36 35 98:0 /root /mnt/two\\040words rw,noatime shared:1 master:2 - ext4 /dev/a\\134b rw,errors=ro';
  expect(parseMount(line)).toEqual({
    id: 36,
    device: '98:0',
    mountPoint: '/mnt/two words',
    options: ['rw', 'noatime', 'errors=ro'],
    fileSystem: 'ext4',
    source: '/dev/a\\b',
  });
});

it('knows the mount of a path', () => {
  expect(mountOf('/proc/self/status')).toMatchObject({ mountPoint: '/proc', fileSystem: 'proc' });
  expect(mounts().some(({ mountPoint }) => mountPoint === '/')).toBe(true);
});

it.skipIf(tmpfs.missing)('is not misled by a mount that hides another', () => {
  const folder = join(tmpfs.path, 'hidden');
  mkdirSync(folder);
  const mount = (): void => {
    expect(spawnSync('mount', ['-t', 'ramfs', 'ramfs', folder]).status).toBe(0);
    onTestFinished(() => void spawnSync('umount', [folder]));
  };
  mount();
  const first = mountOf(folder);
  mount();
  writeFileSync(join(folder, 'file'), '');
  const top = mountOf(join(folder, 'file'));
  expect([first?.mountPoint, top?.mountPoint]).toEqual([folder, folder]);
  expect(top?.id).not.toBe(first?.id);
  expect(top?.device).not.toBe(first?.device);
});
