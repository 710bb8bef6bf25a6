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
  {
    name: 'buffer_pattern',
    type: 'string',
    default: null,
    only,
    category,
    help:
      'Bytes to write and to lay out with, again and again: "text", 0x and hex digits, decimal ' +
      'numbers (least byte first), also several in a row as 0xff"abc". Default: bytes of chance.',
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
    name: 'iodepth_batch',
    aliases: ['iodepth_batch_submit'],
    type: 'int',
    unit: 'I/Os',
    default: '1',
    min: 0,
    only,
    category,
    help: 'I/Os handed over with one system call, at most iodepth; 0 is iodepth.',
  },
  {
    name: 'iodepth_batch_complete_min',
    aliases: ['iodepth_batch_complete'],
    type: 'int',
    unit: 'I/Os',
    default: '1',
    min: 1,
    only,
    category,
    help: 'I/Os waited for when the engine asks what has ended, at most iodepth.',
  },
  {
    name: 'iodepth_batch_complete_max',
    type: 'int',
    unit: 'I/Os',
    default: null,
    min: 1,
    only,
    category,
    help:
      'I/Os taken at once when they have ended, at most iodepth. Default: ' +
      'iodepth_batch_complete_min.',
  },
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
