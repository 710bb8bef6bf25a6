/** What a plan says of a job with several files: the region of each, and whose turn it is. */

import { assert, present } from '../units/assert.ts';
import { type FileService, parseFileService } from '../units/file-service.ts';
import type { Bytes } from '../units/quantity.ts';
import { listOf } from './file-names.ts';
import type { JobPlan } from './plan.ts';
import type { Region } from './region.ts';
import type { Settings } from './settings.ts';
import type { Target } from './side.ts';

/** Of the first clone. */
export interface FilePlan {
  /** Name of the declared device; the path of a real one; empty for the null engine. */
  readonly device: string;
  readonly destDevice: string;
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  /** What each further clone adds to offsetBytes and to destOffsetBytes. */
  readonly offsetIncrementBytes: Bytes;
  readonly destOffsetBytes: Bytes | null;
}

export interface FilesPlan {
  /** At least two. */
  readonly each: readonly FilePlan[];
  readonly service: FileService;
  /** At most so many of them have I/Os by turns. */
  readonly open: number;
}

/** `device`, `destDevice` and `files` of a plan. */
export function filesPlan(
  settings: Settings,
  targets: readonly Target[],
  regions: readonly Region[],
): Pick<JobPlan, 'device' | 'destDevice' | 'files'> {
  const copies = regions.some(({ destOffsetBytes }) => destOffsetBytes !== null);
  const each = targets.map((target, file) => {
    const { offsetBytes, sizeBytes, offsetIncrementBytes, destOffsetBytes } = present(
      regions[file],
      'a region of each file',
    );
    return {
      device: target.source.name,
      destDevice: copies ? target.destination.name : target.source.name,
      offsetBytes,
      sizeBytes,
      offsetIncrementBytes,
      destOffsetBytes,
    };
  });
  const device = namesOf(each.map((file) => file.device));
  const destDevice = namesOf(each.map((file) => file.destDevice));
  if (each.length === 1) {
    warnTurns(settings);
    return { device, destDevice, files: null };
  }
  const parsed = parseFileService(settings.text('file_service_type'));
  assert(parsed.ok, 'a service has been parsed before');
  const most = settings.int('openfiles');
  const open = most === 0 ? each.length : Math.min(most, each.length);
  return { device, destDevice, files: { each, service: parsed.value, open } };
}

/** Devices that a job reads or writes, by file. */
export function devicesOf({ files, device }: JobPlan): readonly string[] {
  return files === null ? [device] : files.each.map((file) => file.device);
}

/** Where its copies go, by file. */
export function destDevicesOf({ files, destDevice }: JobPlan): readonly string[] {
  return files === null ? [destDevice] : files.each.map((file) => file.destDevice);
}

/** One destination may be that of all files, and files of the null engine have no name. */
function namesOf(names: readonly string[]): string {
  return listOf([...new Set(names)].filter((name) => name !== ''));
}

/** A [global] is for the jobs that have several files. */
function warnTurns(settings: Settings): void {
  for (const name of ['file_service_type', 'openfiles']) {
    if (!settings.isOwn(name) || settings.isHarmless(name)) continue;
    settings.warn(name, 'has no effect: the job has one file');
  }
}
