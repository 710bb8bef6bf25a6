/**
 * `[device NAME] driver=null_blk`: the configfs attributes by their names, with the kernel's
 * defaults and refusals, and what the house adds (`data`, where it lies). Every name that configfs
 * has is taken; one without effect in the model says so.
 */

import type { AttributeTable, AttributeValues, Option, Refusal } from '../../units/option.ts';
import { DATA_MODES } from '../store/mode.ts';
import { nullBlkConfig, readConfig } from './config.ts';
import { type KernelAttribute, kernelAttributes } from './kernel-attributes.ts';
import { adjust, houseRefusals, kernelRefusals } from './rules.ts';

const CATEGORY = 'null_blk';
const NO_EFFECT = 'Without effect in this model: ';

const HELP: Readonly<Record<string, string>> = {
  badblocks_once: 'A range that was hit once is good from then on.',
  badblocks_partial_io:
    'A request that meets a bad block transfers what lies before it, then fails.',
  blocking: `${NO_EFFECT}whether the driver may sleep does not change its timing here.`,
  blocksize: 'Logical block size: 512, 1024, 2048 or 4096.',
  cache_size:
    'Size of a volatile write cache, for flushes to reach; writing it back costs nothing here.',
  completion_nsec: 'Time to complete a request in hardware; used with irqmode=2 only.',
  copy_max_bytes:
    'Largest copy in one request (copy offload series v20); 0: the device cannot copy.',
  discard: 'Takes discards; needs memory backing.',
  fua: `${NO_EFFECT}a write is as fast with FUA as without.`,
  home_node: `${NO_EFFECT}the simulated host has one node.`,
  hw_queue_depth: 'Requests out at the device at once, for each submission queue.',
  index: `${NO_EFFECT}a device has the name of its section.`,
  irqmode: 'How a request completes: 0 in the submitter, 1 by softirq, 2 by a timer.',
  max_sectors: 'Largest request, in sectors of 512 B; 0: the block layer default of 255.',
  mbps: 'Bandwidth limit in MiB/s, handed out in budgets of 20 ms; 0: none; at most 40960.',
  memory_backed:
    'Keeps data (1 unless data=none): a request copies its bytes under the one lock of the device.',
  no_sched: `${NO_EFFECT}the scheduler is none.`,
  poll_queues: `${NO_EFFECT}polled I/O is not modelled.`,
  power: `${NO_EFFECT}a declared device is powered on.`,
  queue_mode: 'Only 2 (multiqueue) is left in the kernel; 0 becomes 2, 1 is refused.',
  rotational: `${NO_EFFECT}the flag only tells others.`,
  shared_tag_bitmap: `${NO_EFFECT}each submission queue has tags of its own.`,
  shared_tags: `${NO_EFFECT}each device has tags of its own.`,
  size: 'Capacity. configfs counts it in MiB; a job file gives a suffix.',
  submit_queues: 'Submission queues; no more than the host has CPUs.',
  use_per_node_hctx: 'One submission queue per node: the simulated host has one node.',
  virt_boundary: 'Buffers merged into one request may leave no gap but at a page boundary.',
};

const KERNEL_OPTIONS: readonly Option[] = kernelAttributes.map(kernelOption);

const HOUSE_OPTIONS: readonly Option[] = [
  {
    name: 'badblocks',
    type: 'string',
    unit: 'sectors',
    default: null,
    category: CATEGORY,
    help: 'Bad sectors: +start-end sets, -start-end clears; blanks or commas between.',
  },
  {
    name: 'data',
    type: 'choice',
    choices: DATA_MODES,
    default: null,
    category: CATEGORY,
    help: 'Where data lies: a sparse file (default), memory, tags, none (memory_backed=0).',
  },
  {
    name: 'backing_file',
    type: 'string',
    default: null,
    category: CATEGORY,
    help: 'File that data lies in: emptied by a run, kept after it. Default: a scratch file.',
  },
  {
    name: 'backing_directory',
    type: 'string',
    default: null,
    category: CATEGORY,
    help: 'Where the scratch file goes. Default: the folder for temporary files of the system.',
  },
  {
    name: 'overwrite',
    type: 'flag',
    default: '0',
    category: CATEGORY,
    help: 'A backing_file that coffer did not make may be overwritten.',
  },
];

export const nullBlkAttributes: AttributeTable = {
  model: 'null_blk',
  summary: 'the null block device of Linux: a block layer with next to nothing under it',
  options: [...KERNEL_OPTIONS, ...HOUSE_OPTIONS],
  refuse,
  facts: (values) => {
    const config = nullBlkConfig(values);
    return {
      sizeBytes: config.sizeBytes,
      logicalBlockBytes: config.blockBytes,
      copyMaxBytes: config.copyMaxBytes,
      discards: config.discard && config.memoryBacked,
      data: config.data,
    };
  },
  warn,
};

function kernelOption(attribute: KernelAttribute): Option {
  const { name, initial } = attribute;
  const help = HELP[name] ?? '';
  const common = { name, category: CATEGORY, help };
  // One follows `data`; a device that is declared is powered on.
  if (name === 'memory_backed' || name === 'power')
    return { ...common, type: 'bool', default: null };
  if (name === 'completion_nsec') {
    return { ...common, type: 'time', unit: 'ns', default: String(initial), min: 0 };
  }
  if (name === 'copy_max_bytes') {
    return { ...common, type: 'bytes', unit: 'bytes', default: '128m', min: 0 };
  }
  if (name === 'blocksize') {
    return { ...common, type: 'bytes', unit: 'bytes', default: String(initial) };
  }
  if (name === 'irqmode')
    return { ...common, type: 'int', default: String(initial), min: 0, max: 2 };
  if (attribute.type === 'bool') return { ...common, type: 'bool', default: String(initial) };
  if (attribute.countsMib === true) {
    const text = initial % 1024 === 0 ? `${initial / 1024}g` : `${initial}m`;
    return { ...common, type: 'bytes', default: text, min: 0, suffixRequired: true };
  }
  return { ...common, type: 'int', default: String(initial), min: 0, max: 4_294_967_295 };
}

function refuse(values: AttributeValues): readonly Refusal[] {
  const config = readConfig(values);
  const refusals = [...kernelRefusals(config), ...houseRefusals(config)];
  if (values['power'] === false) {
    refusals.push({ attribute: 'power', what: 'a declared device is powered on; leave power out' });
  }
  return refusals;
}

function warn(given: ReadonlySet<string>, values: AttributeValues): readonly Refusal[] {
  const warnings: Refusal[] = [...adjust(readConfig(values)).changes];
  for (const name of given) {
    const help = HELP[name];
    if (help?.startsWith(NO_EFFECT) === true) {
      warnings.push({ attribute: name, what: lowerFirst(help) });
    }
  }
  const config = readConfig(values);
  if (given.has('completion_nsec') && config.irqMode !== 2) {
    const what = `is used with irqmode=2 only, and irqmode is ${config.irqMode}`;
    warnings.push({ attribute: 'completion_nsec', what });
  }
  if (given.has('cache_size') && config.cacheBytes > 0 && config.memoryBacked) {
    const what = 'flushes reach the device, but what writing the cache back costs is not modelled';
    warnings.push({ attribute: 'cache_size', what });
  }
  return warnings;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
