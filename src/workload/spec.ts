/** What a clone's workload is: plain data, from the plan of its job (runner/workload-spec.ts). */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { OrderSpec } from './order.ts';

export type Access = 'read' | 'write' | 'mixed' | 'copy';

export interface WorkloadSpec {
  readonly access: Access;
  /** 2: copies between devices, each with costs of its own. */
  readonly devices: 1 | 2;
  readonly random: boolean;
  readonly norandommap: boolean;
  readonly order: OrderSpec;
  /** Percent of reads in a mix. */
  readonly readPercent: number;
  readonly depth: number;
  /** Submission and completion are two moments: `issued` is called between them. */
  readonly submission: boolean;
  readonly blockBytes: { readonly read: Bytes; readonly write: Bytes; readonly copy: Bytes };
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  readonly destOffsetBytes: Bytes;
  /** Sources of one copy. */
  readonly numRange: number;
  /** Bytes of one loop. */
  readonly ioSizeBytes: Bytes;
  readonly loops: number;
  readonly numberIos: number | null;
  readonly runtimeNs: Nanoseconds | null;
  readonly timeBased: boolean;
  readonly rampNs: Nanoseconds;
  readonly seeds: readonly number[];
}

/**
 * Bytes of one loop, as fio counts (measured): the region's whole blocks; an io_size of its own is
 * done to the end of the block that reaches it.
 */
export function loopBytes(spec: WorkloadSpec): Bytes {
  if (spec.ioSizeBytes !== spec.sizeBytes) return spec.ioSizeBytes;
  const { read, write, copy } = spec.blockBytes;
  const block = { read, write, copy, mixed: Math.min(read, write) }[spec.access];
  return spec.sizeBytes - (spec.sizeBytes % block);
}

export function isUsed({ access }: WorkloadSpec, direction: 'read' | 'write' | 'copy'): boolean {
  return access === direction || (access === 'mixed' && direction !== 'copy');
}
