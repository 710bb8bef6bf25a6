import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DeviceStat } from '../../../src/linux/device-stat.ts';
import { present } from '../../../src/units/assert.ts';
import { contentOf } from '../../support/engine-rig.ts';
import { FileSystems, type Place } from '../../support/file-systems.ts';

const MIB = 1 << 20;
const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const loop = fileSystems.loopDevice(16);
const tmpfs = fileSystems.mount('tmpfs', 16);
const kinds: readonly (readonly [string, Place])[] = [
  ['ext4', fileSystems.mount('ext4', 64)],
  ['btrfs', fileSystems.mount('btrfs')],
  ['xfs', fileSystems.mount('xfs')],
];

function writeAndSync(path: string): void {
  const fd = openSync(path, 'a+');
  writeSync(fd, contentOf(MIB, 1), 0, MIB, 0);
  fsyncSync(fd);
  closeSync(fd);
}

function writtenTo(path: string, file: string): number {
  const device = present(DeviceStat.of(path), 'a device');
  const before = present(device.read(), 'what it did');
  writeAndSync(file);
  return present(device.read(), 'what it did').writtenBytes - before.writtenBytes;
}

describe.each(kinds)('the device under %s', (_, place) => {
  it.skipIf(place.missing)('counts what was written, once it was synced', () => {
    const file = join(place.path, 'file');
    const written = writtenTo(place.path, file);
    expect(written).toBeGreaterThanOrEqual(MIB);
    expect(written).toBeLessThan(2 * MIB);
    expect(DeviceStat.of(file)?.names).toEqual(DeviceStat.of(place.path)?.names);
  });
});

it.skipIf(loop.missing)('counts for a block device itself', () => {
  expect(DeviceStat.of(loop.path)?.names).toEqual([loop.path.replace('/dev/', '')]);
  const device = present(DeviceStat.of(loop.path), 'a device');
  const before = present(device.read(), 'what it did');
  const fd = openSync(loop.path, 'r+');
  writeSync(fd, contentOf(MIB, 1), 0, MIB, 0);
  fsyncSync(fd);
  closeSync(fd);
  const after = present(device.read(), 'what it did');
  expect(after.writtenBytes - before.writtenBytes).toBe(MIB);
});

it.skipIf(tmpfs.missing)('is none under tmpfs', () => {
  expect(DeviceStat.of(tmpfs.path)).toBeNull();
});
