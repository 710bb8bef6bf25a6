/** From the text of an option to its value and back to its canonical text, by the option's type. */

import { canonicalBytes, hasByteSuffix, type KbBase } from './bytes.ts';
import { parseChoice } from './choice.ts';
import { isComputed, parseCount, parseDuration, parseSize } from './computed.ts';
import { canonicalDistribution, parseDistribution } from './distribution.ts';
import { canonicalFileService, parseFileService } from './file-service.ts';
import { parseDecimal, quoted } from './number.ts';
import type { Option } from './option.ts';
import { accepted, notDone, type Parsed, refused } from './parsed.ts';
import { type BytesRange, canonicalBytesRange, parseBytesRange } from './range.ts';
import { canonicalRate, parseRate } from './rate.ts';
import { parseBytesShares } from './shares.ts';
import { splitOutside } from './split.ts';
import { canonicalSteadyCriterion, parseSteadyCriterion } from './steady-criterion.ts';
import { canonicalTime } from './time.ts';
import { canonicalTimeRange, parseTimeRange, type TimeRange } from './time-range.ts';

/** A share of a device (or of the size), as `50%`. */
export interface Percent {
  readonly percent: number;
}
export type Scalar = number | string | boolean | Percent | BytesRange | TimeRange;
/** read, write, trim, copy; null leaves that direction at its default. */
export type DirectionList = readonly (Scalar | null)[];
export type OptionValue = Scalar | DirectionList;

const DIRECTION_COUNT = 4;

/** `text` is null where the option stands without `=`; `kbBase` is what k counts in a size. */
export function parseValue(
  option: Option,
  text: string | null,
  kbBase: KbBase = 1024,
): Parsed<OptionValue> {
  if (text === null) {
    if (option.type === 'flag') return accepted(true);
    if (option.valueOptional === true) return accepted('');
    return refused(`needs a value; write ${option.name}=${example(option)}`);
  }
  if (option.list === 'directions') return parseDirections(option, text, kbBase);
  return parsePart(option, text, kbBase);
}

/** One value, or one of a list. */
function parsePart(option: Option, text: string, kbBase: KbBase): Parsed<Scalar> {
  const other = option.notDone?.find(({ like }) => like.test(text));
  if (other !== undefined) return notDone(`${text} ${other.why}`);
  const value = parseScalar(option, text, kbBase);
  return value.ok ? checkBounds(option, text, value) : value;
}

/**
 * `read,write,trim,copy`: as in fio, the last part holds for the later directions too, and an empty
 * part leaves its directions at the default.
 */
function parseDirections(option: Option, text: string, kbBase: KbBase): Parsed<OptionValue> {
  const parts = splitOutside(text, /,/);
  if (parts.length > DIRECTION_COUNT) {
    return refused(
      `${quoted(text)} has ${parts.length} values; at most four, read,write,trim,copy`,
    );
  }
  if (text === '') return refused(`needs a value; write ${option.name}=${example(option)}`);
  const values: (Scalar | null)[] = [];
  const warnings: string[] = [];
  for (const part of parts) {
    const value = part === '' ? accepted(null) : parsePart(option, part, kbBase);
    if (!value.ok) return value;
    if (value.warning !== undefined) warnings.push(value.warning);
    values.push(value.value);
  }
  while (values.length < DIRECTION_COUNT) values.push(values.at(-1) ?? null);
  return warnings.length === 0
    ? accepted(values)
    : { ok: true, value: values, warning: warnings.join('; ') };
}

function parseScalar(option: Option, text: string, kbBase: KbBase): Parsed<Scalar> {
  switch (option.type) {
    case 'flag':
    case 'bool':
      return parseBool(text);
    case 'int':
      return parseCount(text);
    case 'float':
      return parseDecimal(text);
    case 'bytes':
      return parseSuffixedBytes(option, text, kbBase);
    case 'bytes-or-percent':
      return text.endsWith('%') ? parsePercent(text) : parseSuffixedBytes(option, text, kbBase);
    case 'bytes-range':
      return parseBytesRange(text, kbBase);
    case 'bytes-shares':
      return parseBytesShares(text, kbBase);
    case 'float-list':
      return parseEach(text, /:/, parseDecimal);
    case 'time':
      return parseDuration(text, option.unit ?? 'ns');
    case 'time-range':
      return parseTimeRange(text, option.unit ?? 'ns');
    case 'rate':
      return parseRate(text);
    case 'choice':
      return parseChoice(option, text, kbBase);
    case 'distribution':
      return parseSpread(text, kbBase);
    case 'file-service':
      return parseService(text);
    case 'steady-criterion':
      return parseSteady(text, kbBase);
    case 'string':
      return text === '' ? refused('is empty; give a value or remove the line') : accepted(text);
  }
}

/** The value is the text, when each of its parts is right. */
function parseEach(
  text: string,
  separators: RegExp,
  parse: (part: string) => Parsed<number>,
): Parsed<string> {
  for (const part of splitOutside(text, separators)) {
    const parsed = parse(part);
    if (!parsed.ok) return parsed;
  }
  return accepted(text);
}

function parseBool(text: string): Parsed<boolean> {
  if (text === '0' || text === '1') return accepted(text === '1');
  return refused(`${quoted(text)} is neither 0 nor 1; write one of them`);
}

function parsePercent(text: string): Parsed<Percent> {
  const number = parseDecimal(text.slice(0, -1));
  if (!number.ok || number.value < 0 || number.value > 100) {
    return refused(`"${text}" is not a share; write a number from 0% to 100%`);
  }
  return accepted({ percent: number.value });
}

function parseSuffixedBytes(option: Option, text: string, kbBase: KbBase): Parsed<number> {
  const bytes = parseSize(text, kbBase);
  const bare = !hasByteSuffix(text) && !isComputed(text);
  if (bytes.ok && option.suffixRequired === true && bare && bytes.value !== 0) {
    return refused(
      `"${text}" has no suffix, and configfs counts this in MiB; write ${text}m or ${text}k`,
    );
  }
  return bytes;
}

/** The value is the canonical text. */
function parseSpread(text: string, kbBase: KbBase): Parsed<string> {
  const parsed = parseDistribution(text, kbBase);
  return parsed.ok ? accepted(canonicalDistribution(parsed.value)) : parsed;
}

/** The value is the canonical text. */
function parseService(text: string): Parsed<string> {
  const parsed = parseFileService(text);
  return parsed.ok ? accepted(canonicalFileService(parsed.value)) : parsed;
}

function parseSteady(text: string, kbBase: KbBase): Parsed<string> {
  const parsed = parseSteadyCriterion(text, kbBase);
  return parsed.ok ? accepted(canonicalSteadyCriterion(parsed.value)) : parsed;
}

function checkBounds<T extends OptionValue>(
  option: Option,
  text: string,
  parsed: Parsed<T>,
): Parsed<T> {
  if (!parsed.ok || typeof parsed.value !== 'number') return parsed;
  const { min, max } = option;
  if (min !== undefined && parsed.value < min) {
    return refused(`${text} is too small; ${bound(option, min)} is the least`);
  }
  if (max !== undefined && parsed.value > max) {
    return refused(`${text} is too large; ${bound(option, max)} is the most`);
  }
  return parsed;
}

function bound(option: Option, value: number): string {
  return canonicalScalar(option, value);
}

function example(option: Option): string {
  if (option.default !== null && option.default !== '') return option.default;
  return option.choices?.[0] ?? 'VALUE';
}

/** Equal values have equal canonical text, and the text parses back to the value. */
export function canonicalValue(option: Option, value: OptionValue): string {
  if (!isDirectionList(value)) return canonicalScalar(option, value);
  const parts = value.map((part) => (part === null ? '' : canonicalScalar(option, part)));
  while (parts.length > 1 && parts.at(-1) === parts.at(-2)) parts.pop();
  return parts.join(',');
}

export function isDirectionList(value: OptionValue): value is DirectionList {
  return Array.isArray(value);
}

function canonicalScalar(option: Option, value: Scalar): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') {
    if ('lowNs' in value) return canonicalTimeRange(value);
    return 'percent' in value ? `${value.percent}%` : canonicalBytesRange(value);
  }
  switch (option.type) {
    case 'bytes':
    case 'bytes-or-percent':
      return canonicalBytes(value);
    case 'time':
      return canonicalTime(value);
    case 'rate':
      return canonicalRate(value);
    default:
      return `${value}`;
  }
}
