/** fio's options of what is written and how it is verified, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'data of fio';

const verification = ignoredOptions(category, 'what is read back is verified without it', [
  { name: 'verify_pattern_interval', type: 'bytes', help: 'Distance at which patterns restart.' },
  {
    name: 'verify_async',
    type: 'int',
    min: 0,
    why: 'blocks are verified by the thread of their clone, outside of its latencies',
    help: 'Threads that verify.',
  },
  { name: 'verify_async_cpus', type: 'string', help: 'CPUs of those threads.' },
  {
    name: 'verify_state_save',
    type: 'bool',
    why: 'nothing is noted for later; verify_only reads what a job has written',
    help: 'Notes what was written when it is stopped.',
  },
  {
    name: 'experimental_verify',
    type: 'bool',
    why: 'what was written is noted, and not worked out a second time',
    help: 'Verifies by generating the workload a second time.',
  },
  { name: 'verifysort', type: 'string', why: 'fio has given it up', help: 'Given up in fio.' },
  { name: 'verifysort_nr', type: 'string', why: 'fio has given it up', help: 'Given up in fio.' },
  {
    name: 'trim_verify_zero',
    type: 'bool',
    why: 'trims among what is verified are not done',
    help: 'Trimmed blocks read as zeros.',
  },
  {
    name: 'trim_backlog',
    type: 'int',
    why: 'trims among what is verified are not done',
    help: 'Writes after which blocks are trimmed.',
  },
  {
    name: 'trim_backlog_batch',
    type: 'int',
    min: 0,
    why: 'trims among what is verified are not done',
    help: 'Blocks trimmed at once.',
  },
]);

const verifying = refusedOptions(category, 'would verify what a stopped job had noted; remove it', [
  {
    name: 'verify_state_load',
    type: 'bool',
    harmless: ['0'],
    help: 'Verifies what a stopped job had noted.',
  },
  {
    name: 'trim_percentage',
    type: 'int',
    min: 0,
    max: 100,
    harmless: ['0'],
    why: 'would trim blocks among the writes, which is not done; rw=trimwrite trims each one',
    help: 'Share of verified blocks that are trimmed.',
  },
]);

const buffers = refusedOptions(category, 'would write other repeats; remove it', [
  { name: 'dedupe_global', type: 'bool', harmless: ['0'], help: 'Repeats blocks of other jobs.' },
  {
    name: 'dedupe_mode',
    type: 'choice',
    choices: ['repeat', 'working_set'],
    harmless: ['repeat'],
    why: 'would repeat blocks of a set that is known beforehand; dedupe_percentage repeats the last',
    help: 'Which repeat.',
  },
]);

const buffersUnused = ignoredOptions(category, 'dedupe_mode=working_set is not done', [
  {
    name: 'dedupe_working_set_percentage',
    type: 'int',
    min: 0,
    max: 100,
    help: 'Size of the set that is repeated.',
  },
]);

const durable = refusedOptions(category, 'would make writes of another kind; remove it', [
  {
    name: 'sync',
    type: 'choice',
    choices: ['none', '0', 'sync', '1', 'dsync'],
    choiceAliases: { '0': 'none', '1': 'sync' },
    harmless: ['none'],
    why: 'would open files O_SYNC or O_DSYNC; write fsync=1 or fdatasync=1, which are counted apart',
    help: 'Each write is durable when it returns.',
  },
  {
    name: 'write_barrier',
    type: 'int',
    min: 0,
    harmless: ['0'],
    why: 'would make every so manyeth write a barrier, which no kernel takes; write fsync',
    help: 'Every so many writes one that none may pass.',
  },
  {
    name: 'atomic',
    type: 'bool',
    harmless: ['0'],
    why: 'would write with RWF_ATOMIC; remove it',
    help: 'Writes that are whole or not there.',
  },
  {
    name: 'ignore_error',
    type: 'string',
    why: 'would take some errors for none; write continue_on_error, which counts them',
    help: 'Errors that are none, by direction.',
  },
  {
    name: 'fdp',
    type: 'bool',
    harmless: ['0'],
    why: 'would place data by NVMe directives; remove it',
    help: 'NVMe flexible data placement.',
  },
  {
    name: 'dataplacement',
    aliases: ['data_placement'],
    type: 'choice',
    choices: ['none', 'fdp', 'streams'],
    harmless: ['none'],
    why: 'would place data by NVMe directives; remove it',
    help: 'NVMe directive that places data.',
  },
]);

const durableUnused = ignoredOptions(category, 'dataplacement is not done', [
  {
    name: 'plid_select',
    aliases: ['fdp_pli_select'],
    type: 'choice',
    choices: ['random', 'roundrobin', 'scheme'],
    help: 'How a placement is chosen.',
  },
  { name: 'plids', aliases: ['fdp_pli'], type: 'string', help: 'Placements to choose from.' },
  { name: 'dp_scheme', type: 'string', help: 'File that maps offsets to placements.' },
]);

export const fioDataOptions: readonly JobOption[] = [
  ...verification,
  ...verifying,
  ...buffers,
  ...buffersUnused,
  ...durable,
  ...durableUnused,
];
