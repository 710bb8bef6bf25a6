/**
 * How far a run on real targets is: what its clones leave in the control block once in a
 * millisecond, and their histograms. They are only read, by the thread that shows them, while the
 * clones write: a figure may be one I/O older than the one beside it.
 */

import type { RunPlan } from '../job/plan.ts';
import { Clock, type Moment } from '../linux/clock.ts';
import { type Control, PROGRESS } from '../linux/control.ts';
import { Histogram } from '../measure/histogram.ts';
import { latencyIn } from '../measure/measurement.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import type { JobLive } from './live.ts';
import type { JobState } from './start-order.ts';

/** Where the clones of a job stand in a control block. */
interface Places {
  readonly control: Control;
  readonly first: number;
}

export class RealLive {
  private readonly plan: RunPlan;
  private readonly clock: Clock;
  private readonly begun = new Map<number, Places>();

  constructor(plan: RunPlan, origin: Moment) {
    this.plan = plan;
    this.clock = new Clock(origin);
  }

  /** `first`: the place of its first clone; the others follow. */
  began(job: number, control: Control, first: number): void {
    this.begun.set(job, { control, first });
  }

  /** Nothing as long as files are made ready. */
  look(states: readonly JobState[], latencies: boolean): readonly JobLive[] {
    if (this.begun.size === 0) return [];
    const atNs = this.clock.nowNs();
    return this.plan.jobs.map(({ numjobs }, job) => {
      const state = states[job] ?? 'waiting';
      const { begun, ...figures } = this.figures(job, numjobs, latencies);
      if (state === 'ended') return { ...figures, share: 1, state, atNs };
      // Those that startdelay holds back wait too.
      return { ...figures, state: begun ? state : 'waiting', atNs };
    });
  }

  private figures(
    job: number,
    clones: number,
    latencies: boolean,
  ): Omit<JobLive, 'state' | 'atNs'> & { readonly begun: boolean } {
    const places = this.begun.get(job);
    if (places === undefined) return { begun: false, share: 0, ios: 0, bytes: 0, p99Ns: null };
    const { control, first } = places;
    let [ios, bytes, share] = [0, 0, 0];
    let begun = false;
    const lat = new Histogram();
    for (let clone = first; clone < first + clones; clone += 1) {
      const progress = control.progress(clone);
      ios += progress[PROGRESS.IOS] ?? 0;
      bytes += progress[PROGRESS.BYTES] ?? 0;
      share += (progress[PROGRESS.SHARE] ?? 0) / clones;
      begun ||= progress[PROGRESS.BEGUN] === 1;
      if (!latencies) continue;
      for (const direction of SLOT_DIRECTIONS.keys()) {
        lat.merge(latencyIn(control.latencies(clone, direction)));
      }
    }
    return { begun, ios, bytes, share, p99Ns: lat.count === 0 ? null : lat.percentileNs(99) };
  }
}
