/** What ends a job by what it measures. */

import type { JobOption } from './job-option.ts';

const category = 'ends by what is measured';

const errors: readonly JobOption[] = [
  {
    name: 'continue_on_error',
    type: 'choice',
    choices: ['none', 'read', 'write', 'trim', 'copy', 'io', 'verify', 'all', '0', '1'],
    choiceAliases: { '0': 'none', '1': 'all' },
    default: null,
    category,
    help:
      'I/Os that do not end the job when they fail; they are counted, and the job has failed all ' +
      'the same. io is all but verify. Any error is gone on from, where fio does so from EIO and ' +
      'EILSEQ alone. Default: none.',
  },
  {
    name: 'max_latency',
    type: 'time',
    list: 'directions',
    unit: 'us',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help:
      'The first I/O of measured time that takes longer fails the job, whatever ' +
      'continue_on_error says; as read,write,trim,copy. 0: none.',
  },
];

const latencyTarget: readonly JobOption[] = [
  {
    name: 'latency_target',
    type: 'time',
    unit: 'us',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help:
      'Searches the deepest queue, at most iodepth, whose I/Os keep this latency: doubled until ' +
      'it is too deep, then between. The search is a ramp (as much as it takes, runtime alone ends ' +
      'it); the record shows the last window, at the depth found, which is in latency_depth. Each ' +
      'clone searches for itself. A search without result fails the job. 0: no search.',
  },
  {
    name: 'latency_window',
    type: 'time',
    unit: 'us',
    default: null,
    min: 1,
    category,
    help: 'How long latency_target tries each depth.',
  },
  {
    name: 'latency_percentile',
    type: 'float',
    unit: 'percent',
    default: '100',
    harmless: ['100'],
    min: 0,
    max: 100,
    category,
    help: 'Share of I/Os that have to keep latency_target; of 100 the first that does not is enough.',
  },
  {
    name: 'latency_run',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help:
      'latency_target goes on, up and down, until the job ends; the record shows all of it, and ' +
      'latency_depth the depth that was good last.',
  },
];

const steadyState: readonly JobOption[] = [
  {
    name: 'steadystate',
    aliases: ['ss'],
    type: 'steady-criterion',
    default: 'iops_slope:0.01%',
    harmless: ['iops_slope:0.01%'],
    category,
    help:
      'Ends the job when a figure is steady: iops, bw or lat (mean latency) with a limit that no ' +
      'interval of the window is further from their mean, as iops:5% or bw:1m; iops_slope, ' +
      'bw_slope or lat_slope with one that the line through them rises or falls by less, per ' +
      'interval. Each clone is judged by itself; with group_reporting the clones of the job are ' +
      'judged as one (fio: all jobs of the group). steadystate_attained of the record says whether ' +
      'it came to that. It needs steadystate_duration.',
  },
  {
    name: 'steadystate_duration',
    aliases: ['ss_dur'],
    type: 'time',
    unit: 's',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help: 'Window of steadystate, a whole number of intervals, at least two; 0: it does not look.',
  },
  {
    name: 'steadystate_ramp_time',
    aliases: ['ss_ramp'],
    type: 'time',
    unit: 's',
    default: '0',
    harmless: ['0ns'],
    min: 0,
    category,
    help: 'Measured time before the first interval of steadystate.',
  },
  {
    name: 'steadystate_check_interval',
    aliases: ['ss_interval'],
    type: 'time',
    unit: 's',
    default: '1s',
    harmless: ['1s'],
    min: 1,
    category,
    help: 'Interval of steadystate; it judges at the end of each, once the window is full.',
  },
];

export const endOptions: readonly JobOption[] = [...errors, ...latencyTarget, ...steadyState];
