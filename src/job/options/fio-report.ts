/** fio's options of what is logged and reported, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'reports of fio';
const logStyle = ignoredOptions(category, 'logs are written without', [
  {
    name: 'log_entries',
    type: 'int',
    min: 1024,
    max: 1048576,
    why: 'a log grows in chunks of one size, and a chunk that is full is handed on',
    help: 'Entries that room is made for.',
  },
  { name: 'log_compression', type: 'bytes', min: 1024, max: 536870912, help: 'Compressed chunks.' },
  { name: 'log_compression_cpus', type: 'string', help: 'CPUs that compress.' },
  { name: 'log_store_compressed', type: 'bool', help: 'Logs stay compressed.' },
]);

const ALWAYS = 'the record always has the same columns, and latencies are always measured';

const statistics = ignoredOptions(category, ALWAYS, [
  { name: 'significant_figures', type: 'int', min: 1, max: 10, help: 'Digits of figures.' },
  { name: 'disk_util', type: 'bool', help: 'Figures of the disks below.' },
  {
    name: 'gtod_reduce',
    type: 'bool',
    why: 'latencies are always measured; stamps=batch reads the clock less often',
    help: 'Reads the clock less often.',
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

const traces = refusedOptions(category, 'would merge binary traces; replay one by read_iolog', [
  { name: 'merge_blktrace_file', type: 'string', help: 'Merges traces into one, to replay.' },
]);

const tracesUnused = ignoredOptions(category, 'merge_blktrace_file is not done', [
  {
    name: 'read_iolog_chunked',
    type: 'bool',
    why: 'a log is read whole, before anything runs',
    help: 'Reads the log piece by piece.',
  },
  { name: 'merge_blktrace_scalars', type: 'float-list', help: 'Stretches each trace.' },
  { name: 'merge_blktrace_iters', type: 'float-list', help: 'Repeats each trace.' },
]);

export const fioReportOptions: readonly JobOption[] = [
  ...logStyle,
  ...statistics,
  ...off,
  ...traces,
  ...tracesUnused,
];
