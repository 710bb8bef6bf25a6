/** The measured columns of the table: what a storage engineer looks at, in the order of looking. */

import { formatBytes } from '../units/bytes.ts';
import { MIB, MICROSECOND_NS } from '../units/quantity.ts';
import type { ColumnName, Row } from './columns.ts';
import { INDISPENSABLE, type TableColumn } from './table-axes.ts';
import { ABSENT, formatMeasured } from './table-format.ts';

/** The measures that say something about these rows; none where no row has figures. */
export function measuresOf(all: readonly Row[]): readonly TableColumn[] {
  const rows = all.filter(hasFigures);
  const happened = ({ value }: Measure): boolean => rows.some((row) => (value(row) ?? 0) > 0);
  const bytesDiffer =
    new Set(rows.map(BYTES.value).filter((measured) => measured !== null)).size > 1;
  return [
    ...FAULTS.filter(happened),
    ...(rows.some(tookAnother) ? [TAKEN] : []),
    // When all moved the same, the caption says it.
    ...(bytesDiffer ? [BYTES] : []),
    ...MEASURES.filter(({ value }) => rows.some((row) => value(row) !== null)),
    ...CHANGES.filter(happened),
  ];
}

/** Whether the row has figures worth a look; what is done has, whatever they are. */
export function hasFigures(row: Row): boolean {
  return row.state === 'done' || (typeof row.ios === 'number' && row.ios > 0);
}

interface Measure extends TableColumn {
  readonly value: (row: Row) => number | null;
}

function measure(
  header: string,
  importance: number,
  value: (row: Row) => number | null,
  format: (value: number) => string,
): Measure {
  const text = (row: Row): string => {
    const measured = value(row);
    return measured === null ? ABSENT : format(measured);
  };
  return { header, importance, value, text };
}

/** A column of numbers, divided into the unit of its header. */
function column(name: ColumnName, unit = 1): (row: Row) => number | null {
  return (row) => {
    const cell = row[name];
    return typeof cell === 'number' ? cell / unit : null;
  };
}

/** One column by another; absent where either is, or where there is nothing to divide by. */
function ratio(name: ColumnName, by: ColumnName, scale: number): (row: Row) => number | null {
  return (row) => {
    const [cell, divisor] = [row[name], row[by]];
    if (typeof cell !== 'number' || typeof divisor !== 'number' || divisor === 0) return null;
    return (cell / divisor) * scale;
  };
}

const count = (value: number): string => String(value);

function latency(header: string, importance: number, name: ColumnName): Measure {
  return measure(`${header} µs`, importance, column(name, MICROSECOND_NS), formatMeasured);
}

function traffic(header: string, importance: number, name: ColumnName): Measure {
  return measure(header, importance, column(name), formatBytes);
}

/** Shown where they happened; what never happened needs no column. */
const FAULTS: readonly Measure[] = [
  measure('verify errors', 99, column('verify_errors'), count),
  measure('I/O errors', 98, column('error_ios'), count),
  measure('short I/Os', 97, column('short_ios'), count),
  measure('fallbacks', 96, column('fallbacks'), count),
];

/** By the bytes: what was asked for, if that is what was done. */
export function takenPath(row: Row): string {
  const taken = PATHS_TAKEN.filter(([, name]) => Number(row[name] ?? 0) > 0).map(([path]) => path);
  if (row.path_proof === 'unproven') return 'unproven';
  return taken.length === 0 ? ABSENT : taken.join(' + ');
}

const PATHS_TAKEN = [
  ['offload', 'offload_bytes'],
  ['emulation', 'emulation_bytes'],
  ['read-write', 'read_write_bytes'],
] as const;

export function tookAnother(row: Row): boolean {
  const taken = takenPath(row);
  return row.direction === 'copy' && taken !== ABSENT && taken !== row.path;
}

const TAKEN: TableColumn = { header: 'path taken', importance: 95, text: takenPath };

const CHANGES: readonly Measure[] = [
  measure('splits', 8, column('splits'), count),
  measure('merges', 7, column('merges'), count),
];

/**
 * Of one CPU: many clones, or interrupts beside them, may use more. But a clone on real targets is
 * one thread: more than one CPU for each means a job so short that what the CPU clock covers beside
 * measured time outweighs it. Then nothing can be said.
 */
function cpuPercent(row: Row): number | null {
  const percent = CPU_PERCENT(row);
  const real = row.direct !== null;
  const most = 100 * Math.max(1, Number(row.numjobs));
  return percent !== null && real && percent > most ? null : percent;
}

const CPU_PERCENT = ratio('host_cpu_ns', 'runtime_ns', 100);

const BYTES: Measure = traffic('bytes', 35, 'bytes');

const MEASURES: readonly Measure[] = [
  measure('MiB/s', INDISPENSABLE, column('bandwidth_bytes_per_s', MIB), formatMeasured),
  measure('IOPS', 60, column('iops'), count),
  latency('mean', 20, 'lat_mean_ns'),
  latency('p50', 84, 'lat_p50_ns'),
  latency('p99', 90, 'lat_p99_ns'),
  latency('p99.9', 40, 'lat_p99_9_ns'),
  latency('p99.99', 15, 'lat_p99_99_ns'),
  latency('max', 30, 'lat_max_ns'),
  measure('CPU µs/IO', 85, ratio('host_cpu_ns', 'ios', 1 / MICROSECOND_NS), formatMeasured),
  measure('CPU %', 25, cpuPercent, formatMeasured),
  traffic('PCIe tx', 80, 'pcie_tx_bytes'),
  traffic('PCIe rx', 80, 'pcie_rx_bytes'),
  traffic('fabric tx', 78, 'fabric_tx_bytes'),
  traffic('fabric rx', 78, 'fabric_rx_bytes'),
  traffic('media read', 12, 'media_read_bytes'),
  traffic('media write', 12, 'media_write_bytes'),
  measure('commands', 10, column('commands'), count),
  latency('late p99', 50, 'late_p99_ns'),
];
