/** What only real files and block devices know: page cache, room, syncs, and what may be lost. */

import type { JobOption } from './job-option.ts';

const category = 'real files and block devices';
const only = 'real';
const LARGEST_COUNT = 1_000_000_000;

const files: readonly JobOption[] = [
  {
    name: 'fallocate',
    type: 'choice',
    choices: ['none', 'native', 'posix', 'truncate', '0', '1'],
    choiceAliases: { posix: 'native', '0': 'none', '1': 'native' },
    notDone: [
      {
        like: /^keep$/,
        why: 'would make room without making the file longer; give native or none',
      },
    ],
    default: 'native',
    only,
    category,
    help:
      'How room is made for a file that is laid out or written: native: fallocate(2), or as none ' +
      'where the file system has no such call; truncate: ftruncate(2), which leaves a hole; none: ' +
      'by writing. posix is native. Default: native; none for destinations of path=offload, for a ' +
      'reflink needs no room.',
  },
  {
    name: 'unlink',
    type: 'bool',
    default: '0',
    only,
    category,
    help: 'Remove the files of the job at the end; never one that coffer did not make.',
  },
  {
    name: 'overwrite',
    type: 'bool',
    default: '0',
    only,
    category,
    help:
      'What a file or device holds may be lost, though coffer did not make it. (Not the overwrite ' +
      'of fio, which lays a file out before it is written.)',
  },
  {
    name: 'allow_mounted_write',
    type: 'bool',
    default: '0',
    only,
    category,
    help: 'Write to a device although it is mounted or otherwise in use.',
  },
];

const cache: readonly JobOption[] = [
  {
    name: 'invalidate',
    type: 'bool',
    default: '1',
    only,
    category,
    help: 'Drop what the page cache holds of the files before the jobs start.',
  },
  {
    name: 'prewarm',
    aliases: ['pre_read'],
    type: 'bool',
    default: '0',
    only,
    category,
    help: 'Read the files into the page cache before measured time (after invalidate).',
  },
  {
    name: 'fsync',
    type: 'int',
    unit: 'writes',
    default: '0',
    min: 0,
    max: LARGEST_COUNT,
    only,
    category,
    help: 'An fsync(2) after so many writes or copies; 0: none.',
  },
  {
    name: 'fdatasync',
    type: 'int',
    unit: 'writes',
    default: '0',
    min: 0,
    max: LARGEST_COUNT,
    only,
    category,
    help: 'As fsync, with fdatasync(2).',
  },
  {
    name: 'end_fsync',
    type: 'bool',
    default: '0',
    only,
    category,
    help: 'An fsync(2) when the job has done its writes or copies, in its measured time.',
  },
];

const submission: readonly JobOption[] = [
  {
    name: 'stamps',
    type: 'choice',
    choices: ['io', 'batch'],
    default: 'io',
    only,
    category,
    help:
      'io: the clock is read for each I/O; batch: once for all that one system call hands over ' +
      'or brings, which is cheaper and makes latencies coarser.',
  },
  {
    name: 'fixedbufs',
    type: 'flag',
    default: '0',
    only,
    category,
    help: 'io_uring: register the buffers beforehand; they count as locked memory.',
  },
  {
    name: 'registerfiles',
    type: 'flag',
    default: '0',
    only,
    category,
    help: 'io_uring: register the files beforehand.',
  },
];

export const realOptions: readonly JobOption[] = [...files, ...cache, ...submission];
