/** The columns that say which run a row belongs to, how it ended, and what was asked of it. */

import type { ClockKind, Direction, Path } from '../../job/plan.ts';
import type { Column } from '../column.ts';

export const STATES = [
  'done',
  'failed',
  'short',
  'interrupted',
  'crashed',
  'overloaded',
  'not_run',
] as const;
export type State = (typeof STATES)[number];

const CLOCKS = ['virtual', 'wall'] as const satisfies readonly ClockKind[];
const DIRECTION_NAMES = ['read', 'write', 'trim', 'copy'] as const satisfies readonly Direction[];
export const PATHS = ['offload', 'emulation', 'read-write'] as const satisfies readonly Path[];

const KEY = {
  subject: 'which run',
  kind: 'key',
  type: 'string',
  unit: null,
  better: null,
} as const;
const OUTCOME = {
  subject: 'how it ended',
  kind: 'exact',
  type: 'string',
  unit: null,
  better: null,
} as const;
const ASKED = {
  subject: 'what was asked',
  kind: 'parameter',
  type: 'string',
  unit: null,
  better: null,
} as const;

export const IDENTITY = [
  {
    ...KEY,
    name: 'schema_version',
    kind: 'provenance',
    type: 'integer',
    label: 'schema',
    required: true,
    meaning: 'Version of this table of columns; another version is refused, not guessed at.',
  },
  {
    ...KEY,
    name: 'job_file',
    label: 'job file',
    required: true,
    meaning: 'Name of the job file, without its directories.',
  },
  {
    ...KEY,
    name: 'group',
    type: 'integer',
    label: 'group',
    meaning:
      'Reporting group, counted from 0 as fio does: stonewall and new_group begin a new one. ' +
      'Empty for `background:DEVICE`.',
  },
  {
    ...KEY,
    name: 'job',
    label: 'job',
    required: true,
    meaning:
      'Name of the job section; of a row that sums a group (`group_reporting`), its first with ' +
      'I/Os of this direction; `background:DEVICE` for what a device did and no job caused.',
  },
  {
    ...KEY,
    name: 'clone',
    type: 'integer',
    label: 'clone',
    meaning:
      'Which of the `numjobs` clones, counted from 0; empty for a row that sums several ' +
      '(`group_reporting`) and for `background:DEVICE`.',
  },
  {
    ...KEY,
    name: 'point',
    label: 'point',
    meaning:
      'The swept options, canonical and sorted, as `bs=4k iodepth=32`; empty without a sweep.',
  },
  {
    ...KEY,
    name: 'plan_sha256',
    kind: 'parameter',
    label: 'plan',
    required: true,
    meaning:
      'First 16 hex digits of the SHA-256 of the plan less point and repetition: ' +
      'rows with different digests answer different questions.',
  },
  {
    ...KEY,
    name: 'repetition',
    type: 'integer',
    label: 'repetition',
    required: true,
    meaning: 'Which repetition of the point, from 1 to `repeat`.',
  },
] as const satisfies readonly Column[];

export const OUTCOMES = [
  {
    ...OUTCOME,
    name: 'state',
    label: 'state',
    choices: STATES,
    required: true,
    meaning: 'How the run ended; see the states above.',
  },
  {
    ...OUTCOME,
    name: 'error',
    explains: 'state',
    label: 'error',
    meaning: 'Why the state is not `done`, in one sentence; empty when it is.',
  },
] as const satisfies readonly Column[];

export const PARAMETERS = [
  {
    ...ASKED,
    name: 'device',
    label: 'device',
    meaning:
      'The device the job runs on, as declared, or the path of the real file or block device (of ' +
      'the first clone); of a copy, the source.',
  },
  {
    ...ASKED,
    name: 'driver',
    label: 'driver',
    meaning:
      'The model of that device, as `driver=` names it: `null_blk`, `nvme`, `nvme-ns`; of a real ' +
      'target what it is: `file`, `block`.',
  },
  {
    ...ASKED,
    name: 'clock',
    label: 'clock',
    choices: CLOCKS,
    required: true,
    meaning: '`virtual`: time is what the models say, and exact; `wall`: time is a sample.',
  },
  {
    ...ASKED,
    name: 'rw',
    kind: 'key',
    label: 'rw',
    meaning:
      'The kind of I/O asked for, in the words of `rw=`; of a group, that of the job which names ' +
      'the row: group, job and direction tell it from every other. Empty for `background:DEVICE`.',
  },
  {
    ...ASKED,
    name: 'direction',
    kind: 'key',
    label: 'direction',
    choices: DIRECTION_NAMES,
    meaning:
      'Which I/Os of the job this row is about; a mix has a row for each direction. ' +
      'Empty for `background:DEVICE`.',
  },
  {
    ...ASKED,
    name: 'path',
    label: 'path',
    choices: PATHS,
    meaning:
      'The path asked for by a copy (the path taken is counted in `*_bytes` below). ' +
      'Empty for reads, writes and `background:DEVICE`.',
  },
  {
    ...ASKED,
    name: 'copy_api',
    label: 'copy api',
    meaning:
      'How an offloaded copy travels: through the block layer, named for the kernel proposal; on ' +
      'real files the system call. Empty where nothing is to be offloaded.',
  },
  {
    ...ASKED,
    name: 'bs_bytes',
    type: 'integer',
    unit: 'bytes',
    label: 'bs',
    meaning: 'Block size of one I/O; of a copy, of one range. Empty where I/Os have several sizes.',
  },
  {
    ...ASKED,
    name: 'block_sizes',
    label: 'block sizes',
    meaning:
      'Where I/Os have several sizes, those of `bsrange` or `bssplit`: `4k-64k`, `4k/50:64k/50`; ' +
      'of `bs_is_seq_rand` first of sequential I/O, then of random.',
  },
  {
    ...ASKED,
    name: 'num_range',
    type: 'integer',
    label: 'ranges',
    meaning: 'Source ranges of one copy; empty for reads and writes.',
  },
  {
    ...ASKED,
    name: 'ioengine',
    label: 'engine',
    meaning:
      'How the job asks for its I/O: `sim`, `psync` and `null` in a simulated world; `psync`, ' +
      '`io_uring`, `libaio`, `mmap` and `null` on real files and block devices.',
  },
  {
    ...ASKED,
    name: 'direct',
    type: 'boolean',
    label: 'direct',
    meaning:
      'On real targets, whether O_DIRECT went past the page cache. Empty in a simulated world.',
  },
  {
    ...ASKED,
    name: 'iodepth',
    type: 'integer',
    label: 'iodepth',
    meaning: 'I/Os that each clone keeps in flight: 1 for a synchronous engine.',
  },
  {
    ...ASKED,
    name: 'stamps',
    label: 'stamps',
    choices: ['io', 'batch'],
    meaning:
      'On real targets: whether the clock was read for each I/O, or once for all that a system ' +
      'call handed over or brought. Empty in a simulated world.',
  },
  {
    ...ASKED,
    name: 'numjobs',
    type: 'integer',
    label: 'numjobs',
    meaning: 'Clones of the job; of a group, of all its jobs that the row sums.',
  },
  {
    ...ASKED,
    name: 'seed',
    type: 'integer',
    label: 'seed',
    meaning: 'Seed of the random streams of the job (`randseed`).',
  },
] as const satisfies readonly Column[];
