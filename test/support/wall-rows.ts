/** Repetitions of one row of the wall clock, with the figures that compare gates by default. */

import type { Cell, ColumnName, Row } from '../../src/record/columns.ts';
import { aRow } from './a-row.ts';

export type Cells = Partial<Record<ColumnName, Cell>>;

/** One row per latency, in ns: all percentiles are that, and the bandwidth its inverse. */
export function wallRows(latenciesNs: readonly number[], cells: Cells = {}): readonly Row[] {
  return latenciesNs.map((latencyNs, place) =>
    aRow({
      clock: 'wall',
      repetition: place + 1,
      ios: 1000,
      bytes: 4_096_000,
      runtime_ns: Math.round(latencyNs * 1000),
      iops: Math.round(1e9 / latencyNs),
      bandwidth_bytes_per_s: Math.round(4.096e12 / latencyNs),
      lat_p50_ns: Math.round(latencyNs),
      lat_p99_ns: Math.round(latencyNs * 1.5),
      offload_bytes: 4_096_000,
      emulation_bytes: 0,
      read_write_bytes: 0,
      fallbacks: 0,
      short_ios: 0,
      error_ios: 0,
      verify_errors: 0,
      host_cpu_ns: Math.round(latencyNs * 30),
      ...cells,
    }),
  );
}
