/**
 * What fio's steadystate asks of a job: `iops:10`, `bw_slope:1m`, `lat:5%`. A limit of iops is a
 * number, of bw bytes a second, of lat a time (without a unit us, as fio's times are), or of each a
 * share of the mean. fio reads `iops:1k` as 1.
 */

import { canonicalBytes, type KbBase } from './bytes.ts';
import { parseDuration, parseSize } from './computed.ts';
import { parseDecimal, quoted } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import { canonicalTime } from './time.ts';

export interface SteadyCriterion {
  readonly figure: 'iops' | 'bw' | 'lat';
  /** Of the line through the intervals; else of the furthest from their mean. */
  readonly slope: boolean;
  /** I/Os or bytes a second, or ns; of `percent`, of the mean. */
  readonly limit: number;
  readonly percent: boolean;
}

const KINDS = 'iops, iops_slope, bw, bw_slope, lat, lat_slope';

export function parseSteadyCriterion(text: string, kbBase: KbBase = 1024): Parsed<SteadyCriterion> {
  const [word = '', ...rest] = text.split(':');
  const figure = figureOf(word.replace(/_slope$/, ''));
  if (figure === null) return refused(`${quoted(word)} is not known; write one of ${KINDS}`);
  const limit = rest.join(':');
  if (limit === '') return refused(`${quoted(text)} has no limit; write one, as ${word}:1%`);
  const percent = limit.endsWith('%');
  const parsed = percent ? parseDecimal(limit.slice(0, -1)) : parseLimit(figure, limit, kbBase);
  if (!parsed.ok) return parsed;
  if (parsed.value <= 0) {
    return refused(`${quoted(text)} is never reached: it asks for less than ${limit}; give more`);
  }
  return accepted({ figure, slope: word.endsWith('_slope'), limit: parsed.value, percent });
}

/** What it parses back from. */
export function canonicalSteadyCriterion(criterion: SteadyCriterion): string {
  const { figure, slope, limit, percent } = criterion;
  return `${figure}${slope ? '_slope' : ''}:${percent ? `${limit}%` : limitText(figure, limit)}`;
}

function figureOf(word: string): SteadyCriterion['figure'] | null {
  return word === 'iops' || word === 'bw' || word === 'lat' ? word : null;
}

function parseLimit(
  figure: SteadyCriterion['figure'],
  text: string,
  kbBase: KbBase,
): Parsed<number> {
  if (figure === 'iops') return parseDecimal(text);
  return figure === 'bw' ? parseSize(text, kbBase) : parseDuration(text, 'us');
}

function limitText(figure: SteadyCriterion['figure'], limit: number): string {
  if (figure === 'iops') return `${limit}`;
  return figure === 'bw' ? canonicalBytes(limit) : canonicalTime(limit);
}
