/** What writes to real targets write: devices that compress or dedupe tell it apart. */

import type { JobOption } from './job-option.ts';

const category = 'buffers';
const only = 'real';

export const bufferOptions: readonly JobOption[] = [
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
  {
    name: 'zero_buffers',
    type: 'flag',
    default: '0',
    harmless: ['0'],
    only,
    category,
    help: 'Write zeros.',
  },
  {
    name: 'scramble_buffers',
    type: 'bool',
    default: '1',
    harmless: ['1'],
    only,
    category,
    help:
      'Change 16 bytes of each 512 from one write to the next, so that no two blocks are the same. ' +
      'Of bytes of chance alone: patterns, zeros and what refill_buffers makes stay as they are.',
  },
  {
    name: 'refill_buffers',
    type: 'flag',
    default: '0',
    harmless: ['0'],
    only,
    category,
    help: 'New bytes of chance in each write; 1 µs for 4 KiB, outside of its latency.',
  },
  {
    name: 'buffer_compress_percentage',
    type: 'int',
    unit: '%',
    default: '0',
    min: 0,
    max: 100,
    harmless: ['0'],
    only,
    category,
    help:
      'How much of each buffer_compress_chunk is zeros, or buffer_pattern, behind bytes of chance; ' +
      'it refills the buffers. 0: none.',
  },
  {
    name: 'buffer_compress_chunk',
    type: 'bytes',
    unit: 'bytes',
    default: '512',
    min: 4,
    harmless: ['512'],
    only,
    category,
    help: 'Length of the pieces that buffer_compress_percentage speaks of.',
  },
  {
    name: 'dedupe_percentage',
    type: 'int',
    unit: '%',
    default: '0',
    min: 0,
    max: 100,
    harmless: ['0'],
    only,
    category,
    help: 'Share of writes that repeat the bytes of the one before; it refills the buffers.',
  },
];
