/** Logs of I/Os that are replayed, and how. */

import type { JobOption } from './job-option.ts';

const category = 'replayed logs';

export const iologOptions: readonly JobOption[] = [
  {
    name: 'read_iolog',
    type: 'string',
    default: null,
    category,
    help:
      'Replays a log of I/Os, of version 2 or 3 as fio writes them: its files, directions, offsets, ' +
      'lengths and times stand before all options that say them. Copies are lines of their own, FILE ' +
      'copy OFFSET LENGTH DEST_OFFSET, with DEST_FILE behind where it is another. A log has reads ' +
      'and writes, trims and writes, or copies.',
  },
  {
    name: 'replay_no_stall',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help: 'Replays as fast as the depth lets it, whatever the times in the log.',
  },
  {
    name: 'replay_redirect',
    type: 'string',
    default: null,
    category,
    help: 'The one file or device that everything is replayed on, whatever the log names.',
  },
  {
    name: 'replay_scale',
    type: 'int',
    default: '1',
    harmless: ['0', '1'],
    min: 0,
    category,
    help: 'Offsets of the log are divided by it.',
  },
  {
    name: 'replay_align',
    type: 'bytes',
    unit: 'bytes',
    default: '0',
    harmless: ['0', '1'],
    min: 0,
    category,
    help: 'Offsets of the log are rounded down to a multiple of it.',
  },
  {
    name: 'replay_time_scale',
    type: 'int',
    unit: 'percent',
    default: '100',
    harmless: ['100'],
    min: 1,
    category,
    help: 'How fast the times of the log pass: 50 takes twice as long as it says.',
  },
  {
    name: 'replay_skip',
    type: 'string',
    default: null,
    category,
    help:
      'Kinds of I/O that are left out, with commas between: read, write, trim, sync, copy. fio ' +
      'obeys it for binary blktraces alone.',
  },
];
