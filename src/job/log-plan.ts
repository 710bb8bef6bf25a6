/**
 * What a job logs, and which percentiles its rows tell: the part of a plan that no figure depends
 * on.
 */

import type { Nanoseconds } from '../units/quantity.ts';

/** As the names of fio's files have it. */
export type LogKind = 'bw' | 'iops' | 'slat' | 'clat' | 'lat' | 'clat_hist' | 'iolog';

export interface Log {
  readonly kind: LogKind;
  /** What its files' names begin with; with a folder, if the job file says one. */
  readonly name: string;
  /** What a line sums up; 0: each I/O is a line. */
  readonly windowNs: Nanoseconds;
}

export interface LogPlan {
  /** At least one. */
  readonly logs: readonly Log[];
  /** A log for each clone; false: one for all whose logs have the same name. */
  readonly perJob: boolean;
  /** Of a window; a line of an I/O has one value. */
  readonly value: 'avg' | 'max' | 'both';
  /** Bins of a histogram that are merged into one, as a power of two. */
  readonly coarseness: number;
  readonly offset: boolean;
  readonly prio: boolean;
  readonly issueTime: boolean;
  /** Where times count from; `start`: of measured time. */
  readonly epoch: 'start' | 'realtime' | 'monotonic';
}

export interface PercentilePlan {
  readonly slat: boolean;
  readonly clat: boolean;
  readonly lat: boolean;
  /** In percent, rising, each once. */
  readonly list: readonly number[];
}
