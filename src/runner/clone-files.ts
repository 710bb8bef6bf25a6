/** The files of one clone on real targets: opened, as its engine asks for them, and by name. */

import { fstatSync } from 'node:fs';
import type { RealJobPlan, RunPlan } from '../job/plan.ts';
import { type OpenedFile, SlotFiles } from '../linux/slot-files.ts';
import type { Fd } from '../linux/syscalls.ts';
import { present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Access } from '../workload/spec.ts';

export interface FilePaths {
  readonly source: string;
  readonly destination: string;
}

const NO_FILE: OpenedFile = {
  sourceFd: -1,
  destinationFd: -1,
  sourceBytes: 0,
  destinationBytes: 0,
};

/** By file; none: the null engine's. */
export function pathsOfClone(real: RealJobPlan, clone: number): readonly FilePaths[] {
  const sources = present(real.files[clone], 'files for each clone');
  const destinations = present(real.destFiles[clone], 'destinations for each clone');
  return sources.map((source, file) => {
    return { source, destination: present(destinations[file], 'a destination for each file') };
  });
}

/** For whoever reads what failed there. */
export function namesOf({ source, destination }: FilePaths): string {
  return source === destination ? source : `${source} to ${destination}`;
}

/**
 * Each once: of what is read, and of what is written, mostly one and the same. `file`: of the
 * slots; `claims`: by path, descriptors that hold block devices. Throws EngineFailure.
 */
export function openFiles(
  paths: readonly FilePaths[],
  { targets }: RunPlan,
  access: Access,
  file: Uint16Array,
  claims: Readonly<Record<string, Fd>>,
  open: (path: string, writes: boolean) => Fd,
): SlotFiles {
  const copies = access === 'copy';
  const written = new Set(access === 'read' ? [] : paths.map(({ destination }) => destination));
  const fds = new Map<string, Fd>();
  const fdOf = (path: string): Fd => {
    const fd = fds.get(path) ?? open(path, written.has(path));
    fds.set(path, fd);
    return fd;
  };
  // The inode of a block device says 0.
  const devices = new Map(
    targets.flatMap(({ path, kind, foundBytes }) => (kind === 'block' ? [[path, foundBytes]] : [])),
  );
  const sizeOf = (path: string): Bytes => devices.get(path) ?? fstatSync(fdOf(path)).size;
  const each = paths.map(({ source, destination }) => {
    const sourceFd = fdOf(source);
    const destinationFd = copies ? fdOf(destination) : sourceFd;
    const destinationBytes = sizeOf(copies ? destination : source);
    const trimFd = claims[source] ?? sourceFd;
    return { sourceFd, destinationFd, trimFd, sourceBytes: sizeOf(source), destinationBytes };
  });
  return new SlotFiles(file, each.length === 0 ? [NO_FILE] : each);
}
