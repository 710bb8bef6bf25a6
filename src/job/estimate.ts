/** What a run will move, and which real files it writes, from its plan alone. */

import type { Bytes, BytesPerNanosecond, Nanoseconds } from '../units/quantity.ts';
import { destDevicesOf, devicesOf } from './files-plan.ts';
import { IOLOG_DIRECTIONS, type IologPlan } from './iolog-plan.ts';
import { accessOfPlan, measuredDirections } from './measured.ts';
import type { DevicePlan, JobPlan, Plan, RunPlan, TargetPlan } from './plan.ts';
import { pacedNs } from './pace-estimate.ts';
import { type Access, rwMeaning } from './rw.ts';
import { meanBytes, smallestBytes } from './sizes.ts';

export interface Estimate {
  /** I/Os that jobs do; null: some job runs for a time, and only the run can tell. */
  readonly ios: number | null;
  /** null as above. Of targets that keep data, as are all bytes here: the others move none. */
  readonly readBytes: number | null;
  /** Written by jobs, copies included; null as above. */
  readonly writtenBytes: number | null;
  /** Written before measured time, if no job before has written the sources. */
  readonly layoutBytes: number;
  /** Of the jobs that run for a time, the longest such time with its ramp and its startdelay. */
  readonly longestRuntimeNs: number | null;
}

/** By path, how far real files have content when a run begins: the runs before laid them out. */
export type LaidOutBefore = Map<string, Bytes>;

/** `before` takes what this run lays out. */
export function estimate(run: RunPlan, before: LaidOutBefore = new Map()): Estimate {
  const jobs = run.jobs.map((job) => estimateJob(job, run.devices));
  const timed = run.jobs.filter((job) => job.timeBased && job.runtimeNs !== null);
  const longest = timed.map((job) => job.startDelay.highNs + (job.runtimeNs ?? 0) + job.rampNs);
  return {
    ios: sum(jobs.map((job) => job.ios)),
    readBytes: sum(jobs.map((job) => job.readBytes)),
    writtenBytes: sum(jobs.map((job) => job.writtenBytes)),
    layoutBytes:
      run.jobs.reduce((total, job) => total + layoutBytes(job, run.devices), 0) +
      run.targets.reduce((total, target) => total + laidOutBytes(target, before), 0),
    longestRuntimeNs: longest.length === 0 ? null : Math.max(...longest),
  };
}

/** Real files and devices that running this may change, as the jobs name them, each once. */
export function writtenTargets({ runs }: Pick<Plan, 'runs'>): readonly string[] {
  const changed = runs
    .flatMap(({ targets }) => targets)
    .filter((target) => target.written || missingBytes(target, target.contentBytes) > 0);
  return [...new Set(changed.map(({ path }) => path))];
}

/** What one I/O costs the simulation, or a fast kernel; good to a factor of a few. */
export const GUESSED_IO_NS: Nanoseconds = 5_000;
/** Beside it, where bytes move, in a file or in memory. */
export const GUESSED_BYTES_PER_NS: BytesPerNanosecond = 1;

/**
 * Of the machine's time; null: a timed virtual run does as many I/Os as its models are fast. Of
 * real files as if they lay in memory: how fast a disk is, no plan knows.
 */
export function guessNs(run: RunPlan, moved: Estimate): Nanoseconds | null {
  if (moved.ios === null) return run.clock === 'wall' ? moved.longestRuntimeNs : null;
  // Tags move 8 bytes per block; devices of one world all keep bytes, or none does.
  const moves =
    run.targets.length > 0 ||
    run.devices.some(({ facts: { data } }) => data === 'file' || data === 'memory');
  const bytes = (moved.readBytes ?? 0) + (moved.writtenBytes ?? 0) + moved.layoutBytes;
  const workNs = moved.ios * GUESSED_IO_NS + (moves ? bytes / GUESSED_BYTES_PER_NS : 0);
  if (run.clock === 'virtual') return Math.round(workNs);
  const delays = run.jobs.map(({ startDelay }) => startDelay.highNs);
  const paced = run.jobs.map((job) => pacedNs(job, movedBy(job, rwMeaning(job.rw).access).ios));
  return Math.round(Math.max(workNs, ...paced) + Math.max(...delays));
}

type JobEstimate = Pick<Estimate, 'ios' | 'readBytes' | 'writtenBytes'>;

function estimateJob(job: JobPlan, devices: readonly DevicePlan[]): JobEstimate {
  const access = accessOfPlan(job);
  const readsBack = measuredDirections(job).includes('read');
  const reads =
    (readsBack || !['write', 'trim', 'trimwrite'].includes(access)) &&
    keepsData(job, devicesOf(job), devices);
  const writes = !['read', 'trim'].includes(access) && keepsData(job, destDevicesOf(job), devices);
  if (job.timeBased) {
    return { ios: null, readBytes: reads ? null : 0, writtenBytes: writes ? null : 0 };
  }
  const { ios, readBytes, writtenBytes } = movedBy(job, access);
  return {
    ios: ios * job.numjobs,
    readBytes: reads ? readBytes * job.numjobs : 0,
    writtenBytes: writes ? writtenBytes * job.numjobs : 0,
  };
}

interface Moved {
  readonly ios: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

function movedBy(job: JobPlan, access: Access): Moved {
  if (job.iolog !== null) return replayed(job.iolog);
  if (access === 'copy') return copies(job);
  return access === 'trim' || access === 'trimwrite' ? trims(job) : readsAndWrites(job);
}

/** One clone. */
function replayed({ ios, direction, lengthBytes }: IologPlan): Moved {
  let readBytes = 0;
  let writtenBytes = 0;
  for (const [index, bytes] of lengthBytes.entries()) {
    const each = IOLOG_DIRECTIONS[direction[index] ?? 0];
    if (each === 'read' || each === 'copy') readBytes += bytes;
    if (each === 'write' || each === 'copy') writtenBytes += bytes;
  }
  return { ios, readBytes, writtenBytes };
}

/** One clone; of trimwrite each trim has its write, and both are I/Os. */
function trims(job: JobPlan): Moved {
  const writes = rwMeaning(job.rw).access === 'trimwrite';
  const trim = meanBytes(job, 'trim');
  const asked = Math.ceil(bytesToDo(job) / (trim * job.numRange));
  const done = Math.min(asked, job.numberIos ?? asked);
  return { ios: writes ? 2 * done : done, readBytes: 0, writtenBytes: writes ? done * trim : 0 };
}

/** One clone; a mix is drawn by chance, so its share is what it comes to in the mean. */
function readsAndWrites(job: JobPlan): Moved {
  const read = meanBytes(job, 'read');
  const write = meanBytes(job, 'write');
  const { access } = rwMeaning(job.rw);
  const reads = access === 'mixed' ? job.rwmixread / 100 : access === 'read' ? 1 : 0;
  const asked = Math.ceil(bytesToDo(job) / (reads * read + (1 - reads) * write));
  const ios = Math.min(asked, job.numberIos ?? asked);
  const readBytes = Math.round(ios * reads * read);
  const writtenBytes = Math.round(ios * (1 - reads) * write);
  if (job.verification?.only === true) return { ios, readBytes: writtenBytes, writtenBytes: 0 };
  if (job.verification?.phase !== true) return { ios, readBytes, writtenBytes };
  // At most: what is written twice is read back once.
  const readBack = Math.round(ios * (1 - reads));
  return { ios: ios + readBack, readBytes: readBytes + writtenBytes, writtenBytes };
}

/** One clone; the last copy of each pass over the region gathers what is left of it. */
function copies(job: JobPlan): Moved {
  const { numRange } = job;
  const block = meanBytes(job, 'copy');
  const blocks = Math.ceil(bytesToDo(job) / block);
  const passBlocks = Math.max(1, Math.floor(job.sizeBytes / block));
  const passIos = Math.ceil(passBlocks / numRange);
  const askedIos =
    Math.floor(blocks / passBlocks) * passIos + Math.ceil((blocks % passBlocks) / numRange);
  const ios = Math.min(askedIos, job.numberIos ?? askedIos);
  const passes = Math.floor(ios / passIos);
  const done = Math.min(blocks, passes * passBlocks + (ios % passIos) * numRange);
  const bytes = Math.round(done * block);
  return { ios, readBytes: bytes, writtenBytes: bytes };
}

/** One clone's, as the workload counts: whole blocks of the region, unless io_size is given. */
function bytesToDo(job: JobPlan): number {
  const { sizeBytes, ioSizeBytes, loops } = job;
  if (ioSizeBytes !== sizeBytes) return ioSizeBytes * loops;
  const { directions } = rwMeaning(job.rw);
  const block = Math.min(...directions.map((direction) => smallestBytes(job, direction)));
  const whole = (job.files?.each ?? [job]).map((file) => file.sizeBytes - (file.sizeBytes % block));
  return whole.reduce((total, bytes) => total + bytes, 0) * loops;
}

/** On simulated devices. Clones that are not moved apart share their sources. */
function layoutBytes(job: JobPlan, devices: readonly DevicePlan[]): number {
  const reads = rwMeaning(job.rw).access !== 'write';
  if (job.real !== null || !job.layout || !reads || !keepsData(job, devicesOf(job), devices))
    return 0;
  const apart = Math.min(job.offsetIncrementBytes, job.sizeBytes);
  return job.sizeBytes + (job.numjobs - 1) * apart;
}

/** What a real file must be laid out with. */
function missingBytes({ layout, readBytes }: TargetPlan, thereBytes: Bytes): Bytes {
  return layout ? Math.max(0, readBytes - thereBytes) : 0;
}

/** The file stays for the next run, unless it is unlinked at the end of this one. */
function laidOutBytes(target: TargetPlan, before: LaidOutBefore): Bytes {
  const { contentBytes, path, unlink } = target;
  const thereBytes = before.get(path) ?? contentBytes;
  const bytes = missingBytes(target, thereBytes);
  before.set(path, unlink ? 0 : thereBytes + bytes);
  return bytes;
}

/** Some of the devices that are named. */
function keepsData(
  job: JobPlan,
  names: readonly string[],
  devices: readonly DevicePlan[],
): boolean {
  if (job.real !== null) return job.real.engine !== 'null';
  if (job.ioengine === 'null') return false;
  return devices.some(({ name, facts }) => names.includes(name) && facts.data !== 'none');
}

function sum(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}
