/** What holds for the whole file: given in [global] or with --set. */

import type { Option } from '../../units/option.ts';

const category = 'world';

export const worldOptions: readonly Option[] = [
  {
    name: 'clock',
    type: 'choice',
    choices: ['virtual', 'wall'],
    default: 'virtual',
    category,
    help: 'virtual: time is what the model says; wall: the same world, each due time waited out.',
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
