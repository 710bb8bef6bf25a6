/** What a job does its I/O to, and through which engine. */

import type { Option } from '../../units/option.ts';

const category = 'target';

export const ENGINES = [
  'sim',
  'psync',
  'sync',
  'pvsync',
  'pvsync2',
  'libaio',
  'io_uring',
  'null',
] as const;

export const targetOptions: readonly Option[] = [
  {
    name: 'filename',
    type: 'string',
    default: null,
    category,
    help: 'The declared device the job works on. Real files and devices are not supported yet.',
  },
  {
    name: 'dest_filename',
    type: 'string',
    default: null,
    category,
    help: 'The declared device copies go to; default: the one they come from.',
  },
  {
    name: 'directory',
    type: 'string',
    default: null,
    category,
    help: 'Folder of a real file. A declared device lies in none: accepted with a warning.',
  },
  {
    name: 'ioengine',
    type: 'choice',
    choices: ENGINES,
    default: 'sim',
    category,
    help:
      'sim is asynchronous and the engine of a simulated device. psync, sync, pvsync, pvsync2 ' +
      'keep one ' +
      'I/O in flight whatever iodepth says; libaio and io_uring are taken as sim; null does ' +
      'nothing, at once.',
  },
  {
    name: 'direct',
    type: 'bool',
    default: '1',
    category,
    help: 'Simulated I/O is direct: there is no page cache. direct=0 is accepted with a warning.',
  },
  {
    name: 'host',
    type: 'string',
    default: null,
    category,
    help: 'The [host NAME] the job runs on; default: the host its device is attached to.',
  },
];
