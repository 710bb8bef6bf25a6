/** Which I/O a job does, how large, where and how much of it. */

import type { JobOption } from './job-option.ts';

const category = 'I/O';

export const RW = [
  'read',
  'write',
  'rw',
  'readwrite',
  'randread',
  'randwrite',
  'randrw',
  'copy',
  'randcopy',
] as const;

export const ioOptions: readonly JobOption[] = [
  {
    name: 'rw',
    aliases: ['readwrite'],
    type: 'choice',
    choices: RW,
    choiceAliases: { readwrite: 'rw' },
    notDone: [
      {
        like: /^(?:rand)?trim(?:write)?(?::.*)?$/,
        why: 'would trim, which is not done; give another rw',
      },
      {
        like: /^(?:read|write|rw|readwrite|copy):-?(?:0x[0-9a-f]+|\d+[kmgtp]?(?:b|ib)?)$/i,
        why: 'would leave a gap behind each I/O, which is not done; give rw without the :',
      },
      {
        like: /^rand(?:read|write|rw|copy):\d+$/,
        why: 'would draw an offset for so many I/Os at once, which is not done; give rw without the :',
      },
    ],
    default: 'read',
    category,
    help: 'Direction and order of the I/O; randcopy moves source and destination together.',
  },
  {
    name: 'rwmixread',
    type: 'int',
    unit: 'percent',
    default: '50',
    min: 0,
    max: 100,
    category,
    help: 'Share of reads in rw and randrw.',
  },
  {
    name: 'bs',
    aliases: ['blocksize'],
    type: 'bytes',
    list: 'directions',
    unit: 'bytes',
    default: '4k',
    min: 1,
    category,
    help: 'Size of an I/O, as read,write,trim,copy; of each range where num_range is above 1.',
  },
  {
    name: 'size',
    type: 'bytes-or-percent',
    unit: 'bytes',
    default: null,
    min: 1,
    category,
    help:
      'Length of the region of each clone; a share is one of the device or file. Default: what ' +
      'fits behind the offset, for copies without running into the destination; a file that is ' +
      'not there needs it.',
  },
  {
    name: 'io_size',
    aliases: ['io_limit'],
    type: 'bytes-or-percent',
    unit: 'bytes',
    default: null,
    min: 1,
    category,
    help:
      'Bytes to do in each loop, more or less than the region holds; a share is one of size. ' +
      'Default: size.',
  },
  {
    name: 'number_ios',
    type: 'int',
    unit: 'I/Os',
    default: null,
    min: 1,
    category,
    help: 'Ends each clone after so many I/Os.',
  },
  {
    name: 'offset',
    aliases: ['fileoffset'],
    type: 'bytes-or-percent',
    unit: 'bytes',
    default: '0',
    min: 0,
    category,
    help: 'Where the region begins; a share of the device is rounded down to whole blocks.',
  },
  {
    name: 'offset_increment',
    type: 'bytes-or-percent',
    unit: 'bytes',
    default: '0',
    min: 0,
    category,
    help: 'Clone n works n times this further on, in its source and in its destination.',
  },
];
