/** fio's options of what is logged and reported, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'reports of fio';
const NO_LOGS = 'would write a log of each I/O or window, and no logs are written yet; remove it';

const logs = refusedOptions(category, NO_LOGS, [
  { name: 'write_bw_log', type: 'string', valueOptional: true, help: 'Log of throughput.' },
  { name: 'write_lat_log', type: 'string', valueOptional: true, help: 'Logs of latencies.' },
  { name: 'write_iops_log', type: 'string', valueOptional: true, help: 'Log of I/Os a second.' },
  { name: 'write_hist_log', type: 'string', valueOptional: true, help: 'Log of histograms.' },
  {
    name: 'write_iolog',
    type: 'string',
    why: 'would write down each I/O; write --trace FILE on the command line',
    help: 'Log of all I/Os, to be replayed.',
  },
]);

const logStyle = ignoredOptions(category, 'it says how logs are written, and none are', [
  { name: 'per_job_logs', type: 'bool', help: 'A log for each clone.' },
  { name: 'bwavgtime', type: 'int', min: 0, help: 'Window of throughput, ms.' },
  { name: 'iopsavgtime', type: 'int', min: 0, help: 'Window of I/Os a second, ms.' },
  {
    name: 'log_entries',
    type: 'int',
    min: 1024,
    max: 1048576,
    help: 'Entries that room is made for.',
  },
  { name: 'log_avg_msec', type: 'int', min: 0, help: 'Window of log entries, ms.' },
  { name: 'log_hist_msec', type: 'int', min: 0, help: 'Window of histograms, ms.' },
  { name: 'log_hist_coarseness', type: 'int', min: 0, max: 6, help: 'Bins that are merged.' },
  {
    name: 'log_window_value',
    aliases: ['log_max_value'],
    type: 'choice',
    choices: ['avg', 'max', 'both', '0', '1'],
    help: 'Mean or largest of a window.',
  },
  { name: 'log_offset', type: 'bool', help: 'Entries tell the offset.' },
  { name: 'log_prio', type: 'bool', help: 'Entries tell the priority.' },
  { name: 'log_issue_time', type: 'bool', help: 'Entries tell when an I/O was issued.' },
  { name: 'log_compression', type: 'bytes', min: 1024, max: 536870912, help: 'Compressed chunks.' },
  { name: 'log_compression_cpus', type: 'string', help: 'CPUs that compress.' },
  { name: 'log_store_compressed', type: 'bool', help: 'Logs stay compressed.' },
  {
    name: 'log_alternate_epoch',
    aliases: ['log_unix_epoch'],
    type: 'bool',
    help: 'Log times count from an epoch.',
  },
  { name: 'log_alternate_epoch_clock_id', type: 'int', min: 0, help: 'Clock of that epoch.' },
]);

const ALWAYS = 'the record always has the same columns, and latencies are always measured';

const statistics = ignoredOptions(category, ALWAYS, [
  { name: 'clat_percentiles', type: 'bool', help: 'Percentiles of completion latencies.' },
  { name: 'lat_percentiles', type: 'bool', help: 'Percentiles of total latencies.' },
  { name: 'slat_percentiles', type: 'bool', help: 'Percentiles of submission latencies.' },
  { name: 'percentile_list', type: 'float-list', help: 'Percentiles that are reported.' },
  { name: 'significant_figures', type: 'int', min: 1, max: 10, help: 'Digits of figures.' },
  { name: 'disk_util', type: 'bool', help: 'Figures of the disks below.' },
  {
    name: 'gtod_reduce',
    type: 'bool',
    why: 'latencies are always measured; stamps=batch reads the clock less often',
    help: 'Reads the clock less often.',
  },
  { name: 'disable_lat', type: 'bool', help: 'Leaves total latencies out.' },
  { name: 'disable_clat', type: 'bool', help: 'Leaves completion latencies out.' },
  { name: 'disable_slat', type: 'bool', help: 'Leaves submission latencies out.' },
  {
    name: 'disable_bw_measurement',
    aliases: ['disable_bw'],
    type: 'bool',
    help: 'Leaves windows of throughput out.',
  },
  { name: 'block_error_percentiles', type: 'bool', help: 'Percentiles of trims until an error.' },
  {
    name: 'unified_rw_reporting',
    type: 'choice',
    choices: ['none', 'mixed', 'both', '0', '1', '2'],
    why: 'the record has a row for each direction, which can be added up',
    help: 'Sums reads and writes up.',
  },
  {
    name: 'unit_base',
    type: 'choice',
    choices: ['0', '8', '1'],
    help: 'Bits or bytes in reports.',
  },
  { name: 'error_dump', type: 'bool', help: 'Tells each error.' },
  { name: 'comm', type: 'string', help: 'Name of the process.' },
]);

const off = refusedOptions(category, 'would leave the figures out; remove it', [
  { name: 'stats', type: 'bool', harmless: ['1'], help: 'Whether the job is reported.' },
]);

const NO_REPLAY = 'would replay recorded I/O, which is not done; write the workload as options';

const replay = refusedOptions(category, NO_REPLAY, [
  { name: 'read_iolog', type: 'string', help: 'Replays a log of I/Os.' },
  { name: 'merge_blktrace_file', type: 'string', help: 'Merges traces into one, to replay.' },
]);

const replayUnused = ignoredOptions(category, 'read_iolog is not done', [
  { name: 'read_iolog_chunked', type: 'bool', help: 'Reads the log piece by piece.' },
  { name: 'replay_no_stall', type: 'bool', help: 'Replays without pauses.' },
  { name: 'replay_redirect', type: 'string', help: 'Replays on this device.' },
  { name: 'replay_scale', type: 'int', min: 0, help: 'Divides offsets.' },
  { name: 'replay_align', type: 'bytes', help: 'Rounds offsets.' },
  { name: 'replay_time_scale', type: 'int', min: 1, help: 'Stretches pauses, percent.' },
  { name: 'replay_skip', type: 'string', help: 'Kinds of I/O that are left out.' },
  { name: 'merge_blktrace_scalars', type: 'float-list', help: 'Stretches each trace.' },
  { name: 'merge_blktrace_iters', type: 'float-list', help: 'Repeats each trace.' },
]);

export const fioReportOptions: readonly JobOption[] = [
  ...logs,
  ...logStyle,
  ...statistics,
  ...off,
  ...replay,
  ...replayUnused,
];
