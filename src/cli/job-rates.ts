/**
 * I/Os and bytes per second of the jobs under way, over the last second of watching. A second of a
 * run's own clock: of a virtual run it is what the model reaches, however long the machine takes.
 */

import type { JobLive } from '../runner/live.ts';
import { SECOND_NS } from '../units/quantity.ts';

export interface JobRate {
  readonly iops: number;
  readonly bytesPerS: number;
}

const WINDOW_MS = 1000;

interface Look {
  readonly live: JobLive;
  readonly seenMs: number;
}

export class JobRates {
  /** By run and job: the looks of the last second, and one before. */
  private readonly looks = new Map<string, Look[]>();

  /** null: it has not told twice. */
  rate(key: string, live: JobLive, nowMs: number): JobRate | null {
    const looks = this.looks.get(key) ?? [];
    this.looks.set(key, looks);
    const last = looks.at(-1)?.live;
    // After its ramp a job counts from 0 again.
    if (last !== undefined && (live.ios < last.ios || live.bytes < last.bytes)) looks.length = 0;
    if (last === undefined || live.atNs > last.atNs) looks.push({ live, seenMs: nowMs });
    while (looks.length > 2 && (looks[1]?.seenMs ?? 0) <= nowMs - WINDOW_MS) looks.shift();
    const [from, to] = [looks[0]?.live, looks.at(-1)?.live];
    if (from === undefined || to === undefined || to.atNs <= from.atNs) return null;
    const perSecond = SECOND_NS / (to.atNs - from.atNs);
    return {
      iops: (to.ios - from.ios) * perSecond,
      bytesPerS: (to.bytes - from.bytes) * perSecond,
    };
  }

  /** Forgets all but these. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.looks.keys()) if (!keys.has(key)) this.looks.delete(key);
  }
}
