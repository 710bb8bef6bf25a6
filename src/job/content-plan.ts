/** What a job writes, and how that is verified: plain data, part of the plan. */

import type { VerifyMethodName } from '../checksum/verify-method.ts';
import type { Bytes } from '../units/quantity.ts';

export interface PatternPlan {
  /** One character (0 to 255) a byte, again and again. */
  readonly bytes: string;
  /** Where in it the offset of the I/O stands, 8 bytes, least first (`%o`). */
  readonly offsetsAt: readonly number[];
}

export interface VerificationPlan {
  readonly method: VerifyMethodName;
  /** null: bytes of chance. */
  readonly pattern: PatternPlan | null;
  /** Length of the blocks that have headers; and where in them those lie. */
  readonly intervalBytes: Bytes;
  readonly headerOffsetBytes: Bytes;
  /** All offsets and lengths of writes are multiples of it. */
  readonly unitBytes: Bytes;
  /** Read back behind the writes, and in order of offset. */
  readonly phase: boolean;
  readonly sorts: boolean;
  /** Writes that wait until `batch` of them are read back; 0: none are, among the writes. */
  readonly backlog: number;
  readonly batch: number;
  /** Nothing is written: what is there is read in its place. */
  readonly only: boolean;
  /** Ends at the first wrong block. */
  readonly fatal: boolean;
  /** Wrong reads are written to files. */
  readonly dump: boolean;
  /** Of blocks that the job wrote itself: whether seed and number of the write are held too. */
  readonly seed: boolean;
  readonly number: boolean;
}

/** Of real targets: what writes write. */
export interface BuffersPlan {
  /** As `PatternPlan.bytes`; null: bytes of chance, the same for each seed. */
  readonly pattern: string | null;
  readonly zero: boolean;
  readonly refill: boolean;
  readonly scramble: boolean;
  readonly compressPercent: number;
  readonly compressChunkBytes: Bytes;
  readonly dedupePercent: number;
}
