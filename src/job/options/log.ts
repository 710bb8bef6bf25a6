/** fio's logs of bandwidth, I/Os and latencies over time: no figure of a record depends on them. */

import type { JobOption } from './job-option.ts';

const category = 'logs';

const NAMED =
  'A bare NAME, or none (the name of the job), goes beside the record, NAME with a folder where it ' +
  'says; where there are several runs, the number of the run stands behind NAME.';

const logs: readonly JobOption[] = [
  {
    name: 'write_bw_log',
    type: 'string',
    valueOptional: true,
    default: null,
    category,
    help:
      `Log of bandwidth, KiB/s, in NAME_bw.N.log, N counting the clones of the file from 1. ${NAMED} ` +
      'Without log_avg_msec each I/O is a line, with its bytes by its completion latency (fio ' +
      'writes 1000 bytes/s there, and KiB/s in windows).',
  },
  {
    name: 'write_iops_log',
    type: 'string',
    valueOptional: true,
    default: null,
    category,
    help: 'Log of I/Os a second, in NAME_iops.N.log; without log_avg_msec a line and a 1 each.',
  },
  {
    name: 'write_lat_log',
    type: 'string',
    valueOptional: true,
    default: null,
    category,
    help:
      'Logs of latencies, ns, in NAME_slat.N.log, NAME_clat.N.log and NAME_lat.N.log; the first is ' +
      'empty where an I/O has ended when its submission is over.',
  },
  {
    name: 'write_hist_log',
    type: 'string',
    valueOptional: true,
    default: null,
    category,
    help: 'Log of histograms of completion latencies, in NAME_clat_hist.N.log; needs log_hist_msec.',
  },
  {
    name: 'write_iolog',
    type: 'string',
    default: null,
    category,
    help:
      'Log of all I/Os as they start, ramp included, in FILE, for read_iolog; without the syncs of ' +
      'fsync and its like. FILE.N where several clones write one. A bare FILE goes beside the ' +
      'record; the number of the run stands behind it where there are several.',
  },
  {
    name: 'per_job_logs',
    type: 'bool',
    default: '1',
    category,
    help: '0: clones whose logs have the same NAME share one, without N, in the order of time.',
  },
];

const windows: readonly JobOption[] = [
  {
    name: 'log_avg_msec',
    type: 'int',
    unit: 'ms',
    default: '0',
    min: 0,
    category,
    help:
      'A line sums up so long, by direction, and tells the end of it; a line less where there was ' +
      'no I/O. What remains at the end is a line of its own, or of the one before if it is shorter ' +
      'than half. 0: a line for each I/O.',
  },
  {
    name: 'bwavgtime',
    type: 'int',
    unit: 'ms',
    default: null,
    min: 0,
    category,
    help: 'The same of write_bw_log, where it is less than log_avg_msec.',
  },
  {
    name: 'iopsavgtime',
    type: 'int',
    unit: 'ms',
    default: null,
    min: 0,
    category,
    help: 'The same of write_iops_log, where it is less than log_avg_msec.',
  },
  {
    name: 'log_window_value',
    aliases: ['log_max_value'],
    type: 'choice',
    choices: ['avg', 'max', 'both', '0', '1'],
    choiceAliases: { '0': 'avg', '1': 'max' },
    default: 'avg',
    category,
    help:
      'Of the latencies of a window the mean, the largest, or both, the largest in a column behind ' +
      'the mean. A window has one bandwidth, which stands in both.',
  },
  {
    name: 'log_hist_msec',
    type: 'int',
    unit: 'ms',
    default: '0',
    min: 0,
    category,
    help: 'A line of write_hist_log holds the latencies of so long.',
  },
  {
    name: 'log_hist_coarseness',
    type: 'int',
    default: '0',
    min: 0,
    max: 6,
    category,
    help: 'Merges bins of the histograms: 1856 at 0, half of that at each further step.',
  },
];

const columns: readonly JobOption[] = [
  {
    name: 'log_offset',
    type: 'bool',
    default: '0',
    category,
    help: 'Lines tell the offset of the I/O, of a copy that of its first source; windows 0.',
  },
  {
    name: 'log_prio',
    type: 'bool',
    default: '0',
    category,
    help: 'The priority in hex, as fio writes it, and no 0 alone: no I/O here has one.',
  },
  {
    name: 'log_issue_time',
    type: 'bool',
    default: '0',
    category,
    help: 'A last column: when the I/O was issued, in ns of measured time; windows 0.',
  },
  {
    name: 'log_alternate_epoch',
    aliases: ['log_unix_epoch'],
    type: 'bool',
    default: '0',
    only: 'real',
    category,
    help: 'Times count from the epoch of a clock, not from the start of measured time.',
  },
  {
    name: 'log_alternate_epoch_clock_id',
    type: 'choice',
    choices: ['0', '1'],
    notDone: [{ like: /^(?:[2-9]|\d{2,})$/, why: 'is a clock that is not read here; give 0 or 1' }],
    default: '0',
    only: 'real',
    category,
    help: 'That clock: 0 is CLOCK_REALTIME, 1 is CLOCK_MONOTONIC.',
  },
];

const LEFT_OUT = 'leaves that log out; the record has the figures all the same';

const leftOut: readonly JobOption[] = [
  { name: 'disable_lat', type: 'bool', default: '0', category, help: `_lat: ${LEFT_OUT}.` },
  { name: 'disable_clat', type: 'bool', default: '0', category, help: `_clat: ${LEFT_OUT}.` },
  { name: 'disable_slat', type: 'bool', default: '0', category, help: `_slat: ${LEFT_OUT}.` },
  {
    name: 'disable_bw_measurement',
    aliases: ['disable_bw'],
    type: 'bool',
    default: '0',
    category,
    help: `_bw: ${LEFT_OUT}.`,
  },
];

export const logOptions: readonly JobOption[] = [...logs, ...windows, ...columns, ...leftOut];
