/** fio's options of when I/O is issued and when jobs start and end, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'pace of fio';

const pauses = refusedOptions(
  category,
  'would slow the job down by cycles of a CPU; write thinktime',
  [
    {
      name: 'thinkcycles',
      type: 'int',
      min: 0,
      harmless: ['0'],
      help: 'CPU cycles spun between I/Os.',
    },
  ],
);

const givenUp = ignoredOptions(category, 'fio has given it up and ignores it too', [
  { name: 'flow_watermark', type: 'string', help: 'Given up in fio.' },
]);

const depth = refusedOptions(category, 'would submit otherwise than coffer does; remove it', [
  {
    name: 'io_submit_mode',
    type: 'choice',
    choices: ['inline', 'offload'],
    harmless: ['inline'],
    why: 'would submit from threads of its own; write numjobs',
    help: 'Who submits: the job, or threads beside it.',
  },
]);

export const fioPaceOptions: readonly JobOption[] = [...pauses, ...givenUp, ...depth];
