/**
 * `[host NAME]`: what work costs on the simulated host. The defaults are the middle of what the
 * field quotes for a server core of the 2020s (../shared reference: copy-offload.md §11, marked
 * assumed there); `coffer calibrate` measures this machine's and prints such a section.
 */

import type { AttributeTable, Option } from '../units/option.ts';

const CATEGORY = 'host';

function cost(name: string, value: string, help: string): Option {
  return { name, type: 'time', unit: 'ns', default: value, min: 0, category: CATEGORY, help };
}

const options: readonly Option[] = [
  {
    name: 'cpus',
    type: 'int',
    unit: 'CPUs',
    default: '8',
    min: 1,
    max: 4096,
    category: CATEGORY,
    help: 'CPUs of the host; clone n of the jobs, counted over the file, runs on CPU n modulo cpus.',
  },
  cost('syscall', '200ns', 'One system call, entry to exit, without what it does inside.'),
  cost(
    'application',
    '300ns',
    "The application's own work per I/O: choose it, stamp it, account it.",
  ),
  cost('bio', '400ns', 'Block layer work per bio: allocate, check, split, queue; both ways.'),
  cost('request', '200ns', 'Driver work per request: build the command and hand it over.'),
  cost(
    'interrupt',
    '1us',
    'Taking one interrupt, entry to exit, without the requests it completes.',
  ),
  cost('completion', '300ns', 'Ending one request inside an interrupt.'),
  cost('context_switch', '1500ns', 'Waking a sleeping task and switching to it.'),
  {
    name: 'memory_bandwidth',
    type: 'rate',
    unit: 'bytes/s',
    default: '10gB',
    min: 1,
    category: CATEGORY,
    help: 'Memory copy of one core; null_blk pays it for memory-backed data.',
  },
];

export const hostAttributes: AttributeTable = {
  model: 'host',
  summary: 'CPUs, and what a system call, an interrupt, a memory copy cost there',
  options,
  refuse: () => [],
};
