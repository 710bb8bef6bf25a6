/** How a workload verifies: plain data, from the plan of its job. */

import type { Bytes } from '../units/quantity.ts';

export interface VerifySpec {
  /** What was written is read back when a pass of writes is through: not where none has an end. */
  readonly phase: boolean;
  /** So many writes wait until some are read back among the writes; 0: none are. */
  readonly backlog: number;
  /** How many are read back then. */
  readonly batch: number;
  /** Reads in the place of writes: nothing is written. */
  readonly only: boolean;
  /** All offsets and lengths of writes are multiples of it. */
  readonly unitBytes: Bytes;
  /** A phase reads in order of offset, not of the writes. */
  readonly sorts: boolean;
}
