/**
 * Whole and decimal numbers, read strictly: every character of the text must belong to the number.
 */

import { accepted, type Parsed, refused } from './parsed.ts';

/** Decimal or 0x; a sign is read so that a range check can name the bound it breaks. */
export function parseInteger(text: string): Parsed<number> {
  if (!/^(?:-?\d+|0x[0-9a-f]+)$/i.test(text)) {
    return refused(`${quoted(text)} is not a whole number; write digits, or 0x and hex digits`);
  }
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    return refused(`${text} is too large; at most 2^53 - 1 is kept`);
  return accepted(value);
}

export function parseDecimal(text: string): Parsed<number> {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) {
    return refused(
      `${quoted(text)} is not a number; write digits, with a decimal point if need be`,
    );
  }
  return accepted(Number(text));
}

/**
 * `number` × `factor` for a decimal such as `12.5`: the digits are scaled before the point is, so
 * that 4.35 of a thousand is 4350 and not the double beneath it.
 */
export function scaleDecimal(number: string, factor: number): number {
  const [whole = '', fraction = ''] = number.split('.');
  let divisor = 1;
  for (let digit = 0; digit < fraction.length; digit++) divisor *= 10;
  const digits = Number(whole + fraction);
  return factor % divisor === 0 ? digits * (factor / divisor) : (digits * factor) / divisor;
}

/** As shown in a message: empty text would be invisible. */
export function quoted(text: string): string {
  return text === '' ? 'nothing' : `"${text}"`;
}

/** Three significant digits for people: `1.23`, `12.3`, `123`, `1235`. */
export function formatSignificant(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 99.95) return value.toFixed(0);
  return magnitude >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

const COUNT_SUFFIXES = ['', 'k', 'M', 'G', 'T'] as const;

/**
 * Counts and rates of things, in thousands as people count: `57.0k`, `1.20M`; below 1000 as it is.
 */
export function formatCount(value: number): string {
  if (Math.abs(value) < 999.5)
    return Number.isInteger(value) ? `${value}` : formatSignificant(value);
  return formatScaled(value, 1000, COUNT_SUFFIXES, '');
}

/**
 * `value` in the largest unit that leaves at least 1 of it; rounding never shows 1000 of a unit.
 */
export function formatScaled(
  value: number,
  base: number,
  units: readonly string[],
  gap: string,
): string {
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= base - 0.5 && unit < units.length - 1) {
    scaled /= base;
    unit++;
  }
  return `${formatSignificant(scaled)}${gap}${units[unit]}`;
}
