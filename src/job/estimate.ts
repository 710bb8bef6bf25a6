/** What a run will move, and which real files it writes, from its plan alone. */

import { present } from '../units/assert.ts';
import type { Bytes, BytesPerNanosecond, Nanoseconds } from '../units/quantity.ts';
import type { DevicePlan, JobPlan, Plan, RunPlan, TargetPlan } from './plan.ts';
import { rwMeaning } from './rw.ts';

export interface Estimate {
  /** I/Os that jobs do; null: some job runs for a time, and only the run can tell. */
  readonly ios: number | null;
  /** null as above. Of targets that keep data, as are all bytes here: the others move none. */
  readonly readBytes: number | null;
  /** Written by jobs, copies included; null as above. */
  readonly writtenBytes: number | null;
  /** Written before measured time, if no job before has written the sources. */
  readonly layoutBytes: number;
  /** Of the jobs that run for a time, the longest such time with its ramp. */
  readonly longestRuntimeNs: number | null;
}

/** By path, how far real files have content when a run begins: the runs before laid them out. */
export type LaidOutBefore = Map<string, Bytes>;

/** `before` takes what this run lays out. */
export function estimate(run: RunPlan, before: LaidOutBefore = new Map()): Estimate {
  const jobs = run.jobs.map((job) => estimateJob(job, run.devices));
  const timed = run.jobs.filter((job) => job.timeBased && job.runtimeNs !== null);
  const longest = timed.map((job) => (job.runtimeNs ?? 0) + job.rampNs);
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
  return Math.round(moved.ios * GUESSED_IO_NS + (moves ? bytes / GUESSED_BYTES_PER_NS : 0));
}

type JobEstimate = Pick<Estimate, 'ios' | 'readBytes' | 'writtenBytes'>;

function estimateJob(job: JobPlan, devices: readonly DevicePlan[]): JobEstimate {
  const { access } = rwMeaning(job.rw);
  const reads = access !== 'write' && keepsData(job, job.device, devices);
  const writes = access !== 'read' && keepsData(job, job.destDevice, devices);
  if (job.timeBased) {
    return { ios: null, readBytes: reads ? null : 0, writtenBytes: writes ? null : 0 };
  }
  const { ios, readBytes, writtenBytes } = access === 'copy' ? copies(job) : readsAndWrites(job);
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

/** One clone; a mix is drawn by chance, so its share is what it comes to in the mean. */
function readsAndWrites(job: JobPlan): Moved {
  const { read, write } = job.bsBytes;
  const readShare = { read: 1, write: 0, mixed: job.rwmixread / 100, copy: 0 };
  const reads = readShare[rwMeaning(job.rw).access];
  const asked = Math.ceil(bytesToDo(job) / (reads * read + (1 - reads) * write));
  const ios = Math.min(asked, job.numberIos ?? asked);
  return {
    ios,
    readBytes: Math.round(ios * reads * read),
    writtenBytes: Math.round(ios * (1 - reads) * write),
  };
}

/** One clone; the last copy of each pass over the region gathers what is left of it. */
function copies(job: JobPlan): Moved {
  const { bsBytes, numRange } = job;
  const blocks = Math.ceil(bytesToDo(job) / bsBytes.copy);
  const passBlocks = Math.floor(job.sizeBytes / bsBytes.copy);
  const passIos = Math.ceil(passBlocks / numRange);
  const askedIos =
    Math.floor(blocks / passBlocks) * passIos + Math.ceil((blocks % passBlocks) / numRange);
  const ios = Math.min(askedIos, job.numberIos ?? askedIos);
  const passes = Math.floor(ios / passIos);
  const done = Math.min(blocks, passes * passBlocks + (ios % passIos) * numRange);
  return { ios, readBytes: done * bsBytes.copy, writtenBytes: done * bsBytes.copy };
}

/** One clone's, as the workload counts: whole blocks of the region, unless io_size is given. */
function bytesToDo(job: JobPlan): number {
  const { sizeBytes, ioSizeBytes, loops } = job;
  if (ioSizeBytes !== sizeBytes) return ioSizeBytes * loops;
  const { directions } = rwMeaning(job.rw);
  const block = Math.min(...directions.map((direction) => job.bsBytes[direction]));
  return (sizeBytes - (sizeBytes % block)) * loops;
}

/** On simulated devices. Clones that are not moved apart share their sources. */
function layoutBytes(job: JobPlan, devices: readonly DevicePlan[]): number {
  const reads = rwMeaning(job.rw).access !== 'write';
  if (job.real !== null || !job.layout || !reads || !keepsData(job, job.device, devices)) return 0;
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

function keepsData(job: JobPlan, device: string, devices: readonly DevicePlan[]): boolean {
  if (job.real !== null) return job.real.engine !== 'null';
  const { facts } = present(
    devices.find(({ name }) => name === device),
    `device ${device} of job ${job.name}`,
  );
  return job.ioengine !== 'null' && facts.data !== 'none';
}

function sum(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}
