import type { PlanRequest } from '../../../src/job/load.ts';
import { present } from '../../../src/units/assert.ts';
import type { TargetFacts } from '../../../src/units/target-facts.ts';
import type { JobPlan, RunPlan } from '../../../src/job/plan.ts';
import { firstRun, refusals, warnings } from './fixture.ts';

export const MIB = 1048576;

export const ABSENT: TargetFacts = {
  kind: 'absent',
  sizeBytes: 0,
  contentBytes: 0,
  logicalBlockBytes: 512,
  fileSystem: 'ext4',
  unusable: null,
  unreadable: null,
  unwritable: null,
  mounted: null,
  foreign: null,
  identity: null,
};

/** A file of 64 MiB that coffer made. */
export const OURS: TargetFacts = {
  ...ABSENT,
  kind: 'file',
  sizeBytes: 64 * MIB,
  contentBytes: 64 * MIB,
};
export const FOREIGN: TargetFacts = { ...OURS, foreign: 'exists and was not made by coffer' };
export const DISK: TargetFacts = {
  ...ABSENT,
  kind: 'block',
  sizeBytes: 1024 * MIB,
  contentBytes: 1024 * MIB,
  logicalBlockBytes: 4096,
};

/** What lies where, in the folder of these tests. */
const THERE: Readonly<Record<string, TargetFacts>> = {
  ours: OURS,
  few: { ...OURS, sizeBytes: 6, contentBytes: 6 },
  room: { ...OURS, contentBytes: 0 },
  foreign: FOREIGN,
  '/dev/disk': DISK,
  '/dev/mounted': { ...DISK, mounted: 'is mounted on /' },
  '/dev/partitioned': { ...DISK, foreign: 'holds a partition table' },
  folder: { ...OURS, unusable: 'is a folder' },
  secret: { ...OURS, unreadable: 'may not be read', unwritable: 'may not be written' },
  fixed: { ...OURS, unwritable: 'lies on a file system that is mounted read-only' },
};

export const lookUp = (path: string): TargetFacts => THERE[path] ?? ABSENT;

/** The sentences about a job [a] of these options, which begin on line 2. */
export function refused(options: string, request: Partial<PlanRequest> = {}): string[] {
  return refusals(`[a]\n${options}\n`, { lookUp, ...request });
}

export function warned(options: string, request: Partial<PlanRequest> = {}): string[] {
  return warnings(`[a]\n${options}\n`, { lookUp, ...request });
}

export function runOf(options: string, request: Partial<PlanRequest> = {}): RunPlan {
  return firstRun(`[a]\n${options}\n`, { lookUp, ...request });
}

export function jobOf(options: string, request: Partial<PlanRequest> = {}): JobPlan {
  return present(runOf(options, request).jobs[0], 'first job');
}
