import { join } from 'node:path';
import { release } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import { machineFacts, targetEnvironment } from '../../../src/linux/environment.ts';
import { FileSystems } from '../../support/file-systems.ts';

const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const ext4 = fileSystems.mount('ext4', 32);
const tmpfs = fileSystems.mount('tmpfs', 16);
const loop = fileSystems.loopDevice(16);

it('tells of the machine', () => {
  const { kernel, governors, ioUringDisabled } = machineFacts();
  expect(kernel).toBe(release());
  expect([null, 0, 1, 2]).toContain(ioUringDisabled);
  for (const [governor, cpus] of Object.entries(governors)) {
    expect(governor).toMatch(/^\w+$/);
    expect(cpus.length).toBeGreaterThan(0);
  }
});

it.skipIf(ext4.missing)('tells of a file system and its device', () => {
  // A file that is not there yet lies where its folder does.
  const found = targetEnvironment(join(ext4.path, 'none'));
  expect(found).toMatchObject({ fileSystem: 'ext4', mountPoint: ext4.path });
  expect(found.mountOptions).toContain('rw');
  expect(found.devices).toHaveLength(1);
  const [device] = found.devices;
  expect(device).toMatchObject({ logicalBlockBytes: 512, model: null });
  expect(device?.name).toMatch(/^loop\d+$/);
  expect(device?.scheduler).toMatch(/^[\w-]+$/);
  expect(device?.writeCache).toMatch(/^write (?:back|through)$/);
  expect(device?.physicalBlockBytes).toBeGreaterThanOrEqual(512);
  expect(typeof device?.rotational).toBe('boolean');
});

it.skipIf(loop.missing)('tells of a block device without a file system', () => {
  const found = targetEnvironment(loop.path);
  const none = { fileSystem: null, mountPoint: null, mountOptions: null };
  expect(found).toMatchObject({ path: loop.path, ...none });
  expect(found.devices.map(({ name }) => `/dev/${name}`)).toEqual([loop.path]);
  // Whatever limits of copies this kernel has, they are numbers.
  const limits = Object.entries(found.devices[0]?.copyLimits ?? {});
  expect(limits.every(([name, limit]) => name.startsWith('copy_') && limit >= 0)).toBe(true);
});

it.skipIf(tmpfs.missing)('does not make a device up', () => {
  expect(targetEnvironment(tmpfs.path)).toMatchObject({ fileSystem: 'tmpfs', devices: [] });
  expect(targetEnvironment('/none/at/all')).toMatchObject({ fileSystem: null, devices: [] });
});
