/** What a process holds at one moment, as /proc/PID tells it, proc(5). */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { errorCode } from '../../src/units/error-code.ts';

export interface Sample {
  readonly atS: number;
  /** Resident, its threads and mapped files among it. */
  readonly memoryBytes: number;
  readonly descriptors: number;
  readonly mappings: number;
  /** Of the record so far: its rows stay in memory until the process ends. */
  readonly recordBytes: number;
}

/** null: the process is gone. */
export function sampleOf(pid: number, partial: string): Sample | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (resident === undefined) return null;
    return {
      atS: performance.now() / 1000,
      memoryBytes: Number(resident) * 1024,
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      mappings: readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').length - 1,
      recordBytes: statSync(partial, { throwIfNoEntry: false })?.size ?? 0,
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return null;
    throw error;
  }
}

/** The mean of each; there is at least one. */
export function meanOf(samples: readonly Sample[], atS: number): Sample {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  return {
    atS,
    memoryBytes: mean(({ memoryBytes }) => memoryBytes),
    descriptors: mean(({ descriptors }) => descriptors),
    mappings: mean(({ mappings }) => mappings),
    recordBytes: 0,
  };
}
