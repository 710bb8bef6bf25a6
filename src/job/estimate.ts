/** What a run will move, from its plan alone: for `coffer check --plan`. */

import type { JobPlan, RunPlan } from './plan.ts';

export interface Estimate {
  /** I/Os that jobs do; null: some job runs for a time, and only the run can tell. */
  readonly ios: number | null;
  readonly readBytes: number | null;
  /** Written by jobs, copies included. */
  readonly writtenBytes: number | null;
  /** Written before measured time, if no job before has written the sources. */
  readonly layoutBytes: number;
  /** Of the jobs that run for a time, the longest such time with its ramp. */
  readonly longestRuntimeNs: number | null;
}

export function estimate(run: RunPlan): Estimate {
  const jobs = run.jobs.map(estimateJob);
  const timed = run.jobs.filter((job) => job.timeBased && job.runtimeNs !== null);
  const longest = timed.map((job) => (job.runtimeNs ?? 0) + job.rampNs);
  return {
    ios: sum(jobs.map((job) => job.ios)),
    readBytes: sum(jobs.map((job) => job.readBytes)),
    writtenBytes: sum(jobs.map((job) => job.writtenBytes)),
    layoutBytes: run.jobs.map(layoutBytes).reduce((total, bytes) => total + bytes, 0),
    longestRuntimeNs: longest.length === 0 ? null : Math.max(...longest),
  };
}

type JobEstimate = Pick<Estimate, 'ios' | 'readBytes' | 'writtenBytes'>;

function estimateJob(job: JobPlan): JobEstimate {
  if (job.timeBased) return { ios: null, readBytes: null, writtenBytes: null };
  const share = shares(job);
  const meanBytes =
    share.read * job.bsBytes.read +
    share.write * job.bsBytes.write +
    share.copy * job.bsBytes.copy * job.numRange;
  const asked = Math.ceil(job.ioSizeBytes / meanBytes) * job.loops;
  const ios = Math.min(asked, job.numberIos ?? asked) * job.numjobs;
  if (job.ioengine === 'null') return { ios, readBytes: 0, writtenBytes: 0 };
  const copied = ios * share.copy * job.bsBytes.copy * job.numRange;
  return {
    ios,
    readBytes: Math.round(ios * share.read * job.bsBytes.read + copied),
    writtenBytes: Math.round(ios * share.write * job.bsBytes.write + copied),
  };
}

function shares(job: JobPlan): { read: number; write: number; copy: number } {
  switch (job.rw) {
    case 'read':
    case 'randread':
      return { read: 1, write: 0, copy: 0 };
    case 'write':
    case 'randwrite':
      return { read: 0, write: 1, copy: 0 };
    case 'rw':
    case 'randrw':
      return { read: job.rwmixread / 100, write: 1 - job.rwmixread / 100, copy: 0 };
    case 'copy':
    case 'randcopy':
      return { read: 0, write: 0, copy: 1 };
  }
}

/** Clones that are not moved apart share their sources. */
function layoutBytes(job: JobPlan): number {
  if (!job.layout || job.ioengine === 'null' || shares(job).write === 1) return 0;
  const apart = Math.min(job.offsetIncrementBytes, job.sizeBytes);
  return job.sizeBytes + (job.numjobs - 1) * apart;
}

function sum(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}
