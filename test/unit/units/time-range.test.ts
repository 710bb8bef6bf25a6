import { expect, test } from 'vitest';
import { canonicalTimeRange, parseTimeRange } from '../../../src/units/time-range.ts';

test.each([
  ['2', '2s', 2e9, 2e9],
  ['500ms', '500ms', 5e8, 5e8],
  ['1-3', '1s-3s', 1e9, 3e9],
  ['500ms:2s', '500ms-2s', 5e8, 2e9],
  ['0-1', '0ns-1s', 0, 1e9],
  ['(2*30s)-(3*30s)', '60s-90s', 6e10, 9e10],
])('%s', (text, canonical, lowNs, highNs) => {
  const parsed = parseTimeRange(text, 's');
  expect(parsed).toEqual({ ok: true, value: { lowNs, highNs } });
  expect(canonicalTimeRange({ lowNs, highNs })).toBe(canonical);
  expect(parseTimeRange(canonical, 's')).toEqual(parsed);
});

test.each([
  // fio 3.33 waits for ever.
  ['2-1', '"2-1" begins above its end; write 1-2'],
  ['1-2-3', '"1-2-3" is not a range; write two times, such as 1s-3s'],
  ['1,3', '"1,3" is not a time'],
  ['-1', 'nothing is not a time'],
])('%s is refused', (text, what) => {
  const parsed = parseTimeRange(text, 's');
  expect(parsed.ok ? '' : parsed.what).toContain(what);
});
