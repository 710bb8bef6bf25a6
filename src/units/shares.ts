/**
 * Mixes of block sizes, fio's bssplit: `4k/60:64k/40` for each direction, commas between. Shares
 * are percent; sizes without one divide what the others leave. fio takes shares of more than 100
 * together and lets the last ones never come up; here they are refused. Where they are less than
 * 100 together, the last size takes the rest, as in fio: with a warning.
 */

import { canonicalBytes, type KbBase } from './bytes.ts';
import { parseSize } from './computed.ts';
import { parseInteger, quoted } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { SizeShare } from './sizes.ts';
import { splitOutside } from './split.ts';

const DIRECTION_COUNT = 4;
const ALL_PERCENT = 100;

/** By direction; null: it is left at its default. */
export type SharesList = readonly (readonly SizeShare[] | null)[];

/** The value is the canonical text: each size once, the smallest first, its share behind it. */
export function parseBytesShares(text: string, kbBase: KbBase): Parsed<string> {
  const parsed = sharesIn(text, kbBase);
  if (!parsed.ok) return parsed;
  const parts = parsed.value.map((shares) => (shares ?? []).map(canonicalShare).join(':'));
  while (parts.length > 1 && parts.at(-1) === parts.at(-2)) parts.pop();
  return { ...parsed, value: parts.join(',') };
}

/** Of the canonical text. The last part holds for the later directions too. */
export function sharesOf(canonical: string): SharesList {
  const parsed = sharesIn(canonical, 1024);
  return parsed.ok ? parsed.value : [];
}

function canonicalShare({ bytes, percent }: SizeShare): string {
  return `${canonicalBytes(bytes)}/${percent}`;
}

function sharesIn(text: string, kbBase: KbBase): Parsed<SharesList> {
  const parts = splitOutside(text, /,/);
  if (parts.length > DIRECTION_COUNT) {
    return refused(`${quoted(text)} has ${parts.length} parts; at most four, by direction`);
  }
  const directions: (readonly SizeShare[] | null)[] = [];
  const warnings: string[] = [];
  for (const part of parts) {
    const shares = part === '' && parts.length > 1 ? accepted(null) : sharesInPart(part, kbBase);
    if (!shares.ok) return shares;
    if (shares.warning !== undefined) warnings.push(shares.warning);
    directions.push(shares.value);
  }
  while (directions.length < DIRECTION_COUNT) directions.push(directions.at(-1) ?? null);
  if (warnings.length === 0) return accepted(directions);
  return { ok: true, value: directions, warning: warnings.join('; ') };
}

interface Part {
  readonly bytes: number;
  /** null: one of those that divide the rest. */
  readonly percent: number | null;
}

function sharesInPart(text: string, kbBase: KbBase): Parsed<readonly SizeShare[] | null> {
  const parts: Part[] = [];
  for (const each of splitOutside(text, /:/)) {
    const part = parsePart(each, kbBase);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const sum = parts.reduce((total, { percent }) => total + (percent ?? 0), 0);
  if (sum > ALL_PERCENT) {
    return refused(`the shares of ${quoted(text)} are ${sum} % together; 100 is the most`);
  }
  const rest = ALL_PERCENT - sum;
  const shares = withRest(parts, rest);
  const value = together(shares);
  if (rest === 0 || parts.some(({ percent }) => percent === null)) return accepted(value);
  const taker = canonicalBytes(parts.at(-1)?.bytes ?? 0);
  const warning = `the shares of ${quoted(text)} are ${sum} % together; ${taker} takes the rest`;
  return { ok: true, value, warning };
}

/** Whole percents: what does not divide evenly goes to the last, as in fio. */
function withRest(parts: readonly Part[], rest: number): readonly SizeShare[] {
  const open = parts.filter(({ percent }) => percent === null).length;
  const each = open === 0 ? 0 : Math.floor(rest / open);
  const taker = parts.findLastIndex(({ percent }) => open === 0 || percent === null);
  return parts.map(({ bytes, percent }, index) => ({
    bytes,
    percent: (percent ?? each) + (index === taker ? rest - each * open : 0),
  }));
}

/** Each size once, the smallest first. */
function together(shares: readonly SizeShare[]): readonly SizeShare[] {
  const sizes = [...new Set(shares.map(({ bytes }) => bytes))].sort((a, b) => a - b);
  return sizes.map((size) => {
    const same = shares.filter(({ bytes }) => bytes === size);
    return { bytes: size, percent: same.reduce((sum, { percent }) => sum + percent, 0) };
  });
}

function parsePart(text: string, kbBase: KbBase): Parsed<Part> {
  const [size = '', share, ...rest] = splitOutside(text, /\//);
  if (rest.length > 0) return refused(`${quoted(text)} is no SIZE/PERCENT; write one, as 4k/60`);
  const bytes = parseSize(size, kbBase);
  if (!bytes.ok) return bytes;
  if (bytes.value === 0) return refused(`${quoted(text)} is a block of 0 bytes; give at least 1`);
  if (share === undefined || share === '') return accepted({ bytes: bytes.value, percent: null });
  const percent = parseInteger(share);
  if (percent.ok && percent.value >= 0 && percent.value <= ALL_PERCENT) {
    return accepted({ bytes: bytes.value, percent: percent.value });
  }
  return refused(
    `${quoted(share)} is no share in ${quoted(text)}; write a whole number from 0 to 100`,
  );
}
