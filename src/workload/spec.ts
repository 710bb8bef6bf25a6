/** What a clone's workload is: plain data, from the plan of its job (runner/workload-spec.ts). */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { smallestOf } from '../units/sizes.ts';
import type { EndsSpec } from './ends.ts';
import type { FilesSpec } from './files.ts';
import type { IologSpec } from './iolog.ts';
import type { OrderSpec, SizesSpec } from './order.ts';
import type { PaceSpec } from './pace.ts';
import type { SlotDirection } from './slots.ts';
import type { VerifySpec } from './verify-spec.ts';

/** `trimwrite`: each block is trimmed, then written. */
export type Access = 'read' | 'write' | 'mixed' | 'trim' | 'trimwrite' | 'copy';

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
  /** Once depth is reached, it empties to so many before it is filled again; depth: it need not. */
  readonly iodepthLow: number;
  /**
   * No two I/Os in flight touch the same blocks: by file, whether its copies go to another one.
   * null: they may.
   */
  readonly serializeOverlap: readonly boolean[] | null;
  /** Submission and completion are two moments: `issued` is called between them. */
  readonly submission: boolean;
  /** Of one I/O, or the largest. */
  readonly blockBytes: Readonly<Record<SlotDirection, Bytes>>;
  /** null: all I/Os of a direction are of one size, and aligned to it. */
  readonly sizes: SizesSpec | null;
  /** null: one, which the next three are about. */
  readonly files: FilesSpec | null;
  readonly offsetBytes: Bytes;
  /** Of all files together. */
  readonly sizeBytes: Bytes;
  readonly destOffsetBytes: Bytes;
  /** Sources of one copy, or ranges of one trim. */
  readonly numRange: number;
  /** Bytes of one loop. */
  readonly ioSizeBytes: Bytes;
  readonly loops: number;
  readonly numberIos: number | null;
  readonly runtimeNs: Nanoseconds | null;
  readonly timeBased: boolean;
  readonly rampNs: Nanoseconds;
  /** The ramp ends when so many have been moved; null: by its time. */
  readonly rampBytes: Bytes | null;
  /** null: as fast as depth lets it. */
  readonly pace: PaceSpec | null;
  /** null: nothing of what is read or written is verified. */
  readonly verification: VerifySpec | null;
  /** Errors that do not end the job. */
  readonly continueOnError: Readonly<Record<SlotDirection, boolean>>;
  /** null: what is measured ends nothing. */
  readonly ends: EndsSpec | null;
  /** I/Os that are replayed; null: they are made up as all else here says. */
  readonly iolog: IologSpec | null;
  readonly seeds: readonly number[];
}

/**
 * Bytes of one loop, as fio counts (measured): the region's whole blocks; an io_size of its own is
 * done to the end of the block that reaches it.
 */
export function loopBytes(spec: WorkloadSpec): Bytes {
  if (spec.ioSizeBytes !== spec.sizeBytes) return spec.ioSizeBytes;
  if (spec.files !== null) return passBytes(spec, spec.files);
  const { read, write, copy, trim } =
    spec.sizes === null ? spec.blockBytes : smallestSizes(spec.sizes);
  const mixed = Math.min(read, write);
  const block = { read, write, copy, mixed, trim, trimwrite: trim }[spec.access];
  return spec.sizeBytes - (spec.sizeBytes % block);
}

/** Each file's whole blocks. */
function passBytes(spec: WorkloadSpec, { each }: FilesSpec): Bytes {
  const ofOne = (sizeBytes: Bytes) =>
    loopBytes({ ...spec, files: null, sizeBytes, ioSizeBytes: sizeBytes });
  return each.reduce((sum, { sizeBytes }) => sum + ofOne(sizeBytes), 0);
}

function smallestSizes({ drawn, following }: SizesSpec): Readonly<Record<SlotDirection, Bytes>> {
  const at = (direction: SlotDirection) =>
    Math.min(smallestOf(drawn[direction]), smallestOf(following[direction]));
  return { read: at('read'), write: at('write'), copy: at('copy'), trim: at('trim') };
}

/** Directions of each access, in the order of the record. */
const USED: Readonly<Record<Access, readonly SlotDirection[]>> = {
  read: ['read'],
  write: ['write'],
  mixed: ['read', 'write'],
  trim: ['trim'],
  trimwrite: ['write', 'trim'],
  copy: ['copy'],
};

export function isUsed({ access }: WorkloadSpec, direction: SlotDirection): boolean {
  return USED[access].includes(direction);
}

/** Those of the access, and reads that verify. */
export function isMeasured(spec: WorkloadSpec, direction: SlotDirection): boolean {
  const { verification } = spec;
  if (verification === null || direction !== 'read') {
    return isUsed(spec, direction) && !(verification?.only === true && direction === 'write');
  }
  const readsBack = verification.phase || verification.backlog > 0 || verification.only;
  return readsBack || isUsed(spec, direction);
}
