/**
 * Who uses a block device, so that writing to it would hurt: a mount, swap, another device on top
 * of it (dm, md), of the device itself, of its partitions, or of the device it is a partition of;
 * and of a file, through a loop device on it.
 * What nobody names is found by O_EXCL, open(2): the kernel refuses a block device that something
 * has claimed.
 */

import { closeSync, constants, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../units/error-code.ts';
import {
  type BlockDevice,
  blockDevice,
  blockDeviceAt,
  devicesUnder,
  namesIn,
  partitionsOf,
  readText,
} from './block-device.ts';
import { mounts, unescaped } from './mounts.ts';

/** `is mounted at /mnt`; null: nothing uses it. */
export function useOf(path: string, device: BlockDevice): string | null {
  const own = namedUse(device);
  if (own !== null) return own;
  for (const partition of partitionsOf(device)) {
    const use = namedUse(partition);
    if (use !== null) return `has the partition ${partition.name}, which ${use}`;
  }
  const whole = wholeOf(device);
  const wholeUse = whole === null ? null : namedUse(whole);
  if (whole !== null && wholeUse !== null)
    return `is a partition of ${whole.name}, which ${wholeUse}`;
  return isClaimed(path) ? 'is in use: the kernel refuses to open it with O_EXCL' : null;
}

/** Of a file under a loop device: `backs loop0, which is mounted at /mnt`; null: none uses it. */
export function useThroughLoop(path: string): string | null {
  for (const name of namesIn('/sys/block')) {
    const backing = readText(`/sys/block/${name}/loop/backing_file`);
    if (backing === null || !isSameInode(path, backing)) continue;
    const device = blockDevice(readText(`/sys/block/${name}/dev`) ?? '');
    const use = device === null ? null : useOf(`/dev/${name}`, device);
    if (use !== null) return `backs ${name}, which ${use}`;
  }
  return null;
}

/** Paths of the files and devices that swap lies on, as /proc/swaps has them. */
export function swaps(): readonly string[] {
  const lines = readText('/proc/swaps')?.split('\n').slice(1) ?? [];
  return lines.map((line) => unescaped(line.split(/\s/)[0] ?? ''));
}

/** Whether the inode or the device number is that of an active swap. */
export function isSwap(path: string): boolean {
  return swaps().some((swap) => isSameInode(path, swap));
}

/** Of two device nodes: whether they stand for one device. */
function isSameInode(path: string, other: string): boolean {
  const own = statSync(path);
  const stat = statSync(other, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (own.isBlockDevice()) return stat.isBlockDevice() && stat.rdev === own.rdev;
  return stat.dev === own.dev && stat.ino === own.ino;
}

function namedUse(device: BlockDevice): string | null {
  const mount = mounts().find((one) =>
    devicesUnder(one).some(({ number }) => number === device.number),
  );
  if (mount !== undefined) return `is mounted at ${mount.mountPoint}`;
  const swap = swaps().find((path) => blockDeviceAt(path)?.number === device.number);
  if (swap !== undefined) return 'is in use as swap';
  const [holder] = namesIn(join(device.folder, 'holders'));
  return holder === undefined ? null : `is part of ${nameOf(holder)}`;
}

/** `dm-0 (vg-root)` */
function nameOf(holder: string): string {
  const mapped = readText(`/sys/class/block/${holder}/dm/name`);
  return mapped === null ? holder : `${holder} (${mapped})`;
}

function wholeOf(device: BlockDevice): BlockDevice | null {
  if (device.wholeFolder === device.folder) return null;
  return blockDevice(readText(join(device.wholeFolder, 'dev')) ?? '');
}

function isClaimed(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_EXCL | constants.O_NOFOLLOW));
    return false;
  } catch (error) {
    // Another error has another reason, which the inspection tells (permission, no medium).
    return errorCode(error) === 'EBUSY';
  }
}
