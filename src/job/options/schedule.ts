/** How many, how deep, when and how long. */

import type { JobOption } from './job-option.ts';

const category = 'schedule';

export const scheduleOptions: readonly JobOption[] = [
  {
    name: 'description',
    type: 'string',
    default: null,
    category,
    help: "A note for the reader; kept with the job file's text beside the results.",
  },
  {
    name: 'iodepth',
    type: 'int',
    unit: 'I/Os',
    default: '1',
    min: 1,
    max: 65536,
    category,
    help: 'I/Os each clone keeps in flight; a copy counts as one. Synchronous engines keep one.',
  },
  {
    name: 'numjobs',
    type: 'int',
    unit: 'clones',
    default: '1',
    min: 1,
    max: 4096,
    category,
    help: 'Clones of the job that run side by side.',
  },
  {
    name: 'thread',
    type: 'flag',
    default: '0',
    category,
    help:
      'Clones as threads, as those of real targets always are. Simulated clones are neither ' +
      'threads nor processes: accepted with a warning.',
  },
  {
    name: 'stonewall',
    aliases: ['wait_for_previous'],
    type: 'flag',
    default: '0',
    category,
    help: 'Start when every job before has ended; begins a reporting group.',
  },
  {
    name: 'wait_for',
    type: 'string',
    default: null,
    category,
    help: 'Start when all clones of this job, which stands further up, have ended.',
  },
  {
    name: 'group_reporting',
    type: 'flag',
    default: '0',
    category,
    help: 'One row for the reporting group instead of one per clone.',
  },
  {
    name: 'loops',
    type: 'int',
    unit: 'times',
    default: '1',
    min: 1,
    category,
    help: 'How often the job goes over its region.',
  },
  {
    name: 'runtime',
    aliases: ['timeout'],
    type: 'time',
    unit: 's',
    default: null,
    min: 1,
    category,
    help: 'Ends the job after this time, done or not.',
  },
  {
    name: 'time_based',
    type: 'flag',
    default: '0',
    category,
    help: 'Start over when the bytes are done, until runtime is over.',
  },
  {
    name: 'ramp_time',
    type: 'time',
    unit: 's',
    default: '0',
    min: 0,
    category,
    help: 'Runs before anything is measured, in addition to runtime.',
  },
  {
    name: 'randseed',
    type: 'int',
    default: '137',
    min: 0,
    category,
    help: 'Seed of the random offsets; job, clone and repetition are mixed in.',
  },
  {
    name: 'norandommap',
    type: 'flag',
    default: '0',
    category,
    help: 'Random offsets may come twice before every block was touched once.',
  },
  {
    name: 'cpus_allowed',
    type: 'string',
    default: null,
    category,
    help:
      'CPUs the job may run on, as 0-3,5. Each clone of a real job may use all of them; in a ' +
      'virtual world clone n runs on the nth, over and over. Default: any.',
  },
  {
    name: 'continue_on_error',
    type: 'choice',
    choices: ['none', 'read', 'write', 'copy', 'io', 'all', '0', '1'],
    choiceAliases: { '0': 'none', '1': 'all', io: 'all' },
    notDone: [
      { like: /^verify$/, why: 'is for verification of writes, which is not done; give another' },
    ],
    default: null,
    category,
    help:
      'I/Os that do not end the job when they fail; they are counted, and the job has failed all ' +
      'the same. io is all. Default: none.',
  },
];
