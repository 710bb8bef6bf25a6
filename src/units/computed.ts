/** Numbers, sizes and times that may be written as arithmetic in parentheses: `(2*4k)`. */

import { type KbBase, parseBytes } from './bytes.ts';
import { type Amount, parseExpression } from './expression.ts';
import { parseDecimal, parseInteger, quoted } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { Bytes, Nanoseconds } from './quantity.ts';
import { parseTime } from './time.ts';

export function isComputed(text: string): boolean {
  return text.startsWith('(');
}

export function parseSize(text: string, kbBase: KbBase): Parsed<Bytes> {
  if (!isComputed(text)) return parseBytes(text, kbBase);
  const warnings: string[] = [];
  const amount = parseExpression(text, (operand) => {
    if (/^\d+\.\d+$/.test(operand)) return bare(parseDecimal(operand));
    const bytes = parseBytes(operand, kbBase);
    if (bytes.ok && bytes.warning !== undefined) warnings.push(bytes.warning);
    return bare(bytes);
  });
  if (!amount.ok) return amount;
  const { value } = amount.value;
  if (value < 0) return refused(`${quoted(text)} is ${value} bytes; a size is not below 0`);
  const bytes = wholeNumber(text, value, ' bytes');
  if (!bytes.ok || warnings.length === 0) return bytes;
  return { ok: true, value: bytes.value, warning: warnings.join('; ') };
}

export function parseCount(text: string): Parsed<number> {
  if (!isComputed(text)) return parseInteger(text);
  const amount = parseExpression(text, (operand) =>
    bare(operand.includes('.') ? parseDecimal(operand) : parseInteger(operand)),
  );
  return amount.ok ? wholeNumber(text, amount.value.value, '') : amount;
}

/** In parentheses a time says its unit: outside a bare number counts as the option says. */
export function parseDuration(text: string, bareUnit: string): Parsed<Nanoseconds> {
  if (!isComputed(text)) return parseTime(text, bareUnit);
  const amount = parseExpression(text, (operand): Parsed<Amount> => {
    if (/^\d+(?:\.\d+)?$/.test(operand)) return bare(parseDecimal(operand));
    const time = parseTime(operand, bareUnit);
    return time.ok ? accepted({ value: time.value, power: 1 }) : time;
  });
  if (!amount.ok) return amount;
  const { value, power } = amount.value;
  if (power !== 1) {
    return refused(
      `${quoted(text)} is no time; write units inside, as (2*30s): fio counts us there`,
    );
  }
  if (value < 0) return refused(`${quoted(text)} is below 0; write a time`);
  return Number.isFinite(value) ? accepted(value) : refused(`${quoted(text)} is too large`);
}

function bare(number: Parsed<number>): Parsed<Amount> {
  return number.ok ? accepted({ value: number.value, power: 0 }) : number;
}

function wholeNumber(text: string, value: number, unit: string): Parsed<number> {
  if (!Number.isInteger(value)) {
    return refused(`${quoted(text)} is ${value}${unit}, which is no whole number; round it`);
  }
  if (!Number.isSafeInteger(value)) {
    return refused(`${quoted(text)} is too large; at most 2^53 - 1 is kept`);
  }
  // Minus nothing is nothing.
  return accepted(value === 0 ? 0 : value);
}
