/** fio's options of when I/O is issued and when jobs start and end, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'pace of fio';
const FULL_SPEED = 'would slow the job down, and jobs go as fast as iodepth lets them; remove it';

const rates = refusedOptions(category, FULL_SPEED, [
  {
    name: 'rate',
    type: 'bytes',
    list: 'directions',
    min: 0,
    harmless: ['0'],
    help: 'Bytes a second that the job is held to.',
  },
  {
    name: 'rate_min',
    aliases: ['ratemin'],
    type: 'bytes',
    list: 'directions',
    min: 0,
    harmless: ['0'],
    why: 'would end the job below this rate; hold the rate in the record against it',
    help: 'Bytes a second below which the job ends.',
  },
  {
    name: 'rate_iops',
    type: 'int',
    list: 'directions',
    min: 0,
    harmless: ['0'],
    help: 'I/Os a second that the job is held to.',
  },
  {
    name: 'rate_iops_min',
    type: 'int',
    list: 'directions',
    min: 0,
    harmless: ['0'],
    why: 'would end the job below this rate; hold the rate in the record against it',
    help: 'I/Os a second below which the job ends.',
  },
  {
    name: 'rate_process',
    type: 'choice',
    choices: ['linear', 'poisson'],
    harmless: ['linear'],
    why: 'would space the I/Os of a rate, and rates are not done; remove it',
    help: 'Even or Poisson distances between the I/Os of a rate.',
  },
  {
    name: 'thinktime',
    type: 'time',
    unit: 'us',
    min: 0,
    harmless: ['0ns'],
    help: 'Pause after I/Os.',
  },
  {
    name: 'thinkcycles',
    type: 'int',
    min: 0,
    harmless: ['0'],
    help: 'CPU cycles spun between I/Os.',
  },
]);

const ratesUnused = ignoredOptions(category, 'no rate is kept and no pause made', [
  { name: 'rate_cycle', aliases: ['ratecycle'], type: 'int', help: 'Window of rate_min, ms.' },
  { name: 'rate_ignore_thinktime', type: 'bool', help: 'A rate makes up for pauses.' },
  { name: 'thinktime_spin', type: 'time', unit: 'us', help: 'Part of the pause that spins.' },
  { name: 'thinktime_blocks', type: 'int', min: 0, help: 'I/Os between two pauses.' },
  {
    name: 'thinktime_blocks_type',
    type: 'choice',
    choices: ['complete', 'issue'],
    help: 'Whether I/Os count when they are issued or complete.',
  },
  { name: 'thinktime_iotime', type: 'time', unit: 's', help: 'Time between two pauses.' },
  { name: 'flow_sleep', type: 'time', unit: 'us', help: 'Pause of a job held back by flow.' },
  {
    name: 'flow_watermark',
    type: 'string',
    why: 'fio has given it up and ignores it too',
    help: 'Given up in fio.',
  },
]);

const between = refusedOptions(category, 'would balance jobs against each other; remove it', [
  { name: 'flow', type: 'int', min: 0, max: 1000, harmless: ['0'], help: 'Weight among flow_id.' },
  { name: 'flow_id', type: 'int', harmless: ['0'], help: 'Jobs that are balanced together.' },
  {
    name: 'startdelay',
    type: 'time-range',
    unit: 's',
    harmless: ['0'],
    why: 'would start the job later; write wait_for or stonewall',
    help: 'Time to wait before the job starts, or a range to draw it from.',
  },
  {
    name: 'new_group',
    type: 'flag',
    harmless: ['0'],
    why: 'would begin a reporting group without a barrier; write stonewall, or take group_reporting away',
    help: 'Begins a reporting group.',
  },
  {
    name: 'exitall',
    type: 'flag',
    harmless: ['0'],
    why: 'would end all jobs with the first; give each a runtime',
    help: 'Ends all jobs when one ends.',
  },
  {
    name: 'exitall_on_error',
    type: 'flag',
    harmless: ['0'],
    why: 'would end all jobs when one fails; they go on, and the failed one is told in the record',
    help: 'Ends all jobs when one fails.',
  },
]);

const ends = refusedOptions(category, 'would end the job by what it measures; give runtime', [
  { name: 'steadystate', aliases: ['ss'], type: 'string', help: 'Ends when a figure is steady.' },
  {
    name: 'latency_target',
    type: 'time',
    unit: 'us',
    harmless: ['0ns'],
    why: 'would search the depth that keeps this latency; write sweep_iodepth',
    help: 'Latency that the deepest queue is searched for.',
  },
  {
    name: 'max_latency',
    type: 'time',
    unit: 'us',
    list: 'directions',
    harmless: ['0ns'],
    why: 'would end the job at the first I/O that takes longer; look at lat_max_ns in the record',
    help: 'Latency that ends the job.',
  },
  {
    name: 'ramp_size',
    type: 'bytes',
    min: 1,
    why: 'would measure after so many bytes; write ramp_time',
    help: 'Bytes that are moved before anything is measured.',
  },
]);

const endsUnused = ignoredOptions(category, 'what it belongs to is not done', [
  {
    name: 'exit_what',
    type: 'choice',
    choices: ['group', 'stonewall', 'all'],
    help: 'For exitall.',
  },
  {
    name: 'steadystate_duration',
    aliases: ['ss_dur'],
    type: 'time',
    unit: 's',
    help: 'Window of steadystate.',
  },
  {
    name: 'steadystate_ramp_time',
    aliases: ['ss_ramp'],
    type: 'time',
    unit: 's',
    help: 'Time before steadystate looks.',
  },
  {
    name: 'steadystate_check_interval',
    aliases: ['ss_interval'],
    type: 'time',
    unit: 's',
    help: 'Time between two looks of steadystate.',
  },
  { name: 'latency_window', type: 'time', unit: 'us', help: 'Window of latency_target.' },
  { name: 'latency_percentile', type: 'float', min: 0, max: 100, help: 'For latency_target.' },
  { name: 'latency_run', type: 'bool', help: 'latency_target goes on searching.' },
]);

const depth = refusedOptions(category, 'would submit otherwise than coffer does; remove it', [
  {
    name: 'iodepth_low',
    type: 'int',
    min: 0,
    why: 'would let the queue run down before it is filled again; remove it',
    help: 'Depth at which the queue is filled again.',
  },
  {
    name: 'serialize_overlap',
    type: 'bool',
    harmless: ['0'],
    why: 'would hold I/Os back that touch the same blocks; take norandommap away',
    help: 'No two I/Os in flight touch the same blocks.',
  },
  {
    name: 'io_submit_mode',
    type: 'choice',
    choices: ['inline', 'offload'],
    harmless: ['inline'],
    why: 'would submit from threads of its own; write numjobs',
    help: 'Who submits: the job, or threads beside it.',
  },
]);

export const fioPaceOptions: readonly JobOption[] = [
  ...rates,
  ...ratesUnused,
  ...between,
  ...ends,
  ...endsUnused,
  ...depth,
];
