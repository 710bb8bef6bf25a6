import { expect, test } from 'vitest';
import { canonicalBytesRange, parseBytesRange } from '../../../src/units/range.ts';

test.each([
  ['4k-64k', 4096, 65536],
  ['4k:64k', 4096, 65536],
  ['4k', 4096, 4096],
])('%s', (text, lowBytes, highBytes) => {
  expect(parseBytesRange(text)).toEqual({ ok: true, value: { lowBytes, highBytes } });
});

test('reversed bounds, three bounds and bad sizes are refused', () => {
  const reversed = { ok: false, what: '"64k-4k" begins above its end; write 4k-64k' };
  expect(parseBytesRange('64k-4k')).toEqual(reversed);
  const three = { ok: false, what: '"1-2-3" is not a range; write two sizes, such as 4k-64k' };
  expect(parseBytesRange('1-2-3')).toEqual(three);
  expect(parseBytesRange('4k-').ok).toBe(false);
});

test('is written with its shortest sizes', () => {
  expect(canonicalBytesRange({ lowBytes: 4096, highBytes: 1048576 })).toBe('4k-1m');
  expect(canonicalBytesRange({ lowBytes: 4096, highBytes: 4096 })).toBe('4k');
});
