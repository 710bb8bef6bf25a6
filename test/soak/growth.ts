/**
 * Whether what a process holds grows: a straight line fitted to the second half of its samples, and
 * how far that rises from the first of them to the last. The first half is start-up: code is
 * compiled, pools fill. Memory has a saw's teeth, as V8 collects histograms of past runs late.
 */

import { MIB } from '../../src/units/quantity.ts';
import type { Sample } from './sample.ts';

export interface Growth {
  readonly what: 'memory' | 'descriptors' | 'mappings';
  readonly by: number;
  readonly most: number;
}

/** Half a run's buffers: a soak of some seconds sees those that are not given back. */
const MEMORY_MOST_BYTES = 64 * MIB;
/** A row is a kilobyte in memory, and half of that in the file. */
const BYTES_PER_RECORD_BYTE = 4;
/** Open and closed in each run are some eight, which no sample meets at the same moment. */
const DESCRIPTORS_MOST = 8;
/** V8 maps its heap in pieces. */
const MAPPINGS_MOST = 128;

export function growths(samples: readonly Sample[]): readonly Growth[] {
  const half = samples.slice(Math.floor(samples.length / 2));
  const recordBytes = (half.at(-1)?.recordBytes ?? 0) - (half[0]?.recordBytes ?? 0);
  const memoryMost = MEMORY_MOST_BYTES + BYTES_PER_RECORD_BYTE * recordBytes;
  return [
    { what: 'memory', by: rise(half, ({ memoryBytes }) => memoryBytes), most: memoryMost },
    {
      what: 'descriptors',
      by: rise(half, ({ descriptors }) => descriptors),
      most: DESCRIPTORS_MOST,
    },
    { what: 'mappings', by: rise(half, ({ mappings }) => mappings), most: MAPPINGS_MOST },
  ];
}

/** Least squares: how far the line rises over all the samples. */
export function rise(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < 2) return 0;
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanS = mean(samples.map(({ atS }) => atS));
  const meanOf = mean(samples.map(of));
  let above = 0;
  let below = 0;
  for (const sample of samples) {
    above += (sample.atS - meanS) * (of(sample) - meanOf);
    below += (sample.atS - meanS) * (sample.atS - meanS);
  }
  return (above / below) * (last.atS - first.atS);
}

export function problems(all: readonly Growth[]): readonly string[] {
  const grown = all.filter(({ by, most }) => by > most);
  return grown.map((growth) => `${describe(growth)}: it grows`);
}

export function describe({ what, by, most }: Growth): string {
  const text = (value: number): string =>
    what === 'memory' ? `${(value / MIB).toFixed(1)} MiB` : value.toFixed(1);
  return `${what} ${by < 0 ? '' : '+'}${text(by)} (at most ${text(most)})`;
}
