/**
 * How far a simulated world is, for who shows it. Reads what its jobs count anyway; p99 adds the
 * histograms of their clones up, some ten microseconds of a thread for each.
 */

import { Histogram } from '../measure/histogram.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import type { JobLive } from './live.ts';
import type { LiveMemory } from './live-memory.ts';
import type { JobState } from './start-order.ts';
import type { World } from './world.ts';
import type { WorldJob } from './world-job.ts';

export function tellLive(world: World, live: LiveMemory): void {
  const { nowNs } = world.simulation;
  const { states } = world.order;
  live.answer(
    world.jobs.map((job, index) =>
      jobLive(job, states[index] ?? 'waiting', nowNs, live.latenciesAsked),
    ),
  );
}

function jobLive(
  { clones }: WorldJob,
  state: JobState,
  nowNs: Nanoseconds,
  latencies: boolean,
): JobLive {
  const workloads = clones.map(({ process }) => process.workload);
  const measured = workloads.flatMap(({ recorder }) =>
    recorder.measurements.filter((measurement) => measurement !== null),
  );
  const sum = (values: readonly number[]): number =>
    values.reduce((total, each) => total + each, 0);
  const begun = clones.filter(({ start }) => start.begun);
  const share = sum(begun.map(({ process }) => process.workload.share(nowNs))) / clones.length;
  const lat = new Histogram();
  if (latencies) for (const measurement of measured) lat.merge(measurement.lat);
  return {
    // Those that startdelay holds back wait too.
    state: state === 'running' && begun.length === 0 ? 'waiting' : state,
    share: state === 'ended' ? 1 : share,
    ios: sum(workloads.map(({ ended }) => ended)),
    bytes: sum(measured.map(({ bytes }) => bytes)),
    atNs: nowNs,
    p99Ns: lat.count === 0 ? null : lat.percentileNs(99),
  };
}
