import { expect, test } from 'vitest';
import { formatElapsed, formatStopwatch } from '../../../src/cli/elapsed.ts';

test.each([
  [250, '250 ms'],
  [99_400, '99.4 s'],
  [125_000, '2 min'],
  [5 * 3_600_000, '5 h'],
])('%i ms took %s', (elapsedMs, text) => {
  expect(formatElapsed(elapsedMs)).toBe(text);
});

test.each([
  [0, '0:00'],
  [7_999, '0:07'],
  [754_000, '12:34'],
  [3_723_000, '1:02:03'],
])('%i ms on a stopwatch: %s', (elapsedMs, text) => {
  expect(formatStopwatch(elapsedMs)).toBe(text);
});
