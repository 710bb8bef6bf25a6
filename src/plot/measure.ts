/**
 * What a figure may draw: the numeric columns of the record, and costs by the byte copied
 * (`host_cpu_ns_per_byte`, `pcie_bytes_per_byte`), which alone compare paths of unlike throughput.
 *
 * The clones of a job are one measurement: their throughputs and costs add up. Latencies do not,
 * nor can percentiles be merged: theirs is that of the median clone.
 */

import { median } from '../measure/median.ts';
import type { Column, Unit } from '../record/column.ts';
import { COLUMNS, columnOf, type ColumnName, isColumnName, type Row } from '../record/columns.ts';
import { extentOf } from '../units/extent.ts';

export type MeasureUnit = Unit | 'ns/byte' | 'bytes/byte';

export interface Measure {
  readonly name: string;
  readonly label: string;
  /** null: a count. */
  readonly unit: MeasureUnit | null;
  readonly better: 'higher' | 'lower' | null;
  /** Of the clones of one repetition; null: one of them does not know. */
  readonly of: (clones: readonly Row[]) => number | null;
}

const PER_BYTE = '_per_byte';

/** Both ways of a link as one cost. */
const SUMS: ReadonlyMap<string, readonly [label: string, ...parts: readonly ColumnName[]]> =
  new Map([
    ['pcie_bytes', ['PCIe bytes', 'pcie_tx_bytes', 'pcie_rx_bytes']],
    ['fabric_bytes', ['fabric bytes', 'fabric_tx_bytes', 'fabric_rx_bytes']],
  ]);

/** null: no measure is called so. */
export function measureOf(name: string): Measure | null {
  if (isColumnName(name)) return isMeasured(columnOf(name)) ? columnMeasure(name) : null;
  if (!name.endsWith(PER_BYTE)) return sumOf(name);
  const base = name.slice(0, -PER_BYTE.length);
  const cost = isColumnName(base) && columnOf(base).subject === 'cost' ? columnMeasure(base) : null;
  const whole = cost ?? sumOf(base);
  if (whole === null || (whole.unit !== 'ns' && whole.unit !== 'bytes')) return null;
  const bytes = columnMeasure('bytes');
  return {
    ...whole,
    name,
    label: `${whole.label} per byte`,
    unit: whole.unit === 'ns' ? 'ns/byte' : 'bytes/byte',
    of: (clones) => {
      const [sum, divisor] = [whole.of(clones), bytes.of(clones)];
      return sum === null || divisor === null || divisor === 0 ? null : sum / divisor;
    },
  };
}

/** For the message that says what there is. */
export function measureNames(): readonly string[] {
  const columns = COLUMNS.filter(isMeasured).map(({ name }) => name);
  return [...columns, ...SUMS.keys(), 'host_cpu_ns_per_byte', 'pcie_bytes_per_byte'];
}

function isMeasured({ type, kind }: Column): boolean {
  return (type === 'integer' || type === 'decimal') && (kind === 'sampled' || kind === 'exact');
}

function columnMeasure(name: ColumnName): Measure {
  const { label, unit, better, subject } = columnOf(name);
  return { name, label, unit, better, of: (clones) => combined(name, subject, clones) };
}

function combined(
  name: ColumnName,
  subject: Column['subject'],
  clones: readonly Row[],
): number | null {
  const values = clones.map((row) => row[name]).filter((cell) => typeof cell === 'number');
  if (values.length < clones.length || values.length === 0) return null;
  if (subject === 'latency') return median(values);
  if (subject === 'trust' || name === 'runtime_ns') return extentOf(values).high;
  return values.reduce((sum, value) => sum + value, 0);
}

function sumOf(name: string): Measure | null {
  const known = SUMS.get(name);
  if (known === undefined) return null;
  const [label, ...parts] = known;
  return {
    name,
    label,
    unit: 'bytes',
    better: 'lower',
    of: (clones) => {
      const sums = parts.map((part) => columnMeasure(part).of(clones));
      return sums.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
    },
  };
}
