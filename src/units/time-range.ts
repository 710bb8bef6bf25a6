/**
 * A time, or a range to draw one from: `10s`, `500ms-2s`, `1:3`. Reversed bounds are a mistake: fio
 * 3.33 waits for ever then (measured).
 */

import { parseDuration } from './computed.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { Nanoseconds } from './quantity.ts';
import { splitOutside } from './split.ts';
import { canonicalTime } from './time.ts';

export interface TimeRange {
  readonly lowNs: Nanoseconds;
  /** The same as lowNs where there is nothing to draw. */
  readonly highNs: Nanoseconds;
}

/** `bareUnit`: what a number without suffix counts. */
export function parseTimeRange(text: string, bareUnit: string): Parsed<TimeRange> {
  const parts = splitOutside(text, /[-:]/);
  if (parts.length > 2) return refused(`"${text}" is not a range; write two times, such as 1s-3s`);
  const low = parseDuration(parts[0] ?? '', bareUnit);
  if (!low.ok) return low;
  const high = parts.length === 1 ? low : parseDuration(parts[1] ?? '', bareUnit);
  if (!high.ok) return high;
  if (low.value > high.value) {
    return refused(`"${text}" begins above its end; write ${parts[1]}-${parts[0]}`);
  }
  return accepted({ lowNs: low.value, highNs: high.value });
}

export function canonicalTimeRange({ lowNs, highNs }: TimeRange): string {
  const low = canonicalTime(lowNs);
  return lowNs === highNs ? low : `${low}-${canonicalTime(highNs)}`;
}
