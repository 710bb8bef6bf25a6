/** fio's options of what is written and how it is verified, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'data of fio';
const NO_VERIFY =
  "fio's verification of what was written is not done; copies are held by verify=copy";

const verification = ignoredOptions(category, NO_VERIFY, [
  { name: 'do_verify', type: 'bool', help: 'Verifies in a phase behind the writes.' },
  { name: 'verify_interval', type: 'bytes', min: 40, help: 'Distance of headers in a block.' },
  { name: 'verify_offset', type: 'bytes', help: 'Place of the header in a block.' },
  { name: 'verify_pattern_interval', type: 'bytes', help: 'Distance at which patterns restart.' },
  { name: 'verify_fatal', type: 'bool', help: 'Ends at the first block that is wrong.' },
  { name: 'verify_dump', type: 'bool', help: 'Writes wrong blocks to files.' },
  { name: 'verify_async', type: 'int', min: 0, help: 'Threads that verify.' },
  { name: 'verify_async_cpus', type: 'string', help: 'CPUs of those threads.' },
  { name: 'verify_backlog_batch', type: 'int', min: 0, help: 'Blocks verified at once.' },
  { name: 'verify_state_save', type: 'bool', help: 'Notes what was written when it is stopped.' },
  { name: 'verify_write_sequence', type: 'bool', help: 'Holds the order of writes too.' },
  { name: 'verify_header_seed', type: 'bool', help: 'Holds the seed of the content too.' },
  { name: 'verifysort', type: 'string', why: 'fio has given it up', help: 'Given up in fio.' },
  { name: 'verifysort_nr', type: 'string', why: 'fio has given it up', help: 'Given up in fio.' },
  { name: 'trim_verify_zero', type: 'bool', help: 'Trimmed blocks read as zeros.' },
  { name: 'trim_backlog', type: 'int', help: 'Writes after which blocks are trimmed.' },
  { name: 'trim_backlog_batch', type: 'int', min: 0, help: 'Blocks trimmed at once.' },
]);

const verifying = refusedOptions(category, 'would read back what was written; remove it', [
  { name: 'verify_only', type: 'flag', harmless: ['0'], help: 'Verifies, and writes nothing.' },
  {
    name: 'verify_backlog',
    type: 'int',
    harmless: ['0'],
    help: 'Writes after which blocks are read back, among the writes.',
  },
  {
    name: 'experimental_verify',
    type: 'bool',
    harmless: ['0'],
    help: 'Verifies by generating the workload a second time.',
  },
  {
    name: 'verify_state_load',
    type: 'bool',
    harmless: ['0'],
    help: 'Verifies what a stopped job had noted.',
  },
  {
    name: 'verify_pattern',
    type: 'string',
    why: 'would write and verify this pattern; write buffer_pattern, which is not verified',
    help: 'Pattern that is written and verified.',
  },
  {
    name: 'trim_percentage',
    type: 'int',
    min: 0,
    max: 100,
    harmless: ['0'],
    why: 'would trim blocks among the writes, and trims are not done; remove it',
    help: 'Share of verified blocks that are trimmed.',
  },
]);

const SAME_BYTES = 'would write other bytes, which devices that compress tell apart; remove it';

const buffers = refusedOptions(category, SAME_BYTES, [
  {
    name: 'zero_buffers',
    type: 'flag',
    harmless: ['0'],
    why: 'would write zeros; write buffer_pattern=0x00',
    help: 'Writes zeros.',
  },
  { name: 'refill_buffers', type: 'flag', harmless: ['0'], help: 'New bytes in each write.' },
  {
    name: 'buffer_compress_percentage',
    type: 'int',
    min: 0,
    max: 100,
    harmless: ['0'],
    help: 'How far what is written can be compressed.',
  },
  {
    name: 'dedupe_percentage',
    type: 'int',
    min: 0,
    max: 100,
    harmless: ['0'],
    help: 'Share of writes that repeat a block.',
  },
  { name: 'dedupe_global', type: 'bool', harmless: ['0'], help: 'Repeats blocks of other jobs.' },
]);

const buffersUnused = ignoredOptions(category, 'what it belongs to is not done', [
  {
    name: 'scramble_buffers',
    type: 'bool',
    why: 'each buffer holds bytes of chance of its own, and is written as it is',
    help: 'Changes some bytes of each write, so that no two are the same.',
  },
  { name: 'buffer_compress_chunk', type: 'bytes', help: 'Length of what is compressible.' },
  {
    name: 'dedupe_mode',
    type: 'choice',
    choices: ['repeat', 'working_set'],
    help: 'Which repeat.',
  },
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
