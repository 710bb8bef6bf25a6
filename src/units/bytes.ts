/**
 * Sizes: `4k`, `1m`, `0x1000`. Suffixes count as fio's do: by default k = 1024, and kib = 1000 with
 * a warning; with kb_base=1000 the other way round, as the standards have it. But nothing is
 * guessed: fio reads `4q` as 4 bytes and `1.5k` as 1 byte, here both are refused.
 */

import { formatScaled, formatSignificant, quoted, scaleDecimal } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { Bytes } from './quantity.ts';

const SUFFIXES = ['', 'k', 'm', 'g', 't', 'p'] as const;
const SIZE = /^(0x[0-9a-f]+|\d+)(?:([kmgtp])(b|ib|i)?)?$/i;

/** What k counts; kib is the other of the two. */
export type KbBase = 1024 | 1000;

export function parseBytes(text: string, kbBase: KbBase = 1024): Parsed<Bytes> {
  const match = SIZE.exec(text);
  if (match === null) return refused(notASize(text, kbBase));
  const number = Number(match[1]);
  const suffix = (match[2] ?? '').toLowerCase();
  const form = (match[3] ?? '').toLowerCase();
  if (form === 'i') {
    return refused(
      `"${text}" may mean 1024 or 1000; write ${match[1]}${suffix} for ` +
        `${number * scale(suffix, kbBase)} bytes`,
    );
  }
  const other = kbBase === 1024 ? 1000 : 1024;
  const value = number * scale(suffix, form === 'ib' ? other : kbBase);
  if (!Number.isSafeInteger(value))
    return refused(`${text} is too large; at most 2^53 - 1 is kept`);
  if (form !== 'ib' || kbBase === 1000) return accepted(value);
  const binary = number * scale(suffix, 1024);
  const instead = `write ${match[1]}${suffix} for ${binary}`;
  const warning = `${text} is ${value} bytes, as fio counts; ${instead}`;
  return { ok: true, value, warning };
}

/** Whether a size says its unit itself, as attributes that configfs counts in MiB have to. */
export function hasByteSuffix(text: string): boolean {
  return SIZE.exec(text)?.[2] !== undefined;
}

function notASize(text: string, kbBase: KbBase): string {
  const fraction = /^(\d+\.\d+)([kmgtp])b?$/i.exec(text);
  if (fraction !== null) {
    const bytes = scaleDecimal(fraction[1] ?? '', scale((fraction[2] ?? '').toLowerCase(), kbBase));
    return Number.isInteger(bytes)
      ? `"${text}" has a decimal point; sizes are whole numbers, write ${canonicalBytes(bytes)}`
      : `"${text}" has a decimal point and is no whole number of bytes; write a whole number`;
  }
  return (
    `${quoted(text)} is not a size; write a whole number with k, m, g, t or p behind it, such ` +
    'as 4k'
  );
}

function scale(suffix: string, base: number): number {
  let factor = 1;
  for (let step = SUFFIXES.findIndex((known) => known === suffix); step > 0; step--) factor *= base;
  return factor;
}

/** The shortest form that parses back to the same size: `4k`, `1m`, `1536`. */
export function canonicalBytes(bytes: Bytes): string {
  let value = bytes;
  let step = 0;
  while (value !== 0 && value % 1024 === 0 && step < SUFFIXES.length - 1) {
    value /= 1024;
    step++;
  }
  return `${value}${SUFFIXES[step]}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** For people: `4 KiB`, `1.50 MiB`. Whole numbers of a unit have no point. */
export function formatBytes(bytes: Bytes): string {
  let value: number = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const shown = Number.isInteger(value) ? `${value}` : formatSignificant(value);
  return `${shown} ${UNITS[unit]}`;
}

/** For people: `1.23 GiB/s`. */
export function formatByteRate(bytesPerSecond: number): string {
  return `${formatScaled(bytesPerSecond, 1024, UNITS, ' ')}/s`;
}
