/**
 * How the file of the next I/O is chosen among several, fio's file_service_type: `roundrobin`,
 * `sequential` (one file, then the next) and `random`, with `:N` I/Os before another is chosen;
 * `zipf:1.1`, `pareto:0.2` and `normal:10` (or `gauss`) prefer some files.
 */

import { canonicalDistribution, type Distribution, parseDistribution } from './distribution.ts';
import { parseInteger, quoted } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

export type Skew = Extract<Distribution, { readonly kind: 'zipf' | 'pareto' | 'normal' }>;

export type FileService =
  | { readonly kind: 'roundrobin' | 'sequential' | 'random'; readonly ios: number }
  | { readonly kind: 'skewed'; readonly skew: Skew };

const KINDS = 'roundrobin, sequential, random, zipf, pareto, normal';

export function parseFileService(text: string): Parsed<FileService> {
  const [word = '', ...rest] = text.split(':');
  switch (word) {
    case 'roundrobin':
    case 'sequential':
    case 'random': {
      const ios = parseIos(rest.length === 0 ? '1' : rest.join(':'));
      return ios.ok ? accepted({ kind: word, ios: ios.value }) : ios;
    }
    case 'zipf':
    case 'pareto':
    case 'normal':
    case 'gauss':
      return parseSkew([word === 'gauss' ? 'normal' : word, ...rest].join(':'));
    default:
      return refused(`${quoted(text)} is not known; write one of ${KINDS}`);
  }
}

/** What it parses back from. A file is served in one go by `sequential` whatever number it has. */
export function canonicalFileService(service: FileService): string {
  if (service.kind === 'skewed') return canonicalDistribution(service.skew);
  const { kind, ios } = service;
  return kind === 'sequential' || ios === 1 ? kind : `${kind}:${ios}`;
}

function parseIos(text: string): Parsed<number> {
  const ios = parseInteger(text);
  if (!ios.ok) return ios;
  return ios.value >= 1 ? ios : refused(`${text} is no number of I/Os; give at least 1`);
}

function parseSkew(text: string): Parsed<FileService> {
  const parsed = parseDistribution(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const skews = value.kind === 'zipf' || value.kind === 'pareto' || value.kind === 'normal';
  return skews ? accepted({ kind: 'skewed', skew: value }) : refused(`${quoted(text)} is no skew`);
}
