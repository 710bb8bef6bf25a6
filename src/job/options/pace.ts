/** How fast a job goes: rates, pauses, and the rate that it must not fall below. */

import type { JobOption } from './job-option.ts';

const category = 'pace';

const rates: readonly JobOption[] = [
  {
    name: 'rate',
    type: 'bytes',
    list: 'directions',
    unit: 'bytes/s',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help:
      'Bytes a second that each clone is held to, as read,write,trim,copy; `rate=1m,` is of reads ' +
      'alone. An I/O is meant to start when those before it would have taken their time at this ' +
      'rate, the first at once; what could not is caught up as fast as iodepth lets it. A mix takes ' +
      'the other direction while one is not due. The columns intended_lat_* tell the latency from ' +
      'the start that was meant: without them a device that stalls is asked less often while it ' +
      'does, and its worst moments count least (coordinated omission). 0: no rate.',
  },
  {
    name: 'rate_iops',
    type: 'int',
    list: 'directions',
    unit: 'I/Os/s',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help:
      'The same in I/Os a second, whatever their sizes; fio holds them to so many bs a second. ' +
      '0: no rate.',
  },
  {
    name: 'rate_process',
    type: 'choice',
    choices: ['linear', 'poisson'],
    default: 'linear',
    harmless: ['linear'],
    category,
    help:
      'How the I/Os of a rate are meant to start: linear, evenly; poisson, at random with that ' +
      'mean, as the requests of many users do. Either way starts that are missed are caught up.',
  },
  {
    name: 'rate_ignore_thinktime',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help: 'Pauses of thinktime move the I/Os of a rate, instead of being caught up behind them.',
  },
];

const minimumRates: readonly JobOption[] = [
  {
    name: 'rate_min',
    aliases: ['ratemin'],
    type: 'bytes',
    list: 'directions',
    unit: 'bytes/s',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help:
      'A clone that moves fewer bytes a second over a rate_cycle fails; as read,write,trim,copy. ' +
      'Looked at when an I/O ends, and not in the first two seconds of measured time. 0: none.',
  },
  {
    name: 'rate_iops_min',
    type: 'int',
    list: 'directions',
    unit: 'I/Os/s',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help: 'The same in I/Os a second.',
  },
  {
    name: 'rate_cycle',
    aliases: ['ratecycle'],
    type: 'int',
    unit: 'ms',
    default: '1000',
    harmless: ['1000'],
    min: 1,
    category,
    help: 'Over how long rate_min and rate_iops_min are looked at.',
  },
];

const pauses: readonly JobOption[] = [
  {
    name: 'thinktime',
    type: 'time',
    unit: 'us',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help:
      'A pause after thinktime_blocks I/Os, the last of the job too; it begins when nothing is in ' +
      'flight. 0: none.',
  },
  {
    name: 'thinktime_spin',
    type: 'time',
    unit: 'us',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help: 'So much of each pause, at its beginning, is spent on the CPU.',
  },
  {
    name: 'thinktime_blocks',
    type: 'int',
    unit: 'I/Os',
    default: null,
    min: 1,
    category,
    help: 'I/Os between two pauses. Default: 1, or no matter how many with thinktime_iotime.',
  },
  {
    name: 'thinktime_blocks_type',
    type: 'choice',
    choices: ['complete', 'issue'],
    default: 'complete',
    harmless: ['complete'],
    category,
    help: 'Which I/Os count for a pause: those that have ended, or those issued.',
  },
  {
    name: 'thinktime_iotime',
    type: 'time',
    unit: 's',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help: 'A pause also after so much time without one. 0: not by time.',
  },
];

const ramp: JobOption = {
  name: 'ramp_size',
  type: 'bytes',
  unit: 'bytes',
  default: null,
  min: 1,
  category,
  help: 'Runs until so many bytes have been moved before anything is measured; or ramp_time.',
};

export const paceOptions: readonly JobOption[] = [...rates, ...minimumRates, ...pauses, ramp];
