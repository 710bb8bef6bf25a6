/**
 * `driver=nvme` (a controller with its first namespace) and `driver=nvme-ns` (a further namespace):
 * their attributes and what is refused. The formulae stand in `device/README.md`.
 */

import { present } from '../../units/assert.ts';
import type {
  AttributeTable,
  AttributeValue,
  AttributeValues,
  DeviceFacts,
  Refusal,
} from '../../units/option.ts';
import { PAGE_BYTES } from '../../units/quantity.ts';
import { DATA_MODES } from '../store/mode.ts';
import { copyMaxBytes } from './limits.ts';
import { controller, NAMESPACE, namespaceOptions, type TimingName, timing } from './options.ts';
import { profiles } from './profiles.ts';

/** io_queue_depth of the Linux driver, at most. */
const QUEUE_DEPTH_MAX = 4095;
export const nvmeAttributes: AttributeTable = {
  model: 'nvme',
  summary: 'an NVMe controller on PCIe with its first namespace',
  options: [...namespaceOptions, ...controller, ...timing],
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
    ...namespaceOptions,
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
    const what = `${size} bytes are no multiple of lba_size=${lba}; give whole logical blocks`;
    refusals.push({ attribute: 'size', what });
  }
  if (values['protection'] === 0 && values['guard'] !== '16b') {
    const what = `guard=${String(values['guard'])} is of protection information, and there is none; give protection=1, 2 or 3`;
    refusals.push({ attribute: 'guard', what });
  }
  if (values['backing_file'] !== null && values['backing_file'] !== undefined) {
    if (values['data'] !== 'file') {
      const what = `data=${String(values['data'])} keeps no file; drop it or give data=file`;
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
    const what = `write_cache=${cache} is less than program_unit=${unit}; give more, or 0`;
    refusals.push({ attribute: 'write_cache', what });
  }
  return refusals;
}

function facts(values: AttributeValues): DeviceFacts {
  const lbaBytes = number(values['lba_size']);
  const mssrl = number(values['mssrl']);
  const mcl = number(values['mcl']);
  return {
    sizeBytes: number(values['size']),
    logicalBlockBytes: lbaBytes,
    copyMaxBytes: copyMaxBytes({ mssrl, mcl, lbaBytes }),
    discards: true,
    data: present(
      DATA_MODES.find((mode) => mode === values['data']),
      'data= of a namespace',
    ),
  };
}

function number(value: AttributeValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
