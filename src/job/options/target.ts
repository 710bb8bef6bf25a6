/** What a job does its I/O to, and through which engine. */

import { FOREIGN_ENGINE } from './fio-engines.ts';
import type { JobOption } from './job-option.ts';

const category = 'target';

export const ENGINES = [
  'sim',
  'psync',
  'sync',
  'pvsync',
  'pvsync2',
  'libaio',
  'io_uring',
  'mmap',
  'null',
] as const;

export const targetOptions: readonly JobOption[] = [
  {
    name: 'filename',
    type: 'string',
    default: null,
    category,
    help:
      'The declared device the job works on, or several, nvme0n1:nvme0n2; where none is declared, ' +
      'the real files or block devices, with $jobname, $jobnum (the clone) and $filenum (0 to ' +
      'nrfiles - 1) replaced; a : that is part of a name is written \\:. Default of real jobs: ' +
      'nrfiles files for each clone, $jobname.$jobnum.$filenum.',
  },
  {
    name: 'dest_filename',
    type: 'string',
    default: null,
    category,
    help:
      'Where copies go, said as in filename: dest_filename=copy.$jobnum gives each clone its own. ' +
      'One for each file, or one for all, where they lie one behind the other. Default: where ' +
      'they come from.',
  },
  {
    name: 'filename_format',
    type: 'string',
    default: null,
    only: 'real',
    category,
    help:
      'Name of the files of each clone where filename is not given, with $jobname, $jobnum and ' +
      '$filenum replaced. Default: $jobname.$jobnum.$filenum.',
  },
  {
    name: 'directory',
    type: 'string',
    default: null,
    only: 'real',
    category,
    help:
      'Folder of the files; goes before each name that does not begin with /. Over several, a:b, ' +
      'clones take turns, but for files that filename names: they lie in the first.',
  },
  {
    name: 'ioengine',
    type: 'choice',
    choices: ENGINES,
    notDone: [
      {
        like: FOREIGN_ENGINE,
        why: `is an engine of fio that coffer does not have; give one of ${ENGINES.join(', ')}`,
      },
    ],
    default: 'sim',
    realDefault: 'psync',
    category,
    help:
      'Simulated: sim is asynchronous; psync, sync, pvsync, pvsync2 keep one I/O in flight ' +
      'whatever iodepth says; libaio and io_uring are taken as sim. Real: psync (sync, pvsync and ' +
      'pvsync2 are the same) and mmap keep one in flight, io_uring and libaio iodepth. null does ' +
      'nothing, at once.',
  },
  {
    name: 'direct',
    type: 'bool',
    default: '1',
    realDefault: '0',
    category,
    help:
      'Past the page cache (O_DIRECT). Simulated I/O is always direct: there, direct=0 is accepted ' +
      'with a warning.',
  },
  {
    name: 'host',
    type: 'string',
    default: null,
    only: 'simulated',
    category,
    help: 'The [host NAME] the job runs on; default: the host its device is attached to.',
  },
];
