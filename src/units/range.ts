/**
 * Ranges of sizes: `4k-64k` or `4k:64k`; one size is both bounds. Reversed bounds are a mistake.
 */

import { canonicalBytes, type KbBase } from './bytes.ts';
import { parseSize } from './computed.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { Bytes } from './quantity.ts';
import { splitOutside } from './split.ts';

export interface BytesRange {
  readonly lowBytes: Bytes;
  readonly highBytes: Bytes;
}

export function parseBytesRange(text: string, kbBase: KbBase = 1024): Parsed<BytesRange> {
  const parts = splitOutside(text, /[-:]/);
  if (parts.length > 2) return refused(`"${text}" is not a range; write two sizes, such as 4k-64k`);
  const low = parseSize(parts[0] ?? '', kbBase);
  if (!low.ok) return low;
  const high = parts.length === 1 ? low : parseSize(parts[1] ?? '', kbBase);
  if (!high.ok) return high;
  if (low.value > high.value) {
    return refused(`"${text}" begins above its end; write ${parts[1]}-${parts[0]}`);
  }
  const range = { lowBytes: low.value, highBytes: high.value };
  const warning = [low.warning, high === low ? undefined : high.warning].filter(Boolean).join('; ');
  return warning === '' ? accepted(range) : { ok: true, value: range, warning };
}

export function canonicalBytesRange(range: BytesRange): string {
  const low = canonicalBytes(range.lowBytes);
  return range.lowBytes === range.highBytes ? low : `${low}-${canonicalBytes(range.highBytes)}`;
}
