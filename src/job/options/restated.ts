/** Options that say in other words what another says; the last of the two holds, as in fio. */

import type { JobOption } from './job-option.ts';

export const restatedOptions: readonly JobOption[] = [
  {
    name: 'buffered',
    type: 'bool',
    default: null,
    category: 'target',
    help: 'The opposite of direct: buffered=1 is direct=0.',
    restates: { option: 'direct', textOf: (buffered) => `${1 - buffered}` },
  },
  {
    name: 'rwmixwrite',
    type: 'int',
    unit: 'percent',
    min: 0,
    max: 100,
    default: null,
    category: 'I/O',
    help: 'The rest of rwmixread: rwmixwrite=30 is rwmixread=70.',
    restates: { option: 'rwmixread', textOf: (writes) => `${100 - writes}` },
  },
];
