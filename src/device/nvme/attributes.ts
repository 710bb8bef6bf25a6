/**
 * `driver=nvme` (a controller with its first namespace) and `driver=nvme-ns` (a further namespace): their
 * attributes, what each costs in time, and what is refused. The formulae stand in `device/README.md`.
 */

import type {
  AttributeTable,
  AttributeValue,
  AttributeValues,
  DeviceFacts,
  Option,
  Refusal,
} from '../../units/option.ts';
import { PAGE_BYTES } from '../../units/quantity.ts';
import { DATA_MODES } from '../store/mode.ts';
import { EXAMPLE, profiles } from './profiles.ts';

const TIMING = 'nvme timing';
const CONTROLLER = 'nvme controller';
const NAMESPACE = 'nvme namespace';
const DATA = 'data';

/** BLK_COPY_MAX_BYTES of the copy offload series v20. */
const COPY_MAX_BYTES = 128 * 1024 * 1024;
/** io_queue_depth of the Linux driver, at most. */
const QUEUE_DEPTH_MAX = 4095;
const MSSRL_MAX = 0xffff;
const MCL_MAX = 0xffff_ffff;
const MSRC_MAX = 0xff;

type TimingName = keyof typeof EXAMPLE;

function timed(name: TimingName, type: 'time' | 'rate' | 'bytes' | 'int', help: string): Option {
  const units = { time: 'ns', rate: 'bytes/s', bytes: 'bytes', int: name };
  return { name, type, unit: units[type], default: EXAMPLE[name], category: TIMING, help };
}

const timing: readonly Option[] = [
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
    help: 'Where the content is kept: a sparse file, memory, 8-byte tags per logical block, or nowhere.',
  },
  {
    name: 'backing_file',
    type: 'string',
    default: null,
    category: DATA,
    help: 'Backing file of data=file, kept afterwards; without it a scratch file is made and removed.',
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

function namespaceOptions(copyDefaults: boolean): readonly Option[] {
  const blocks = (name: 'mssrl' | 'mcl' | 'msrc', max: number, help: string): Option => ({
    name,
    type: 'int',
    unit: name === 'msrc' ? 'ranges, 0-based' : 'logical blocks',
    default: copyDefaults ? EXAMPLE[name] : '128',
    min: 0,
    max,
    category: NAMESPACE,
    help,
  });
  return [
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
    blocks(
      'mssrl',
      MSSRL_MAX,
      'Longest single source range of a Copy; 0: the namespace cannot copy.',
    ),
    blocks(
      'mcl',
      MCL_MAX,
      'Longest Copy, all ranges; 0: cannot copy. Linux v20 looks at mssrl only.',
    ),
    { ...blocks('msrc', MSRC_MAX, 'Most source ranges of a Copy, less one.'), default: '127' },
    ...data,
  ];
}

const controller: readonly Option[] = [
  {
    name: 'mdts',
    type: 'int',
    unit: 'power of two, in pages of 4 KiB',
    default: '7',
    min: 0,
    max: 20,
    category: CONTROLLER,
    help: 'Largest data transfer of one command is 4 KiB << mdts; 0: no limit. Copy is not bound by it.',
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
    help: 'Whose order of checks Copy follows: the specification, or QEMU 10 with its reading of it.',
  },
  {
    name: 'copy_engine',
    type: 'choice',
    choices: ['media', 'clone'],
    default: 'media',
    category: CONTROLLER,
    help: 'media: Copy moves data through the copy engine; clone: it shares blocks and moves none.',
  },
];

export const nvmeAttributes: AttributeTable = {
  model: 'nvme',
  summary: 'an NVMe controller on PCIe with its first namespace',
  options: [...namespaceOptions(true), ...controller, ...timing],
  profiles,
  refuse: (values) => [
    ...refuseNamespace(values),
    ...refuseQueues(values),
    ...refuseTiming(values),
    ...refuseMedia(values),
  ],
  facts,
};

export const nvmeNamespaceAttributes: AttributeTable = {
  model: 'nvme-ns',
  summary: 'a further namespace of an NVMe controller',
  options: [
    {
      name: 'controller',
      type: 'string',
      default: null,
      category: NAMESPACE,
      help: 'The device of driver=nvme that this namespace belongs to.',
    },
    ...namespaceOptions(false),
  ],
  refuse: (values) => {
    const refusals = refuseNamespace(values);
    if (values['controller'] !== null && values['controller'] !== undefined) return refusals;
    const what =
      'a namespace belongs to a controller; give controller=NAME of a device with driver=nvme';
    return [{ attribute: 'controller', what }, ...refusals];
  },
  facts,
};

function refuseNamespace(values: AttributeValues): Refusal[] {
  const refusals: Refusal[] = [];
  const lba = number(values['lba_size']);
  const size = number(values['size']);
  const lbaGood = [512, 1024, 2048, 4096].includes(lba);
  if (!lbaGood) {
    const what = `lba_size=${lba} is no logical block size; give 512, 1024, 2048 or 4096`;
    refusals.push({ attribute: 'lba_size', what });
  }
  if (size <= 0) {
    refusals.push({ attribute: 'size', what: 'a namespace of no bytes; give a size' });
  } else if (lbaGood && size % lba !== 0) {
    const what = `${size} bytes are no multiple of lba_size=${lba}; round it to whole logical blocks`;
    refusals.push({ attribute: 'size', what });
  }
  if (values['backing_file'] !== null && values['backing_file'] !== undefined) {
    if (values['data'] !== 'file') {
      const what = `data=${String(values['data'])} keeps no file; drop backing_file or set data=file`;
      refusals.push({ attribute: 'backing_file', what });
    }
  }
  return refusals;
}

function refuseQueues(values: AttributeValues): Refusal[] {
  const refusals: Refusal[] = [];
  const depth = number(values['queue_depth']);
  if (depth < 1 || depth > QUEUE_DEPTH_MAX) {
    const what =
      depth < 1
        ? `queue_depth=${depth} leaves no entry to put a command in; give 1 to ${QUEUE_DEPTH_MAX}`
        : `queue_depth=${depth} is more than Linux uses; give 1 to ${QUEUE_DEPTH_MAX}`;
    refusals.push({ attribute: 'queue_depth', what });
  }
  const queues = values['queues'];
  if (typeof queues === 'number' && (queues < 1 || queues > 0xffff)) {
    const what = `queues=${queues}: a controller offers 1 to 65535 I/O queue pairs`;
    refusals.push({ attribute: 'queues', what });
  }
  return refusals;
}

/** What divides must not be 0. */
const POSITIVE: readonly TimingName[] = [
  'channels',
  'dies',
  'page_size',
  'program_unit',
  'channel_bandwidth',
  'pcie_bandwidth',
  'copy_bandwidth',
];

function refuseTiming(values: AttributeValues): Refusal[] {
  const refusals: Refusal[] = [];
  for (const { name } of timing) {
    if (number(values[name]) < 0) {
      refusals.push({ attribute: name, what: `${name} is below 0; give 0 or more` });
    }
  }
  for (const name of POSITIVE) {
    if (number(values[name]) === 0) {
      refusals.push({
        attribute: name,
        what: `${name}=0 would never move a byte; give more than 0`,
      });
    }
  }
  for (const name of ['channels', 'dies'] as const) {
    if (number(values[name]) > 4096) {
      refusals.push({ attribute: name, what: `more than 4096 ${name}; give 1 to 4096` });
    }
  }
  return refusals;
}

function refuseMedia(values: AttributeValues): Refusal[] {
  const refusals: Refusal[] = [];
  const page = number(values['page_size']);
  const unit = number(values['program_unit']);
  const cache = number(values['write_cache']);
  if (page > 0 && (page < PAGE_BYTES || page > 65536 || (page & (page - 1)) !== 0)) {
    const what = `page_size=${page} is no flash page; give 4k, 8k, 16k, 32k or 64k`;
    refusals.push({ attribute: 'page_size', what });
  }
  if (page > 0 && unit > 0 && unit % page !== 0) {
    const what = `program_unit=${unit} is no multiple of page_size=${page}`;
    refusals.push({ attribute: 'program_unit', what });
  }
  if (cache > 0 && cache < unit) {
    const what = `write_cache=${cache} holds less than one program_unit of ${unit}; enlarge it or give 0`;
    refusals.push({ attribute: 'write_cache', what });
  }
  return refusals;
}

function facts(values: AttributeValues): DeviceFacts {
  const lba = number(values['lba_size']);
  const data = values['data'];
  // MCL is not looked at but for 0: see limits.ts.
  const copyMaxBytes = Math.min(number(values['mssrl']) * lba, COPY_MAX_BYTES - lba);
  return {
    sizeBytes: number(values['size']),
    logicalBlockBytes: lba,
    copyMaxBytes: number(values['mcl']) === 0 ? 0 : copyMaxBytes,
    data: typeof data === 'string' ? data : 'none',
  };
}

function number(value: AttributeValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
