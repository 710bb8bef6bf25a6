/** What a line of a log looks like, ours or fio's: a file that has none is not replaced. */

import { IOLOG_HEADER } from './iolog-text.ts';

const SAMPLE = /^\d+, \d+(?:, \d+)?, [0-3], \d+(?:, \d+)?, (?:\d|0x[0-9a-f]{4})(?:, -?\d+)?$/;
const HISTOGRAM = /^\d+, [0-3], \d+(?:, \d+){29,1856}$/;

export function isLogLine(line: string): boolean {
  return SAMPLE.test(line) || HISTOGRAM.test(line) || line === IOLOG_HEADER;
}
