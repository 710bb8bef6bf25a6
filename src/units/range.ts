/**
 * Ranges of sizes: `4k-64k` or `4k:64k`; one size is both bounds. Reversed bounds are a mistake.
 */

import { canonicalBytes, parseBytes } from './bytes.ts';
import { accepted, type Parsed, refused } from './parsed.ts';
import type { Bytes } from './quantity.ts';

export interface BytesRange {
  readonly lowBytes: Bytes;
  readonly highBytes: Bytes;
}

export function parseBytesRange(text: string): Parsed<BytesRange> {
  const parts = text.split(/[-:]/);
  if (parts.length > 2) return refused(`"${text}" is not a range; write two sizes, such as 4k-64k`);
  const low = parseBytes(parts[0] ?? '');
  if (!low.ok) return low;
  const high = parts.length === 1 ? low : parseBytes(parts[1] ?? '');
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
