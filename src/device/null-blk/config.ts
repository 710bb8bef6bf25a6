/**
 * The attributes of a null_blk device as typed values. `readConfig` takes them as they were set,
 * `nullBlkConfig` as the device runs with them: what the kernel changes at power on is changed here
 * too (rules.ts). Attributes without effect in the model are not in it.
 */

import { assert } from '../../units/assert.ts';
import type { AttributeValues } from '../../units/option.ts';
import type { Bytes, Nanoseconds, Sectors } from '../../units/quantity.ts';
import { DATA_MODES, type DataMode } from '../store/mode.ts';
import { adjust } from './rules.ts';

/** How a request's end is told: 0 in the submitter's context, 1 by softirq, 2 by a timer. */
export type IrqMode = number;

export interface NullBlkConfig {
  readonly sizeBytes: Bytes;
  readonly blockBytes: Bytes;
  readonly queueMode: number;
  readonly submitQueues: number;
  readonly hwQueueDepth: number;
  readonly usePerNodeHctx: boolean;
  readonly irqMode: IrqMode;
  readonly completionNs: Nanoseconds;
  /** 0: the block layer's own default. */
  readonly maxSectors: Sectors;
  readonly virtBoundary: boolean;
  readonly memoryBacked: boolean;
  readonly blocking: boolean;
  readonly discard: boolean;
  readonly cacheBytes: Bytes;
  /** MiB/s; 0: no limit. */
  readonly mbps: number;
  /** `+start-end` and `-start-end` in sectors, in the order they are applied. */
  readonly badblocks: string;
  readonly badblocksOnce: boolean;
  readonly badblocksPartialIo: boolean;
  /** 0: the device cannot copy. */
  readonly copyMaxBytes: Bytes;
  readonly data: DataMode;
  readonly backingFile: string | null;
  readonly backingDirectory: string | null;
  readonly overwrite: boolean;
}

export function nullBlkConfig(attributes: AttributeValues): NullBlkConfig {
  return adjust(readConfig(attributes)).config;
}

export function readConfig(values: AttributeValues): NullBlkConfig {
  return {
    sizeBytes: number(values, 'size'),
    blockBytes: number(values, 'blocksize'),
    queueMode: number(values, 'queue_mode'),
    submitQueues: number(values, 'submit_queues'),
    hwQueueDepth: number(values, 'hw_queue_depth'),
    usePerNodeHctx: boolean(values, 'use_per_node_hctx'),
    irqMode: number(values, 'irqmode'),
    completionNs: number(values, 'completion_nsec'),
    maxSectors: number(values, 'max_sectors'),
    virtBoundary: boolean(values, 'virt_boundary'),
    memoryBacked: memoryBacked(values),
    blocking: boolean(values, 'blocking'),
    discard: boolean(values, 'discard'),
    cacheBytes: number(values, 'cache_size'),
    mbps: number(values, 'mbps'),
    badblocks: text(values, 'badblocks') ?? '',
    badblocksOnce: boolean(values, 'badblocks_once'),
    badblocksPartialIo: boolean(values, 'badblocks_partial_io'),
    copyMaxBytes: number(values, 'copy_max_bytes'),
    data: dataMode(values),
    backingFile: text(values, 'backing_file'),
    backingDirectory: text(values, 'backing_directory'),
    overwrite: boolean(values, 'overwrite'),
  };
}

/**
 * Each of `data` and `memory_backed` follows the other; with neither given, data lies in a file.
 */
function dataMode(values: AttributeValues): DataMode {
  const data = text(values, 'data');
  if (data === null) return values['memory_backed'] === false ? 'none' : 'file';
  const mode = DATA_MODES.find((candidate) => candidate === data);
  assert(mode !== undefined, 'the choices of data are checked by the table');
  return mode;
}

function memoryBacked(values: AttributeValues): boolean {
  const given = values['memory_backed'];
  if (given === null || given === undefined) return dataMode(values) !== 'none';
  return boolean(values, 'memory_backed');
}

function number(values: AttributeValues, name: string): number {
  const value = values[name];
  assert(typeof value === 'number', `null_blk: ${name} is a number`);
  return value;
}

/** A flag that was not given may be absent. */
function boolean(values: AttributeValues, name: string): boolean {
  const value = values[name] ?? false;
  assert(typeof value === 'boolean', `null_blk: ${name} is 0 or 1`);
  return value;
}

function text(values: AttributeValues, name: string): string | null {
  const value = values[name] ?? null;
  assert(value === null || typeof value === 'string', `null_blk: ${name} is a text`);
  return value;
}
