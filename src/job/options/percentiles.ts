/** Which percentiles of the latencies a row tells, beside those that have columns. */

import type { JobOption } from './job-option.ts';

const category = 'percentiles';

export const percentileOptions: readonly JobOption[] = [
  {
    name: 'percentile_list',
    type: 'float-list',
    default: null,
    category,
    help:
      'Percentiles that the columns slat_, clat_ and lat_percentiles_ns tell, 20 at most, from ' +
      'above 0 to 100, as 50:99:99.99. Default, where a switch below asks for any: those of fio.',
  },
  {
    name: 'clat_percentiles',
    type: 'bool',
    default: null,
    category,
    help: 'Those of completion latencies. Default: as in fio 1, if any of these four is given.',
  },
  {
    name: 'lat_percentiles',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help: 'Those of latencies from issue to end.',
  },
  {
    name: 'slat_percentiles',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help: 'Those of submission latencies.',
  },
];
