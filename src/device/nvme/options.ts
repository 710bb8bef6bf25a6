/**
 * The options of driver=nvme and driver=nvme-ns: name, type, default, help. What is refused stands
 * in attributes.ts, the profiles in profiles.ts.
 */

import type { Option } from '../../units/option.ts';
import { DATA_MODES } from '../store/mode.ts';
import { EXAMPLE } from './profiles.ts';

const TIMING = 'nvme timing';
const CONTROLLER = 'nvme controller';
export const NAMESPACE = 'nvme namespace';
const DATA = 'data';

const MSSRL_MAX = 0xffff;
const MCL_MAX = 0xffff_ffff;
const MSRC_MAX = 0xff;

export type TimingName = keyof typeof EXAMPLE;

function timed(name: TimingName, type: 'time' | 'rate' | 'bytes' | 'int', help: string): Option {
  const units = { time: 'ns', rate: 'bytes/s', bytes: 'bytes', int: name };
  return { name, type, unit: units[type], default: EXAMPLE[name], category: TIMING, help };
}

export const timing: readonly Option[] = [
  timed('channels', 'int', 'Flash channels; pages are striped over channels first, then dies.'),
  timed('dies', 'int', 'Dies on each channel; one reads or programs one page or unit at a time.'),
  timed('page_size', 'bytes', 'Flash page: what one array read (tR) of a die brings up.'),
  timed('read_latency', 'time', 'tR: array read of one page.'),
  timed('program_latency', 'time', 'tPROG: programming one program_unit.'),
  timed('program_unit', 'bytes', 'What a die programs at once; a multiple of page_size.'),
  timed(
    'channel_bandwidth',
    'rate',
    'Transfer between the dies of one channel and the controller.',
  ),
  timed('pcie_bandwidth', 'rate', 'PCIe link, each way, headers already taken off.'),
  timed('pcie_latency', 'time', 'PCIe, one way, from sending to arrival, without the transfer.'),
  timed('command_time', 'time', 'Command processor time per command; there is one processor.'),
  timed(
    'firmware_read_latency',
    'time',
    'Added to each read before the media; reads do not queue here.',
  ),
  timed(
    'write_cache',
    'bytes',
    'Volatile write cache; 0: none, a write ends when it is programmed.',
  ),
  timed(
    'write_cache_latency',
    'time',
    'From the data in the controller to a write held by its cache.',
  ),
  timed('copy_bandwidth', 'rate', 'Internal copy engine, shared by all Copy commands.'),
  timed('copy_setup', 'time', 'Added once to each Copy command.'),
  timed('clone_time', 'time', 'Mapping update per range of a Copy with copy_engine=clone.'),
  timed(
    'deallocate_time',
    'time',
    'Mapping update of a Dataset Management or Write Zeroes command.',
  ),
];

const data: readonly Option[] = [
  {
    name: 'data',
    type: 'choice',
    choices: DATA_MODES,
    default: 'file',
    category: DATA,
    help: 'Where content is kept: a sparse file, memory, 8-byte tags per logical block, nowhere.',
  },
  {
    name: 'backing_file',
    type: 'string',
    default: null,
    category: DATA,
    help: 'File of data=file, kept afterwards; without it a scratch file is made and removed.',
  },
  {
    name: 'backing_directory',
    type: 'string',
    default: null,
    category: DATA,
    help: "Where scratch backing files go; default: the system's temporary folder.",
  },
  {
    name: 'overwrite',
    type: 'flag',
    default: '0',
    category: DATA,
    help: 'Take a backing_file that exists and was not made by coffer.',
  },
];

function copyLimit(name: 'mssrl' | 'mcl' | 'msrc', max: number, help: string): Option {
  return {
    name,
    type: 'int',
    unit: name === 'msrc' ? 'ranges, 0-based' : 'logical blocks',
    default: EXAMPLE[name],
    min: 0,
    max,
    category: NAMESPACE,
    help,
  };
}

export const namespaceOptions: readonly Option[] = [
  {
    name: 'size',
    type: 'bytes',
    unit: 'bytes',
    default: '64g',
    category: NAMESPACE,
    help: 'Size of the namespace: a multiple of lba_size.',
  },
  {
    name: 'lba_size',
    type: 'bytes',
    unit: 'bytes',
    default: '4096',
    category: NAMESPACE,
    help: 'Logical block: 512, 1024, 2048 or 4096 bytes.',
  },
  copyLimit(
    'mssrl',
    MSSRL_MAX,
    'Longest single source range of a Copy; 0: the namespace cannot copy.',
  ),
  copyLimit(
    'mcl',
    MCL_MAX,
    'Longest Copy, all ranges; 0: cannot copy. Linux v20 looks at mssrl only.',
  ),
  copyLimit('msrc', MSRC_MAX, 'Most source ranges of a Copy, less one.'),
  {
    name: 'protection',
    type: 'int',
    unit: 'type',
    default: '0',
    min: 0,
    max: 3,
    later: true,
    category: NAMESPACE,
    help: 'Protection information, type 1, 2 or 3; 0: none. Its metadata crosses no link.',
  },
  {
    name: 'guard',
    type: 'choice',
    choices: ['16b', '32b', '64b'],
    default: '16b',
    later: true,
    category: NAMESPACE,
    help: 'Guard of the protection information; 32b and 64b need descriptor format 1 or 3.',
  },
  {
    name: 'copy_group',
    type: 'int',
    unit: 'group',
    default: '1',
    min: 1,
    later: true,
    category: NAMESPACE,
    help: 'Namespaces of one group can copy to one another; others end with Not Reachable.',
  },
  ...data,
];

export const controller: readonly Option[] = [
  {
    name: 'mdts',
    type: 'int',
    unit: 'power of two, in pages of 4 KiB',
    default: '7',
    min: 0,
    max: 20,
    category: CONTROLLER,
    help: 'Largest transfer of one command is 4 KiB << mdts; 0: no limit. Not for Copy.',
  },
  {
    name: 'queues',
    type: 'int',
    unit: 'queue pairs',
    default: null,
    category: CONTROLLER,
    help: 'I/O queue pairs the controller offers; default: one per CPU of the host, 64 at most.',
  },
  {
    name: 'queue_depth',
    type: 'int',
    unit: 'commands',
    default: '1023',
    category: CONTROLLER,
    help: 'Commands that each I/O queue holds in flight; the queue has one entry more.',
  },
  {
    name: 'behavior',
    type: 'choice',
    choices: ['spec', 'qemu'],
    default: 'spec',
    category: CONTROLLER,
    help: 'Whose order of checks Copy follows: as the specification has it, or QEMU 10.',
  },
  {
    name: 'copy_engine',
    type: 'choice',
    choices: ['media', 'clone'],
    default: 'media',
    category: CONTROLLER,
    help: 'media: Copy moves data through the copy engine; clone: it shares blocks and moves none.',
  },
  {
    name: 'copy_formats',
    type: 'int',
    unit: 'bits',
    default: '1',
    min: 1,
    max: 15,
    later: true,
    category: CONTROLLER,
    help: 'OCFS: bit n is source range descriptor format n; 2 and 3 name the source namespace.',
  },
  {
    name: 'fast_copy',
    type: 'bool',
    default: null,
    later: true,
    category: CONTROLLER,
    help: 'Takes ranges that ask for fast copy only; default: 1 with copy_engine=clone, else 0.',
  },
  {
    name: 'copy_commands',
    type: 'int',
    unit: 'commands',
    default: null,
    min: 1,
    later: true,
    category: CONTROLLER,
    help: 'Copy commands at once; one more ends with Insufficient Resources. Default: any number.',
  },
];
