/** Copies: where they go, on which path, and what happens when the device will not. */

import type { JobOption } from './job-option.ts';

const category = 'copy';

export const copyOptions: readonly JobOption[] = [
  {
    name: 'dest_offset',
    type: 'bytes-or-percent',
    unit: 'bytes',
    default: null,
    min: 0,
    category,
    help:
      'Where the destination region begins; a block lands at dest_offset + (its place - offset). ' +
      'Default: 0 when dest_filename names another target, else it must be given.',
  },
  {
    name: 'dest_offset_delta',
    type: 'bytes',
    unit: 'bytes',
    default: null,
    min: 0,
    category,
    help: 'The destination by its distance from the source, in place of dest_offset.',
  },
  {
    name: 'num_range',
    type: 'int',
    unit: 'ranges',
    default: '1',
    min: 1,
    max: 256,
    category,
    help:
      'Source ranges of one copy, each of bs bytes; the destination is one range of them all. Or ' +
      'ranges of one trim.',
  },
  {
    name: 'path',
    type: 'choice',
    choices: ['offload', 'emulation', 'read-write'],
    default: 'offload',
    category,
    help:
      'offload: the device copies, or the file system (copy_api); emulation: the kernel reads and ' +
      'writes for the job, in the block layer, on real files by splice(2); read-write: the job ' +
      'itself reads and writes.',
  },
  {
    name: 'copy_api',
    type: 'choice',
    choices: ['bio-pair', 'copy_file_range', 'ficlonerange'],
    default: 'bio-pair',
    realDefault: 'copy_file_range',
    category,
    help:
      'How an offload is asked for. Simulated: the kernel proposal it travels by; bio-pair is v13 ' +
      'to v20 of the copy offload series. Real files: the system call, copy_file_range(2) or ' +
      'ioctl_ficlonerange(2).',
  },
  {
    name: 'fallback',
    type: 'choice',
    choices: ['never', 'unsupported', 'error'],
    default: 'never',
    category,
    help:
      'What to do when a path cannot: never: the copy fails; unsupported: go on to emulation, ' +
      'then ' +
      'read-write; error: do so after any error.',
  },
  {
    name: 'layout',
    type: 'bool',
    default: '1',
    category,
    help:
      'Write each source block that nobody wrote, before measured time. Of real files: make those ' +
      'that are missing or too short; a block device is never laid out.',
  },
];
