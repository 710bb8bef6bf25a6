/**
 * How random offsets are spread, fio's random_distribution: `zipf:1.1`, `pareto:0.2`, `normal:20`,
 * `zoned:60/10:40/90` and `zoned_abs:60/1g:40/9g`, zones by direction with commas between. Shares
 * of accesses are 100 % together. Left out: the centre that fio takes behind a second colon.
 */

import { canonicalBytes, type KbBase } from './bytes.ts';
import { parseSize } from './computed.ts';
import { parseDecimal, parseInteger, quoted } from './number.ts';
import { accepted, notDone, type Parsed, type Refused, refused } from './parsed.ts';
import { splitOutside } from './split.ts';

export type Distribution =
  | { readonly kind: 'random' }
  | { readonly kind: 'zipf'; readonly theta: number }
  /** `h` of the blocks have 1 − h of the accesses. */
  | { readonly kind: 'pareto'; readonly h: number }
  | { readonly kind: 'normal'; readonly deviationPercent: number }
  | {
      readonly kind: 'zoned';
      /** What `size` of a zone counts: percent of the region, or bytes. */
      readonly sizes: 'percent' | 'bytes';
      /** read, write, trim, copy. */
      readonly zones: readonly (readonly Zone[])[];
    };

export interface Zone {
  readonly accessPercent: number;
  readonly size: number;
}

const DIRECTION_COUNT = 4;
const KINDS = 'random, zipf, pareto, normal, zoned, zoned_abs';
const THETA_MAX = 10;

/** Defaults are fio's. */
export function parseDistribution(text: string, kbBase: KbBase = 1024): Parsed<Distribution> {
  const [kind = '', ...rest] = text.split(':');
  const input = rest.length === 0 ? null : rest.join(':');
  switch (kind) {
    case 'random':
      return input === null ? accepted({ kind }) : refused('random takes no number; write random');
    case 'zipf':
      return withNumber(kind, input, 1.1, parseTheta);
    case 'pareto':
      return withNumber(kind, input, 0.2, parseH);
    case 'normal':
      return withNumber(kind, input, 0, parseDeviation);
    case 'zoned':
    case 'zoned_abs':
      return parseZones(text, input ?? '', kind === 'zoned' ? 'percent' : 'bytes', kbBase);
    default:
      return refused(`${quoted(text)} is not known; write one of ${KINDS}`);
  }
}

export function canonicalDistribution(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'random':
      return 'random';
    case 'zipf':
      return `zipf:${distribution.theta}`;
    case 'pareto':
      return `pareto:${distribution.h}`;
    case 'normal':
      return `normal:${distribution.deviationPercent}`;
    case 'zoned':
      return canonicalZones(distribution.sizes, distribution.zones);
  }
}

function withNumber(
  kind: string,
  input: string | null,
  fallback: number,
  make: (value: number) => Parsed<Distribution>,
): Parsed<Distribution> {
  if (input === null) return make(fallback);
  const [text = '', centre] = input.split(':');
  // fio takes .3 as well.
  const number = parseDecimal(text.startsWith('.') ? `0${text}` : text);
  if (!number.ok) return number;
  if (centre === undefined) return make(number.value);
  const why = 'would put what is hot at a place of its own; write';
  return notDone(`${kind}:${input} ${why} ${kind}:${text}`);
}

function parseTheta(theta: number): Parsed<Distribution> {
  if (theta > 0 && theta <= THETA_MAX && theta !== 1) return accepted({ kind: 'zipf', theta });
  return refused(`theta is ${theta}; give one above 0, up to ${THETA_MAX}, and not 1`);
}

function parseH(h: number): Parsed<Distribution> {
  if (h > 0 && h < 1) return accepted({ kind: 'pareto', h });
  return refused(`the number behind pareto is ${h}; give one between 0 and 1`);
}

function parseDeviation(deviationPercent: number): Parsed<Distribution> {
  if (deviationPercent >= 0 && deviationPercent < 100) {
    return accepted({ kind: 'normal', deviationPercent });
  }
  return refused(`the deviation is ${deviationPercent} %; give one from 0, below 100`);
}

function parseZones(
  text: string,
  input: string,
  sizes: 'percent' | 'bytes',
  kbBase: KbBase,
): Parsed<Distribution> {
  const directions = splitOutside(input, /,/);
  if (directions.length > DIRECTION_COUNT) {
    const what = `has ${directions.length} parts; at most four, by direction`;
    return refused(`${quoted(text)} ${what}`);
  }
  const zones: (readonly Zone[])[] = [];
  for (const direction of directions) {
    const parsed = parseDirection(direction, sizes, kbBase);
    if (!parsed.ok) return parsed;
    zones.push(parsed.value);
  }
  while (zones.length < DIRECTION_COUNT) zones.push(zones.at(-1) ?? []);
  return accepted({ kind: 'zoned', sizes, zones });
}

function parseDirection(
  text: string,
  sizes: 'percent' | 'bytes',
  kbBase: KbBase,
): Parsed<readonly Zone[]> {
  const zones: Zone[] = [];
  for (const part of splitOutside(text, /:/)) {
    const zone = parseZone(part, sizes, kbBase);
    if (!zone.ok) return zone;
    zones.push(zone.value);
  }
  const accesses = zones.reduce((sum, zone) => sum + zone.accessPercent, 0);
  if (accesses !== 100) {
    const what = `the shares of accesses of ${quoted(text)} are ${accesses} % together`;
    return refused(`${what}; make them 100`);
  }
  if (sizes === 'bytes') return accepted(zones);
  const covered = zones.reduce((sum, zone) => sum + zone.size, 0);
  if (covered > 100) {
    return refused(`the zones of ${quoted(text)} are ${covered} % together; 100 is the most`);
  }
  return shareRest(text, zones, 100 - covered);
}

/** `50/20:50/`: a zone without a size, here 0, has what is left. */
function shareRest(
  text: string,
  zones: readonly Zone[],
  restPercent: number,
): Parsed<readonly Zone[]> {
  const open = zones.filter(({ size }) => size === 0).length;
  if (open === 0) return accepted(zones);
  const share = restPercent / open;
  if (!Number.isInteger(share) || share === 0) {
    const what = `leaves ${restPercent} % for ${open} zones without a size; write their sizes`;
    return refused(`${quoted(text)} ${what}`);
  }
  return accepted(zones.map((zone) => (zone.size === 0 ? { ...zone, size: share } : zone)));
}

function parseZone(part: string, sizes: 'percent' | 'bytes', kbBase: KbBase): Parsed<Zone> {
  const [access = '', size, ...more] = splitOutside(part, /\//);
  if (size === undefined || more.length > 0) return noZone(part, sizes);
  const accessPercent = parseInteger(access);
  if (!accessPercent.ok) return accessPercent;
  if (sizes === 'percent' && size === '' && accessPercent.value >= 0) {
    return accepted({ accessPercent: accessPercent.value, size: 0 });
  }
  const parsed = sizes === 'percent' ? parseInteger(size) : parseSize(size, kbBase);
  if (!parsed.ok) return parsed;
  if (accessPercent.value < 0 || parsed.value <= 0) return noZone(part, sizes);
  return accepted({ accessPercent: accessPercent.value, size: parsed.value });
}

function noZone(part: string, sizes: 'percent' | 'bytes'): Refused {
  const example = sizes === 'percent' ? '60/10' : '60/1g';
  return refused(`${quoted(part)} is no zone; write ACCESS%/SIZE, such as ${example}`);
}

function canonicalZones(
  sizes: 'percent' | 'bytes',
  directions: readonly (readonly Zone[])[],
): string {
  const sizeText = (size: number) => (sizes === 'percent' ? `${size}` : canonicalBytes(size));
  const parts = directions.map((zones) =>
    zones.map(({ accessPercent, size }) => `${accessPercent}/${sizeText(size)}`).join(':'),
  );
  while (parts.length > 1 && parts.at(-1) === parts.at(-2)) parts.pop();
  return `${sizes === 'percent' ? 'zoned' : 'zoned_abs'}:${parts.join(',')}`;
}
