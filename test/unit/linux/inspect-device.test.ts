import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { blockDeviceAt, deviceNumber, devicesUnder } from '../../../src/linux/block-device.ts';
import { inspect } from '../../../src/linux/inspect.ts';
import { mountOf } from '../../../src/linux/mounts.ts';
import { signatureOf } from '../../../src/linux/signature.ts';
import { present } from '../../../src/units/assert.ts';
import { FileSystems } from '../../support/file-systems.ts';

const MIB = 1 << 20;
const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const loop = fileSystems.loopDevice(128);
const second = fileSystems.loopDevice(128);

function run(program: string, ...options: readonly string[]): boolean {
  return spawnSync(program, options).status === 0;
}

const noBlkid = spawnSync('blkid', ['-V']).error === undefined ? null : 'blkid is not installed';
const noDm =
  spawnSync('dmsetup', ['ls']).status === 0 ? null : 'there is no device mapper (or no dmsetup)';

/** One partition from sector 2048 on, of 8 MiB. */
function writeMbr(device: string): void {
  const table = Buffer.alloc(512);
  table[446 + 4] = 0x83;
  table.writeUInt32LE(2048, 446 + 8);
  table.writeUInt32LE(16384, 446 + 12);
  table.writeUInt16LE(0xaa55, 510);
  const fd = openSync(device, 'r+');
  writeSync(fd, table, 0, 512, 0);
  closeSync(fd);
}

function wipe(device: string): void {
  const fd = openSync(device, 'r+');
  writeSync(fd, Buffer.alloc(2 * MIB), 0, 2 * MIB, 0);
  closeSync(fd);
}

function mounted(device: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-mount-'));
  onTestFinished(() => {
    run('umount', folder);
    rmSync(folder, { recursive: true });
  });
  expect(run('mount', device, folder)).toBe(true);
  return folder;
}

describe.skipIf(loop.missing)('a block device', () => {
  beforeEach(() => wipe(loop.path));

  it('without a signature is free', () => {
    expect(inspect(loop.path)).toEqual({
      identity: `${statSync(loop.path).rdev}`,
      kind: 'block',
      sizeBytes: 128 * MIB,
      contentBytes: 128 * MIB,
      logicalBlockBytes: 512,
      fileSystem: null,
      unusable: null,
      unreadable: null,
      unwritable: null,
      mounted: null,
      foreign: noBlkid === null ? null : `may hold anything: nobody can tell, ${noBlkid}`,
    });
  });

  it.skipIf(noBlkid)('with a signature holds something', () => {
    expect(run('mkfs.ext4', '-q', '-F', '-L', 'vault', loop.path)).toBe(true);
    const foreign = 'holds a file system (ext4, labelled vault)';
    expect(inspect(loop.path)).toMatchObject({ foreign, mounted: null });
    wipe(loop.path);
    expect(run('mkswap', loop.path)).toBe(true);
    expect(inspect(loop.path).foreign).toBe('holds a signature (swap)');
  });

  it('that is mounted says where', () => {
    expect(run('mkfs.ext4', '-q', '-F', loop.path)).toBe(true);
    const folder = mounted(loop.path);
    expect(inspect(loop.path).mounted).toBe(`is mounted at ${folder}`);
  });

  it('in use is told of the file that it lies on, too', () => {
    const { name } = present(blockDeviceAt(loop.path), 'a device');
    const file = readFileSync(`/sys/block/${name}/loop/backing_file`, 'utf8').trim();
    expect(inspect(file).mounted).toBeNull();
    expect(run('mkfs.ext4', '-q', '-F', loop.path)).toBe(true);
    const folder = mounted(loop.path);
    expect(inspect(file).mounted).toBe(`backs ${name}, which is mounted at ${folder}`);
  });

  it('with a partition that is mounted says which', ({ skip }) => {
    writeMbr(loop.path);
    const name = present(blockDeviceAt(loop.path), 'a device').name;
    if (!run('partx', '--add', loop.path))
      skip('partx is missing, or loop devices have no partitions');
    onTestFinished(() => void run('partx', '--delete', loop.path));
    const partition = `${loop.path}p1`;
    expect(inspect(loop.path)).toMatchObject({ mounted: null });
    if (noBlkid === null) expect(inspect(loop.path).foreign).toBe('holds a partition table (dos)');
    expect(inspect(partition)).toMatchObject({ sizeBytes: 8 * MIB, mounted: null });
    if (noBlkid === null) expect(inspect(partition).foreign).toBeNull();
    expect(run('mkfs.ext4', '-q', '-F', partition)).toBe(true);
    const folder = mounted(partition);
    const use = `has the partition ${name}p1, which is mounted at ${folder}`;
    expect(inspect(loop.path).mounted).toBe(use);
    expect(inspect(partition).mounted).toBe(`is mounted at ${folder}`);
  });

  it('that is swap, or read-only', ({ skip }) => {
    expect(run('blockdev', '--setro', loop.path)).toBe(true);
    const unwritable = 'cannot be written: the device is read-only';
    expect(inspect(loop.path)).toMatchObject({ unwritable, unreadable: null });
    expect(run('blockdev', '--setrw', loop.path)).toBe(true);
    if (!run('mkswap', loop.path) || !run('swapon', loop.path)) skip('swap cannot be had here');
    onTestFinished(() => void run('swapoff', loop.path));
    expect(inspect(loop.path).mounted).toBe('is in use as swap');
  });

  it('that somebody has claimed is in use', () => {
    const fd = openSync(loop.path, 0o200);
    onTestFinished(() => closeSync(fd));
    expect(inspect(loop.path).mounted).toMatch(/^is in use: .*O_EXCL/);
  });

  it.skipIf(noDm)('that another device stands on says which', () => {
    const name = `coffer-test-${process.pid}`;
    expect(run('dmsetup', 'create', name, '--table', `0 2048 linear ${loop.path} 0`)).toBe(true);
    onTestFinished(() => void run('dmsetup', 'remove', name));
    expect(inspect(loop.path).mounted).toMatch(new RegExp(`^is part of dm-\\d+ \\(${name}\\)$`));
  });

  it.skipIf(second.missing)('of a btrfs over several devices is mounted, each of them', () => {
    wipe(second.path);
    const made = run('mkfs.btrfs', '-q', '-f', '-d', 'raid0', loop.path, second.path);
    expect(made).toBe(true);
    expect(run('btrfs', 'device', 'scan', loop.path, second.path)).toBe(true);
    const folder = mounted(loop.path);
    const mount = present(mountOf(folder), 'a mount');
    expect(
      devicesUnder(mount)
        .map(({ name }) => `/dev/${name}`)
        .toSorted(),
    ).toEqual([loop.path, second.path].toSorted());
    expect(inspect(second.path).mounted).toBe(`is mounted at ${folder}`);
  });
});

describe('a signature', () => {
  it('is not looked for in silence where nothing can be read', () => {
    const found = 'may hold anything: nobody can tell, opening it: ENOENT';
    expect(signatureOf('/dev/none')).toBe(found);
  });

  it('cannot be told without blkid', () => {
    vi.stubEnv('PATH', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    const found = 'may hold anything: nobody can tell, blkid is not installed';
    expect(signatureOf('/dev/null', '/nowhere')).toBe(found);
  });
});

it('reads device numbers as the kernel writes them', () => {
  expect(deviceNumber(0x0801)).toBe('8:1');
  expect(deviceNumber(0xfe00)).toBe('254:0');
  // 259:1048575, the largest minor.
  expect(deviceNumber(0xfff103ff)).toBe('259:1048575');
});
