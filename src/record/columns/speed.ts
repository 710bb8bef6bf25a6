/** The columns that say how fast it went: throughput, and latency in fio's words. */

import type { Column } from '../column.ts';

const THROUGHPUT = {
  subject: 'throughput',
  kind: 'sampled',
  type: 'integer',
  unit: null,
  better: 'higher',
} as const;
const LATENCY = {
  subject: 'latency',
  kind: 'sampled',
  type: 'integer',
  unit: 'ns',
  better: 'lower',
} as const;
const PERCENTILES = { ...LATENCY, type: 'string', better: null } as const;

export const THROUGHPUTS = [
  {
    ...THROUGHPUT,
    name: 'ios',
    countsIos: true,
    label: 'I/Os',
    meaning: 'I/Os completed in measured time, those that ended in an error not counted.',
  },
  {
    ...THROUGHPUT,
    name: 'bytes',
    unit: 'bytes',
    label: 'bytes',
    meaning: 'Bytes of the I/Os completed in measured time; a byte copied counts once.',
  },
  {
    ...THROUGHPUT,
    name: 'runtime_ns',
    unit: 'ns',
    better: 'lower',
    growsWithWork: true,
    label: 'runtime',
    meaning:
      'Measured time: from the start of the job (the end of its ramp) to its last completion, or the ' +
      'end of the pause behind it.',
  },
  {
    ...THROUGHPUT,
    name: 'iops',
    unit: '1/s',
    countsIos: true,
    label: 'IOPS',
    meaning: '`ios` by `runtime_ns`, rounded to a whole number.',
  },
  {
    ...THROUGHPUT,
    name: 'bandwidth_bytes_per_s',
    unit: 'bytes/s',
    label: 'bandwidth',
    meaning: '`bytes` by `runtime_ns`, rounded to a whole number.',
  },
] as const satisfies readonly Column[];

export const LATENCIES = [
  {
    ...LATENCY,
    name: 'slat_mean_ns',
    type: 'decimal',
    label: 'slat mean',
    meaning: 'Mean submission latency: from the issue of an I/O until its submission returned.',
  },
  {
    ...LATENCY,
    name: 'clat_mean_ns',
    type: 'decimal',
    label: 'clat mean',
    meaning:
      'Mean completion latency: from the submission of an I/O until the job has its outcome.',
  },
  {
    ...LATENCY,
    name: 'lat_min_ns',
    label: 'lat min',
    meaning: 'Shortest latency, where lat = slat + clat, I/O by I/O.',
  },
  {
    ...LATENCY,
    name: 'lat_mean_ns',
    type: 'decimal',
    label: 'lat mean',
    meaning: 'Mean latency.',
  },
  {
    ...LATENCY,
    name: 'lat_stddev_ns',
    type: 'decimal',
    label: 'lat stddev',
    meaning: 'Standard deviation of the latency.',
  },
  { ...LATENCY, name: 'lat_p50_ns', label: 'lat p50', meaning: 'Median latency.' },
  { ...LATENCY, name: 'lat_p90_ns', label: 'lat p90', meaning: '90th percentile.' },
  { ...LATENCY, name: 'lat_p95_ns', label: 'lat p95', meaning: '95th percentile.' },
  { ...LATENCY, name: 'lat_p99_ns', label: 'lat p99', meaning: '99th percentile.' },
  { ...LATENCY, name: 'lat_p99_9_ns', label: 'lat p99.9', meaning: '99.9th percentile.' },
  { ...LATENCY, name: 'lat_p99_99_ns', label: 'lat p99.99', meaning: '99.99th percentile.' },
  { ...LATENCY, name: 'lat_p99_999_ns', label: 'lat p99.999', meaning: '99.999th percentile.' },
  {
    ...LATENCY,
    name: 'lat_max_ns',
    label: 'lat max',
    meaning: 'Longest latency; no percentile exceeds it.',
  },
  {
    ...LATENCY,
    name: 'intended_lat_mean_ns',
    type: 'decimal',
    label: 'intended lat mean',
    meaning:
      'Mean latency from the start that a rate meant for an I/O, late or not: what a user would ' +
      'have waited. Empty without rate and rate_iops.',
  },
  {
    ...LATENCY,
    name: 'intended_lat_p50_ns',
    label: 'intended lat p50',
    meaning: 'Its median.',
  },
  {
    ...LATENCY,
    name: 'intended_lat_p99_ns',
    label: 'intended lat p99',
    meaning: 'Its 99th percentile.',
  },
  {
    ...LATENCY,
    name: 'intended_lat_p99_9_ns',
    label: 'intended lat p99.9',
    meaning: 'Its 99.9th percentile.',
  },
  {
    ...LATENCY,
    name: 'intended_lat_max_ns',
    label: 'intended lat max',
    meaning: 'The longest of them.',
  },
  {
    ...PERCENTILES,
    name: 'slat_percentiles_ns',
    explains: 'slat_mean_ns',
    label: 'slat percentiles',
    meaning:
      'Percentiles of the submission latency that the job asks for (`percentile_list`, ' +
      '`slat_percentiles`), as `50=1200 99.9=4567`. Empty where it does not.',
  },
  {
    ...PERCENTILES,
    name: 'clat_percentiles_ns',
    explains: 'clat_mean_ns',
    label: 'clat percentiles',
    meaning: 'The same of the completion latency.',
  },
  {
    ...PERCENTILES,
    name: 'lat_percentiles_ns',
    explains: 'lat_mean_ns',
    label: 'lat percentiles',
    meaning: 'The same of the latency.',
  },
  {
    ...LATENCY,
    name: 'latency_depth',
    unit: null,
    better: 'higher',
    label: 'latency depth',
    meaning:
      'The deepest queue whose I/Os kept `latency_target`, as the search found it; the row shows ' +
      'what was measured there. Empty where nothing was searched or found, or clones of the row ' +
      'found different ones.',
  },
] as const satisfies readonly Column[];
