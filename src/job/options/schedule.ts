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
    help:
      'Start when every job before has ended, delayed ones too; begins a reporting group. fio 3.33 ' +
      'does not wait for a job that startdelay still holds back.',
  },
  {
    name: 'new_group',
    type: 'flag',
    default: '0',
    harmless: ['0'],
    category,
    help: 'Begins a reporting group without waiting for anybody.',
  },
  {
    name: 'wait_for',
    type: 'string',
    default: null,
    category,
    help: 'Start when all clones of this job, which stands further up, have ended.',
  },
  {
    name: 'startdelay',
    type: 'time-range',
    unit: 's',
    default: '0',
    harmless: ['0ns'],
    category,
    help:
      'Start no sooner than this after the run began, as fio counts, even behind a stonewall; ' +
      'runtime counts from the start of the job. Of a range each clone draws its own, by randseed.',
  },
  {
    name: 'exitall',
    type: 'flag',
    default: '0',
    harmless: ['0'],
    category,
    help:
      'When the first clone of any job ends, end those that exit_what names. As in fio, one job ' +
      'that says so says it for all of the file. Who had not begun is not_run in the record.',
  },
  {
    name: 'exitall_on_error',
    type: 'flag',
    default: '0',
    harmless: ['0'],
    category,
    help: 'When a clone of this job fails, end those that exit_what names.',
  },
  {
    name: 'exit_what',
    type: 'choice',
    choices: ['group', 'stonewall', 'all'],
    default: 'group',
    harmless: ['group'],
    category,
    help:
      'Whom the end of this job ends, by exitall or exitall_on_error: its reporting group, all ' +
      'jobs up to the next stonewall, or all.',
  },
  {
    name: 'group_reporting',
    type: 'flag',
    default: '0',
    category,
    help: 'One row for the reporting group instead of one per clone.',
  },
  {
    name: 'flow',
    type: 'int',
    default: '0',
    harmless: ['0'],
    min: 0,
    max: 1000,
    category,
    help:
      'Weight of each clone among those of its flow_id that run: an I/O of one that is ahead of ' +
      'its share waits for the others. 0: it goes its own way.',
  },
  {
    name: 'flow_id',
    type: 'int',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help: 'Which jobs are weighed against each other by flow.',
  },
  {
    name: 'flow_sleep',
    type: 'time',
    unit: 'us',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help:
      'How long one that is ahead of its share sleeps before it looks again. 0: until it may go ' +
      'on; a real clone spins for 200 us, as fio always does, and sleeps in between after that.',
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
];
