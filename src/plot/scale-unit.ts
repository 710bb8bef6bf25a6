/** Engineering form: which multiple of a unit an axis counts in, and how a value reads alone. */

import type { MeasureUnit } from './measure.ts';
import { formatBytes, formatByteRate } from '../units/bytes.ts';
import { formatCount, formatSignificant } from '../units/number.ts';
import { GIB, KIB, MIB } from '../units/quantity.ts';
import { formatTime } from '../units/time.ts';

export interface ScaleUnit {
  /** Behind the title of the axis; empty: none. */
  readonly symbol: string;
  readonly divisor: number;
}

const BYTES = [
  ['B', 1],
  ['KiB', KIB],
  ['MiB', MIB],
  ['GiB', GIB],
] as const;
const TIMES = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
] as const;
const COUNTS = [
  ['', 1],
  ['thousands', 1e3],
  ['millions', 1e6],
] as const;

type Ladder = readonly (readonly [symbol: string, divisor: number])[];

const LADDERS: Readonly<Record<MeasureUnit | 'count', Ladder>> = {
  bytes: BYTES,
  'bytes/s': BYTES.map(([symbol, divisor]) => [`${symbol}/s`, divisor]),
  ns: TIMES,
  '1/s': COUNTS,
  count: COUNTS,
  'ns/byte': TIMES.map(([symbol, divisor]) => [`${symbol}/MiB`, divisor / MIB]),
  'bytes/byte': [['', 1]],
};

/** An axis counts in tens or more of its unit, as the tables do: 1500 MiB/s, not 1.46 GiB/s. */
const TENS = 10;

export function scaleUnitFor(unit: MeasureUnit | null, largest: number): ScaleUnit {
  const ladder = LADDERS[unit ?? 'count'];
  const fit = ladder.findLast(([, divisor]) => largest / divisor >= TENS) ?? ladder[0];
  const [symbol, divisor] = fit ?? ['', 1];
  return { symbol, divisor };
}

/** A value alone, as in a tooltip: `1.23 GiB/s`, `86.6 µs`. */
export function formatValue(unit: MeasureUnit | null, value: number): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'bytes/s':
      return formatByteRate(value);
    case 'ns':
      return formatTime(value);
    case '1/s':
      return `${formatCount(value)}/s`;
    case 'ns/byte':
      return `${formatTime(value * MIB)}/MiB`;
    case 'bytes/byte':
      return `${formatSignificant(value)} per byte`;
    case null:
      return formatCount(value);
  }
}

/** Three digits, no zeros behind the point: the label of a tick, the value on a bar. */
export function formatPlain(value: number): string {
  if (Math.abs(value) >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
