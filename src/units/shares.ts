/**
 * Mixes of block sizes, fio's bssplit: `4k/60:64k/40` for each direction, commas between. Shares
 * are percent; sizes without one divide what the others leave. fio takes shares of more than 100
 * together and lets the last ones never come up; here they are refused.
 */

import type { KbBase } from './bytes.ts';
import { parseSize } from './computed.ts';
import { parseInteger, quoted } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import { splitOutside } from './split.ts';

const DIRECTION_COUNT = 4;

/** The value is the text: nothing works on it yet. */
export function parseBytesShares(text: string, kbBase: KbBase): Parsed<string> {
  const directions = splitOutside(text, /,/);
  if (directions.length > DIRECTION_COUNT) {
    return refused(`${quoted(text)} has ${directions.length} parts; at most four, by direction`);
  }
  for (const direction of directions) {
    const mistake = direction === '' && directions.length > 1 ? null : mistakeIn(direction, kbBase);
    if (mistake !== null) return refused(mistake);
  }
  return accepted(text);
}

function mistakeIn(direction: string, kbBase: KbBase): string | null {
  let sum = 0;
  for (const part of splitOutside(direction, /:/)) {
    const [size = '', share, ...rest] = splitOutside(part, /\//);
    if (rest.length > 0) return `${quoted(part)} is no SIZE/PERCENT; write one, such as 4k/60`;
    const bytes = parseSize(size, kbBase);
    if (!bytes.ok) return bytes.what;
    if (bytes.value === 0) return `${quoted(part)} is a block of 0 bytes; give at least 1`;
    if (share === undefined || share === '') continue;
    const percent = parseInteger(share);
    if (!percent.ok || percent.value < 0 || percent.value > 100) {
      return `${quoted(share)} is no share in ${quoted(part)}; write a whole number from 0 to 100`;
    }
    sum += percent.value;
  }
  if (sum <= 100) return null;
  return `the shares of ${quoted(direction)} are ${sum} % together; 100 is the most`;
}
