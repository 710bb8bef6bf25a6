/** What a run gives back: plain data that crosses threads. */

import type { TraceEvent } from '../block/trace.ts';
import type { Row } from '../record/columns.ts';
import type { LogPlace } from './log-files.ts';

export interface RunOptions {
  /** Collect the life of every bio. */
  readonly trace: boolean;
  /** Where logs go; absent: none are written. */
  readonly logs?: LogPlace;
  /** Of a LiveMemory, for whoever shows how far it is. */
  readonly live?: SharedArrayBuffer;
}

export interface RunResult {
  /**
   * In the order of the plan: one row per job or group, direction; then the background of each
   * device.
   */
  readonly rows: readonly Row[];
  readonly trace: readonly TraceEvent[] | null;
  /** What the run did beside its I/O, in sentences: files it laid out, or removed. */
  readonly notes: readonly string[];
}
