/** How many files a job works on, how long each is, and which of them the next I/O goes to. */

import type { JobOption } from './job-option.ts';

const category = 'files';

export const fileOptions: readonly JobOption[] = [
  {
    name: 'nrfiles',
    aliases: ['nr_files'],
    type: 'int',
    unit: 'files',
    default: '1',
    harmless: ['1'],
    min: 1,
    max: 65_535,
    category,
    help:
      'Files of each clone, where filename does not name them or has $filenum in it; size is ' +
      'divided among them.',
  },
  {
    name: 'filesize',
    type: 'bytes-range',
    unit: 'bytes',
    default: null,
    min: 1,
    category,
    help:
      'Length of each file, or a range as 4k-64k that lengths of whole blocks are drawn from, for ' +
      'each clone the same; size is then how much of all of them is done.',
  },
  {
    name: 'file_service_type',
    type: 'file-service',
    default: 'roundrobin',
    harmless: ['roundrobin'],
    category,
    help:
      'Which of several files the next I/O goes to: roundrobin, random, sequential (one whole, ' +
      'then the next), the first two with :N for N I/Os before another is chosen; zipf:THETA, ' +
      'pareto:H and normal:PERCENT (gauss) prefer some. A file whose blocks are done is left out; ' +
      'when all are, all begin anew.',
  },
  {
    name: 'openfiles',
    type: 'int',
    unit: 'files',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help:
      'At most so many files have I/Os by turns; the next joins when one is done. 0: all. (Files ' +
      'are opened before measured time, all of them; fio opens each when it joins.)',
  },
];
