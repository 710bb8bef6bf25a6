/**
 * Facts of machine and targets for the JSON file beside the results: what a result may depend on,
 * and a plan does not say. Absent facts are null, never a guess.
 *
 * From sysfs (Documentation/ABI/stable/sysfs-block), mountinfo and procfs. The copy limits
 * (copy_max_bytes, copy_max_hw_bytes…) are those of the copy offload proposals: whichever this
 * kernel has.
 */

import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { release } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Bytes } from '../units/quantity.ts';
import {
  type BlockDevice,
  blockDevice,
  deviceNumber,
  devicesUnder,
  namesIn,
  queueNumber,
  readNumber,
  readText,
} from './block-device.ts';
import { type Mount, mountOf } from './mounts.ts';

export interface MachineFacts {
  readonly kernel: string;
  /** By governor, the CPUs that have it; empty: the kernel does not scale frequencies. */
  readonly governors: Readonly<Record<string, readonly number[]>>;
  /** 0: anybody may, 1: only a group, 2: nobody; null: the kernel has no such switch. */
  readonly ioUringDisabled: number | null;
}

export interface TargetEnvironment {
  readonly path: string;
  /** null: a block device, or nobody knows. */
  readonly fileSystem: string | null;
  readonly mountPoint: string | null;
  readonly mountOptions: readonly string[] | null;
  /** What it lies on, or what it is; empty: nothing that is known. */
  readonly devices: readonly DeviceFacts[];
}

export interface DeviceFacts {
  readonly name: string;
  readonly model: string | null;
  readonly rotational: boolean | null;
  /** The one in use. */
  readonly scheduler: string | null;
  readonly logicalBlockBytes: Bytes | null;
  readonly physicalBlockBytes: Bytes | null;
  /** `write back`, `write through` */
  readonly writeCache: string | null;
  /** Each file copy_* of its queue. */
  readonly copyLimits: Readonly<Record<string, number>>;
}

export function machineFacts(): MachineFacts {
  return {
    kernel: release(),
    governors: governors(),
    ioUringDisabled: readNumber('/proc/sys/kernel/io_uring_disabled'),
  };
}

/** What is not there yet is told of by its folder. */
export function targetEnvironment(path: string): TargetEnvironment {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isBlockDevice() === true) {
    const device = blockDevice(deviceNumber(stat.rdev));
    return described(path, null, device === null ? [] : [device]);
  }
  const place = stat === undefined ? folderOf(path) : path;
  const mount = place === null ? null : mountOf(place);
  return described(path, mount, mount === null ? [] : devicesUnder(mount));
}

/** null: it is not there either. */
function folderOf(path: string): string | null {
  const folder = dirname(resolve(path));
  return existsSync(folder) ? realpathSync(folder) : null;
}

function described(
  path: string,
  mount: Mount | null,
  devices: readonly BlockDevice[],
): TargetEnvironment {
  return {
    path,
    fileSystem: mount?.fileSystem ?? null,
    mountPoint: mount?.mountPoint ?? null,
    mountOptions: mount?.options ?? null,
    devices: devices.map(deviceFacts),
  };
}

function deviceFacts(device: BlockDevice): DeviceFacts {
  const { name, wholeFolder } = device;
  const rotational = queueNumber(device, 'rotational');
  return {
    name,
    model: readText(join(wholeFolder, 'device/model')),
    rotational: rotational === null ? null : rotational === 1,
    scheduler: schedulerOf(device),
    logicalBlockBytes: queueNumber(device, 'logical_block_size'),
    physicalBlockBytes: queueNumber(device, 'physical_block_size'),
    writeCache: readText(join(wholeFolder, 'queue/write_cache')),
    copyLimits: copyLimits(device),
  };
}

/** `none [mq-deadline] kyber`; a device without a choice names one. */
function schedulerOf({ wholeFolder }: BlockDevice): string | null {
  const text = readText(join(wholeFolder, 'queue/scheduler'));
  return text === null ? null : (/\[(.+)\]/.exec(text)?.[1] ?? text);
}

function copyLimits(device: BlockDevice): Record<string, number> {
  const names = namesIn(join(device.wholeFolder, 'queue')).filter((name) =>
    name.startsWith('copy_'),
  );
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = queueNumber(device, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function governors(): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  const cpus = namesIn('/sys/devices/system/cpu').filter((name) => /^cpu\d+$/.test(name));
  for (const cpu of cpus.map((name) => Number(name.slice(3))).toSorted((a, b) => a - b)) {
    const governor = readText(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`);
    if (governor !== null) (found[governor] ??= []).push(cpu);
  }
  return found;
}
