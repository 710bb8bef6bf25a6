/**
 * A block device as sysfs shows it: Documentation/ABI/stable/sysfs-block. A partition's queue is
 * that of the whole device.
 */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SECTOR_BYTES, type Bytes } from '../units/quantity.ts';
import type { Mount } from './mounts.ts';

export interface BlockDevice {
  /** `8:1` */
  readonly number: string;
  /** `sda1` */
  readonly name: string;
  readonly folder: string;
  /** Of the whole device: its own, if it is no partition. */
  readonly wholeFolder: string;
}

/** As stat(2) tells it, the kernel's new_encode_dev(): `8:1`. */
export function deviceNumber(device: number): string {
  const major = (device >>> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
  return `${major}:${minor}`;
}

/** null: no block device has this number. */
export function blockDevice(number: string): BlockDevice | null {
  const link = `/sys/dev/block/${number}`;
  if (!/^\d+:\d+$/.test(number) || !existsSync(link)) return null;
  const folder = realpathSync(link);
  const isPartition = existsSync(join(folder, 'partition'));
  const wholeFolder = isPartition ? dirname(folder) : folder;
  return { number, name: basename(folder), folder, wholeFolder };
}

/** Of a device node, `/dev/sda`. null: it is none. */
export function blockDeviceAt(path: string): BlockDevice | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isBlockDevice() === true ? blockDevice(deviceNumber(stat.rdev)) : null;
}

/**
 * What a file system lies on; several devices, for btrfs. Empty: it has none, or (zfs, bcachefs
 * over several, overlay) does not name it.
 */
export function devicesUnder({ device, fileSystem, source }: Mount): readonly BlockDevice[] {
  const direct = blockDevice(device);
  if (direct !== null) return [direct];
  const named = source.startsWith('/') ? blockDeviceAt(source) : null;
  if (named === null) return [];
  return fileSystem === 'btrfs' ? membersBeside(named) : [named];
}

/** Devices of the btrfs that this one belongs to. */
export function membersBeside(device: BlockDevice): readonly BlockDevice[] {
  for (const uuid of namesIn('/sys/fs/btrfs')) {
    const folder = `/sys/fs/btrfs/${uuid}/devices`;
    const names = namesIn(folder);
    if (!names.includes(device.name)) continue;
    const numbers = names.map((name) => readText(join(folder, name, 'dev')) ?? '');
    return numbers.flatMap((number) => blockDevice(number) ?? []);
  }
  return [device];
}

export function sizeOf(device: BlockDevice): Bytes {
  return (readNumber(join(device.folder, 'size')) ?? 0) * SECTOR_BYTES;
}

/** Of the whole device's queue; null: this kernel has no such file. */
export function queueNumber(device: BlockDevice, name: string): number | null {
  return readNumber(join(device.wholeFolder, 'queue', name));
}

export function partitionsOf(device: BlockDevice): readonly BlockDevice[] {
  return namesIn(device.folder)
    .filter((name) => existsSync(join(device.folder, name, 'partition')))
    .flatMap((name) => blockDevice(readText(join(device.folder, name, 'dev')) ?? '') ?? []);
}

/** A line of a file of sysfs or procfs; null: it is not there, or not readable. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

export function readNumber(path: string): number | null {
  const text = readText(path);
  return text === null || !/^-?\d+$/.test(text) ? null : Number(text);
}

/** Empty where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
