/**
 * How much a block device has read and written so far: Documentation/block/stat.rst, whose sectors
 * are 512 bytes always. It counts what everybody does there, and what has reached the device: who
 * wants to know of writes syncs before asking.
 *
 * Left out: devices that their file system does not name (see devicesUnder).
 */

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Bytes, SECTOR_BYTES } from '../units/quantity.ts';
import {
  type BlockDevice,
  blockDevice,
  deviceNumber,
  devicesUnder,
  readText,
} from './block-device.ts';
import { mountOf } from './mounts.ts';

export interface DeviceBytes {
  readonly readBytes: Bytes;
  readonly writtenBytes: Bytes;
}

export class DeviceStat {
  /** `sda1`; of a btrfs over several devices all of them. */
  readonly names: readonly string[];
  private readonly devices: readonly BlockDevice[];

  private constructor(devices: readonly BlockDevice[]) {
    this.devices = devices;
    this.names = devices.map(({ name }) => name);
  }

  /**
   * Of a block device, or of what lies under a file. null: there is none, as for tmpfs or nfs.
   * Throws node:fs's error where the path leads nowhere.
   */
  static of(path: string): DeviceStat | null {
    const devices = devicesOf(path);
    return devices.length === 0 ? null : new DeviceStat(devices);
  }

  /** null: the device is gone, or does not count. */
  read(): DeviceBytes | null {
    let readBytes = 0;
    let writtenBytes = 0;
    for (const { folder } of this.devices) {
      const fields = readText(join(folder, 'stat'))?.split(/\s+/).map(Number);
      const [, , sectorsRead, , , , sectorsWritten] = fields ?? [];
      if (sectorsRead === undefined || sectorsWritten === undefined) return null;
      readBytes += sectorsRead * SECTOR_BYTES;
      writtenBytes += sectorsWritten * SECTOR_BYTES;
    }
    return { readBytes, writtenBytes };
  }
}

function devicesOf(path: string): readonly BlockDevice[] {
  const stat = lstatSync(path);
  if (stat.isBlockDevice()) {
    const device = blockDevice(deviceNumber(stat.rdev));
    return device === null ? [] : [device];
  }
  const mount = mountOf(path);
  return mount === null ? [] : devicesUnder(mount);
}
