/** How large I/Os are where `bs` does not say it alone, and what their offsets are multiples of. */

import type { JobOption } from './job-option.ts';

const category = 'block sizes';

export const sizeOptions: readonly JobOption[] = [
  {
    name: 'bsrange',
    aliases: ['blocksize_range'],
    type: 'bytes-range',
    list: 'directions',
    unit: 'bytes',
    default: null,
    category,
    help:
      'Sizes of I/Os, drawn evenly for each: multiples of the smallest, as read,write,trim,copy. ' +
      'Stands before bs. With a random map an I/O ends before what has been touched, and is smaller.',
  },
  {
    name: 'bssplit',
    type: 'bytes-shares',
    default: null,
    category,
    help:
      'Sizes of I/Os with the percent of each, 4k/60:64k/40, as read,write,trim,copy; sizes without ' +
      'one share the rest. Stands before bs and bsrange. A random map cuts I/Os short and so moves ' +
      'the shares; norandommap keeps them.',
  },
  {
    name: 'bs_unaligned',
    aliases: ['blocksize_unaligned'],
    type: 'flag',
    default: '0',
    harmless: ['0'],
    category,
    help: 'bsrange draws any size, bssplit takes sizes that are no multiples of the smallest.',
  },
  {
    name: 'bs_is_seq_rand',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help:
      'The first value of bs, bsrange and bssplit is for sequential I/O, the second for random, ' +
      'whatever its direction; with percentage_random for I/Os that follow and for those that do not.',
  },
  {
    name: 'ba',
    aliases: ['blockalign'],
    type: 'bytes',
    list: 'directions',
    unit: 'bytes',
    default: null,
    min: 1,
    category,
    help:
      'What random offsets are multiples of, from the start of the region. Default: the smallest ' +
      'size; another one turns off the random map.',
  },
  {
    name: 'offset_align',
    type: 'bytes',
    unit: 'bytes',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help:
      'An offset or dest_offset that is given as a share is rounded up to a multiple of it; 0: down ' +
      'to whole blocks.',
  },
];
