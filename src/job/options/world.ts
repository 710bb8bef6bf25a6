/** What holds for the whole file: given in [global] or with --set. */

import type { JobOption } from './job-option.ts';

const category = 'world';

export const worldOptions: readonly JobOption[] = [
  {
    name: 'clock',
    type: 'choice',
    choices: ['virtual', 'wall'],
    default: 'virtual',
    realDefault: 'wall',
    category,
    help:
      'virtual: time is what the model says; wall: the same world, each due time waited out. Real ' +
      'files and devices have no other.',
  },
  {
    name: 'repeat',
    type: 'int',
    unit: 'times',
    default: '1',
    min: 1,
    max: 10_000,
    category,
    help: 'Runs each point of the sweep so often, with random streams of its own.',
  },
];
