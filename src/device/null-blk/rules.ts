/**
 * What null_blk refuses and what it changes at power on: null_validate_conf and null_config_discard
 * of drivers/block/null_blk/main.c, blk_validate_limits of block/blk-settings.c,
 * blk_mq_alloc_tag_set. One source for the job file (attributes.ts) and for the model of the
 * configfs directory (configfs.ts).
 *
 * A job file is held more strictly than configfs: what the kernel would drop in silence is refused.
 */

import type { Refusal } from '../../units/option.ts';
import { PAGE_BYTES, SECTOR_BYTES } from '../../units/quantity.ts';
import { BadBlocks, listChanges } from './badblocks.ts';
import type { NullBlkConfig } from './config.ts';

/** 1024 * 40 MiB/s: null_validate_conf caps mbps there. */
const MBPS_MAX = 40_960;
/** NULL_IRQ_TIMER */
const IRQ_MODE_MAX = 2;
/** Simulated hosts have one NUMA node. */
const NODES = 1;
/** BLK_MQ_MAX_DEPTH */
const DEPTH_MAX = 10_240;
/** NULL_Q_MQ: the only queue mode there is today. */
const QUEUE_MODE_MQ = 2;
const PAGE_SECTORS = PAGE_BYTES / SECTOR_BYTES;

/** EINVAL at power on (submit_queues: already when it is written). */
export function kernelRefusals(config: NullBlkConfig): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (broken: boolean, attribute: string, what: string): void => {
    if (broken) refusals.push({ attribute, what });
  };
  const { blockBytes, maxSectors } = config;
  refuse(
    !isBlockSize(blockBytes),
    'blocksize',
    `invalid logical block size (${blockBytes}); give 512, 1024, 2048 or 4096`,
  );
  refuse(
    config.queueMode === 1,
    'queue_mode',
    'the legacy I/O path (1) is no longer available; give 2 (multiqueue) or leave it out',
  );
  refuse(
    config.queueMode > QUEUE_MODE_MQ,
    'queue_mode',
    `there is no mode ${config.queueMode}; give 2 (multiqueue) or leave it out`,
  );
  refuse(
    config.hwQueueDepth === 0,
    'hw_queue_depth',
    'a depth of 0 leaves no tag to send a request with; give 1 or more',
  );
  refuse(
    config.submitQueues === 0,
    'submit_queues',
    '0 leaves no hardware queue to submit to; give 1 or more',
  );
  refuse(
    maxSectors !== 0 && maxSectors < PAGE_SECTORS,
    'max_sectors',
    `${maxSectors} sectors do not hold a page; give 0 (the default) or ${PAGE_SECTORS} or more`,
  );
  return refusals;
}

/** What only a job file is refused for. */
export function houseRefusals(config: NullBlkConfig): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (broken: boolean, attribute: string, what: string): void => {
    if (broken) refusals.push({ attribute, what });
  };
  const { blockBytes, sizeBytes, copyMaxBytes, data, memoryBacked } = config;
  const whole = isBlockSize(blockBytes);
  refuse(sizeBytes === 0, 'size', 'a device of no bytes holds no I/O; give a size, as size=4g');
  refuse(
    whole && sizeBytes % blockBytes !== 0,
    'size',
    `${sizeBytes} bytes are no multiple of blocksize (${blockBytes}); round it`,
  );
  refuse(
    whole && copyMaxBytes % blockBytes !== 0,
    'copy_max_bytes',
    `${copyMaxBytes} bytes are no multiple of blocksize (${blockBytes}); round it (0: cannot copy)`,
  );
  refuse(
    memoryBacked && data === 'none',
    'memory_backed',
    'memory_backed=1 keeps data and data=none keeps none; leave one of them out',
  );
  refuse(
    !memoryBacked && data !== 'none',
    'memory_backed',
    `memory_backed=0 keeps no data and data=${data} does; give data=none or leave one of them out`,
  );
  refuse(
    config.discard && !memoryBacked,
    'discard',
    'the kernel ignores discard=1 without memory backing; leave memory_backed=0 and data=none out',
  );
  refuse(
    data !== 'file' && config.backingFile !== null,
    'backing_file',
    `data=${data} keeps no file; give data=file or leave backing_file out`,
  );
  refusals.push(...badblocksRefusals(config.badblocks));
  return refusals;
}

export interface Adjusted {
  readonly config: NullBlkConfig;
  /** What was changed and why, for the warnings of a job file. */
  readonly changes: readonly Refusal[];
}

/** What null_validate_conf turns into something else, with or without a message. */
export function adjust(config: NullBlkConfig): Adjusted {
  const changes: Refusal[] = [];
  const change = (attribute: string, what: string): void => {
    changes.push({ attribute, what });
  };
  if (config.queueMode === 0) {
    change(
      'queue_mode',
      'the bio-based I/O path (0) is no longer available: 2 (multiqueue) is used',
    );
  }
  if (config.usePerNodeHctx && config.submitQueues !== NODES) {
    change('submit_queues', `use_per_node_hctx=1 makes it the number of nodes, ${NODES}`);
  }
  if (config.mbps > MBPS_MAX) change('mbps', `${config.mbps} MiB/s are capped at ${MBPS_MAX}`);
  if (config.hwQueueDepth > DEPTH_MAX) {
    change('hw_queue_depth', `${config.hwQueueDepth} tags are reduced to ${DEPTH_MAX}`);
  }
  if (config.cacheBytes > 0 && !config.memoryBacked) {
    change('cache_size', 'a cache is meaningless without memory backing: there is none');
  }
  const adjusted: NullBlkConfig = {
    ...config,
    queueMode: config.queueMode === 0 ? QUEUE_MODE_MQ : config.queueMode,
    submitQueues: config.usePerNodeHctx ? NODES : config.submitQueues,
    hwQueueDepth: Math.min(config.hwQueueDepth, DEPTH_MAX),
    irqMode: Math.min(config.irqMode, IRQ_MODE_MAX),
    mbps: Math.min(config.mbps, MBPS_MAX),
    cacheBytes: config.memoryBacked ? config.cacheBytes : 0,
    blocking: config.blocking || config.memoryBacked,
    discard: config.discard && config.memoryBacked,
  };
  return { config: adjusted, changes };
}

function isBlockSize(bytes: number): boolean {
  return bytes >= SECTOR_BYTES && bytes <= PAGE_BYTES && (bytes & (bytes - 1)) === 0;
}

function badblocksRefusals(text: string): readonly Refusal[] {
  const table = new BadBlocks();
  const refusals: Refusal[] = [];
  for (const change of listChanges(text)) {
    if (table.change(change)) continue;
    const what = 'write +start-end or -start-end in sectors, at most 512 ranges of 512 in all';
    refusals.push({ attribute: 'badblocks', what: `'${change}' is not taken: ${what}` });
  }
  return refusals;
}
