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
  'trim',
  'randtrim',
  'trimwrite',
  'randtrimwrite',
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
    choiceSuffixes: {
      read: 'stride',
      write: 'stride',
      rw: 'stride',
      trim: 'stride',
      trimwrite: 'stride',
      copy: 'stride',
      randread: 'run',
      randwrite: 'run',
      randrw: 'run',
      randtrim: 'run',
      randtrimwrite: 'run',
      randcopy: 'run',
    },
    default: 'read',
    category,
    help:
      'Direction and order of the I/O; randcopy moves source and destination together; trimwrite ' +
      'trims each block and then writes it, which is one I/O of number_ios and io_size. read:8k ' +
      'leaves a gap behind each I/O, read:-8k goes backwards from its end; randread:8 draws an ' +
      'offset for each eighth I/O, the others follow one another.',
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
    name: 'random_distribution',
    type: 'distribution',
    default: 'random',
    harmless: ['random'],
    category,
    help:
      'How random offsets are spread: random, zipf:THETA (1.1), pareto:H (0.2), normal:PERCENT (0), ' +
      'zoned:ACCESS%/SIZE%:… and zoned_abs:ACCESS%/SIZE:…, zones by direction. All but random ' +
      'repeat blocks: no random map is kept.',
  },
  {
    name: 'percentage_random',
    type: 'int',
    list: 'directions',
    unit: 'percent',
    default: '100',
    harmless: ['100'],
    min: 0,
    max: 100,
    category,
    help: 'Share of a random job whose offsets are drawn; the others follow the I/O before.',
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
    help:
      'Ends each loop of each clone after so many I/Os. The next one goes on where it ended; in fio ' +
      'it begins anew.',
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
