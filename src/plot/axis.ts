/**
 * Axes: linear from zero, or logarithmic where the values span more than an eye can tell on a
 * linear one. Ticks and their labels are made here, so that they read the same on every machine.
 */

import type { Axis, Tick } from './chart.ts';
import type { Dimension } from './dimension.ts';
import type { MeasureUnit } from './measure.ts';
import { formatPlain, type ScaleUnit, scaleUnitFor } from './scale-unit.ts';
import { formatBytes } from '../units/bytes.ts';
import { extentOf } from '../units/extent.ts';
import { formatTime } from '../units/time.ts';

/** From this ratio of largest to smallest on, a linear axis hides the small ones. */
const LOG_RATIO = 30;
/** Around the values of a logarithmic axis. */
const MARGIN = 1.02;
/** Above bars, for their values. */
const HEADROOM = 1.06;
const TICKS = 5;
const TICKS_MAX = 14;

export interface ScaledAxis {
  readonly axis: Axis;
  /** From the record's unit to the axis's. */
  readonly scale: ScaleUnit;
}

/**
 * Of what was measured. `values`: those drawn, intervals included; `zero`: bars, which lie without
 * their foot.
 */
export function measureAxis(
  label: string,
  unit: MeasureUnit | null,
  values: readonly number[],
  { zero, margin = MARGIN }: { readonly zero: boolean; readonly margin?: number },
): ScaledAxis {
  // Without a value there is nothing to see, and chartOf says so.
  const { low, high } = extentOf(values.length === 0 ? [1] : values);
  const logarithmic = !zero && low > 0 && high / low >= LOG_RATIO;
  const timed = unit === 'ns' && logarithmic;
  const scale = timed ? { symbol: '', divisor: 1 } : scaleUnitFor(unit, high);
  const title = scale.symbol === '' ? label : `${label} (${scale.symbol})`;
  const [from, to] = [low / scale.divisor, high / scale.divisor];
  if (!logarithmic) return { axis: linearAxis(title, zero ? to * HEADROOM : to), scale };
  const format = timed ? wholeTime : formatPlain;
  return { axis: logAxis(title, from, to, { margin, format }), scale };
}

export function linearAxis(title: string, high: number): Axis {
  const step = niceStep(high <= 0 ? 1 : high / TICKS);
  const count = Math.max(1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, place) => tickAt(tidy(place * step)));
  return { title, scale: 'linear', base: 10, domain: [0, tidy(count * step)], ticks };
}

/** As long as its values, and a little; ticks at the decades, and between if those are few. */
export function logAxis(
  title: string,
  low: number,
  high: number,
  { margin, format }: { readonly margin: number; readonly format: (value: number) => string },
): Axis {
  const [from, to] = [tidy(low / margin), tidy(high * margin)];
  const inside = decadeSteps(from, to).filter((step) => step >= from && step <= to);
  const decades = inside.filter(isDecade);
  const ticks = (decades.length >= 3 ? decades : inside).map((at) => ({ at, label: format(at) }));
  return { title, scale: 'log', base: 10, domain: [from, to], ticks };
}

/** Of what was asked: numbers at their places, sizes by powers of two; else words in a band. */
export function dimensionAxis(dimension: Dimension): Axis {
  const { quantity, values, name } = dimension;
  if (quantity === null) return bandAxis(dimension);
  const numbers = values.map((text) => quantity.numbers.get(text) ?? 0);
  const { low, high } = extentOf(numbers);
  const logarithmic = low > 0 && high / low >= (quantity.unit === 'bytes' ? 4 : 8);
  const ticks = fewOf(numbers, logarithmic).map((at) => ({
    at,
    label: formatAsked(dimension, at),
  }));
  const margin = logarithmic ? 0 : (high - low) * 0.04;
  const domain = high > low ? [low - margin, high + margin] : [low - 1, high + 1];
  return { title: name, scale: logarithmic ? 'log' : 'linear', base: 2, domain, ticks };
}

/** All of them, or those a power of two above the first, or every so many. */
function fewOf(numbers: readonly number[], logarithmic: boolean): readonly number[] {
  if (numbers.length <= TICKS_MAX) return numbers;
  const first = numbers[0] ?? 1;
  const powers = numbers.filter((number) => Number.isInteger(Math.log2(number / first)));
  if (logarithmic && powers.length > 2) return powers;
  const every = Math.ceil(numbers.length / TICKS_MAX);
  return numbers.filter((_, place) => place % every === 0);
}

export function bandAxis({ name, values }: Dimension): Axis {
  return { title: name, scale: 'band', base: 10, domain: values, ticks: [] };
}

/** A number of an axis of what was asked, as in `64 KiB`, `500mB`, `32`. */
export function formatAsked({ quantity }: Dimension, value: number): string {
  switch (quantity?.unit) {
    case 'bytes':
      return Number.isInteger(value) ? formatBytes(value) : formatBytes(Math.round(value));
    case 'bytes/s': {
      const [symbol, divisor] = value < 1e9 ? ['MB/s', 1e6] : ['GB/s', 1e9];
      return `${formatPlain(value / divisor)} ${symbol}`;
    }
    case 'ns':
      return formatTime(value);
    default:
      return formatPlain(value);
  }
}

function tickAt(at: number): Tick {
  return { at, label: formatPlain(at) };
}

/** 1, 2 or 5 of a decade, at least `least`. */
function niceStep(least: number): number {
  return decadeSteps(least, least).find((step) => step >= least * (1 - 1e-9)) ?? least;
}

/** 1, 2, 5, 10 … from the decade of `low` to that above `high`, each the double its text is. */
function decadeSteps(low: number, high: number): readonly number[] {
  const first = Math.floor(Math.log10(low)) - 1;
  const last = Math.ceil(Math.log10(high)) + 1;
  const steps: number[] = [];
  for (let exponent = first; exponent <= last; exponent++) {
    for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${exponent}`));
  }
  return steps;
}

function isDecade(value: number): boolean {
  return /^1(?:0*|e.*)$|^0\.0*1$/.test(String(value));
}

/** Sums of steps as they are written: 0.3, not 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** `10 µs`, not `10.0 µs`. */
function wholeTime(timeNs: number): string {
  const { symbol, divisor } = scaleUnitFor('ns', timeNs * 10);
  return `${formatPlain(timeNs / divisor)} ${symbol}`;
}
