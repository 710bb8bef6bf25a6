/** How a job fills its depth and drains it: batches, low water, and I/Os that would collide. */

import type { JobOption } from './job-option.ts';

const category = 'depth';

export const depthOptions: readonly JobOption[] = [
  {
    name: 'iodepth_batch',
    aliases: ['iodepth_batch_submit'],
    type: 'int',
    unit: 'I/Os',
    default: '1',
    min: 0,
    laterFor: 'simulated',
    category,
    help:
      'I/Os handed over with one system call, at most iodepth; 0 is iodepth. What is left when ' +
      'the depth is reached goes by itself.',
  },
  {
    name: 'iodepth_batch_complete_min',
    aliases: ['iodepth_batch_complete'],
    type: 'int',
    unit: 'I/Os',
    default: '1',
    min: 0,
    laterFor: 'simulated',
    category,
    help:
      'I/Os waited for when the engine asks what has ended, at most iodepth. 0 polls: it asks ' +
      'behind each submission, and waits for one where the depth is reached.',
  },
  {
    name: 'iodepth_batch_complete_max',
    type: 'int',
    unit: 'I/Os',
    default: null,
    min: 0,
    category,
    help:
      'I/Os taken at once when they have ended, at most iodepth, before more is submitted; the ' +
      'system call of a real engine may bring more, where that of fio does not. Default, and 0: ' +
      'iodepth_batch_complete_min.',
  },
  {
    name: 'iodepth_low',
    type: 'int',
    unit: 'I/Os',
    default: '0',
    harmless: ['0'],
    min: 0,
    category,
    help:
      'When iodepth I/Os are in flight, no more until they are down to so many. 0 is iodepth: ' +
      'each that ends makes room for another.',
  },
  {
    name: 'serialize_overlap',
    type: 'bool',
    default: '0',
    harmless: ['0'],
    category,
    help:
      'No two I/Os that a clone has in flight touch the same blocks: one that would waits, and ' +
      'those behind it with it. In a job that writes, and there reads wait for reads too, as in ' +
      'fio; of copies sources may touch each other. The wait is no latency.',
  },
];
