/** Verification: whether what is copied, written or found is what it should be. */

import { verifyMethodNames } from '../../checksum/verify-method.ts';
import type { JobOption } from './job-option.ts';

const category = 'verification';

const method: JobOption = {
  name: 'verify',
  type: 'choice',
  choices: ['copy', 'none', '0', ...verifyMethodNames(), 'crc32c-intel'],
  choiceAliases: { '0': 'none', 'crc32c-intel': 'crc32c' },
  default: null,
  category,
  help:
    "copy: at the job's end each destination block is held against what its source held when the " +
    'copy was issued. Of jobs that write, the others: each block has a header (magic, length, ' +
    'offset, seed and number of its write) with a checksum of the rest, or is a pattern; it is read ' +
    'back behind the writes, which counts as reads. Of jobs that read: what they find is held ' +
    "against its headers. meta: the header alone; null: read back and not looked at. fio's headers: " +
    'either verifies what the other wrote (not sha256 and sha512, whose fields in fio 3.33 hold no ' +
    'digests). A simulated device has the content compared that its store keeps, whatever the ' +
    'method, and no time is charged for it. Default: copy for copies of targets that keep data, ' +
    'else none; 0 is none.',
};

const when: readonly JobOption[] = [
  {
    name: 'do_verify',
    type: 'bool',
    default: '1',
    harmless: ['1'],
    category,
    help:
      'Read back what was written, behind each loop over it; 0: only write it so that it can be ' +
      'verified. A job that is ended by its runtime is read back no further.',
  },
  {
    name: 'verify_only',
    type: 'flag',
    default: '0',
    harmless: ['0'],
    category,
    help: 'Write nothing: read, and verify, what the job would have written.',
  },
  {
    name: 'verify_backlog',
    type: 'int',
    unit: 'writes',
    default: '0',
    min: 0,
    harmless: ['0'],
    category,
    help: 'Writes that wait until some of them are read back, among the writes; 0: all wait.',
  },
  {
    name: 'verify_backlog_batch',
    type: 'int',
    unit: 'writes',
    default: null,
    min: 0,
    category,
    help: 'How many are read back then. Default, and 0: verify_backlog.',
  },
];

const what: readonly JobOption[] = [
  {
    name: 'verify_pattern',
    type: 'string',
    default: null,
    only: 'real',
    category,
    help:
      'What blocks hold beside their headers, again and again from the beginning of each I/O: as ' +
      'buffer_pattern, and %o for the offset of the I/O (8 bytes, least first). verify=pattern has ' +
      'no headers and holds every byte against it. Default: bytes of chance.',
  },
  {
    name: 'verify_interval',
    type: 'bytes',
    unit: 'bytes',
    default: null,
    min: 1,
    only: 'real',
    category,
    help: 'Length of the blocks that have a header each; a divisor of bs. Default: bs.',
  },
  {
    name: 'verify_offset',
    type: 'bytes',
    unit: 'bytes',
    default: '0',
    min: 0,
    harmless: ['0'],
    only: 'real',
    category,
    help: 'Where in its block a header lies: it changes places with what would be there.',
  },
  {
    name: 'verify_header_seed',
    type: 'bool',
    default: '1',
    harmless: ['1'],
    category,
    help: 'Of what the job wrote itself: the seed in a header must be that of the write too.',
  },
  {
    name: 'verify_write_sequence',
    type: 'bool',
    default: '1',
    harmless: ['1'],
    category,
    help: 'Of what the job wrote itself: the number in a header must be that of the write too.',
  },
];

const wrong: readonly JobOption[] = [
  {
    name: 'verify_fatal',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help: 'End at the first wrong block, whatever continue_on_error says.',
  },
  {
    name: 'verify_dump',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    only: 'real',
    category,
    help:
      'Write what was read wrong to BASENAME.OFFSET.received in the working directory, and what it ' +
      'should have been, where that is known, to .expected.',
  },
];

export const verifyOptions: readonly JobOption[] = [method, ...when, ...what, ...wrong];
