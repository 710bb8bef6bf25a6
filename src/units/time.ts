/**
 * Times: `10us`, `1500ns`, `5s`, `2m`. A decimal point is fine (`1.5us`). What a bare number counts
 * is said by the option. fio reads `2sec` as two microseconds; here it is refused.
 */

import { formatScaled, quoted, scaleDecimal } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { Nanoseconds } from './quantity.ts';

const UNIT_NS: Readonly<Record<string, Nanoseconds>> = {
  ns: 1,
  us: 1e3,
  usec: 1e3,
  ms: 1e6,
  msec: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
};

/** `bareUnit`: what a number without suffix counts, one of the suffixes. */
export function parseTime(text: string, bareUnit: string): Parsed<Nanoseconds> {
  const match = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(text);
  const unitNs = UNIT_NS[match?.[2] === '' ? bareUnit : (match?.[2] ?? '').toLowerCase()];
  if (match === null || unitNs === undefined) {
    return refused(
      `${quoted(text)} is not a time; write a number with ns, us, ms, s, m (minutes), h or d ` +
        'behind it',
    );
  }
  return accepted(scaleDecimal(match[1] ?? '', unitNs));
}

const CANONICAL_UNITS = ['s', 'ms', 'us'] as const;

/** The shortest form that parses back to the same time: `10us`, `1500ns`, `60s`. */
export function canonicalTime(timeNs: Nanoseconds): string {
  if (timeNs === 0) return '0ns';
  for (const unit of CANONICAL_UNITS) {
    const unitNs = UNIT_NS[unit] ?? 1;
    if (timeNs % unitNs === 0) return `${timeNs / unitNs}${unit}`;
  }
  return `${timeNs}ns`;
}

const UNITS = ['ns', 'µs', 'ms', 's'] as const;

/** For people: `12.3 µs`; whole ns below a microsecond have no point. */
export function formatTime(timeNs: Nanoseconds): string {
  if (timeNs < 1000 && Number.isInteger(timeNs)) return `${timeNs} ns`;
  return formatScaled(timeNs, 1000, UNITS, ' ');
}
