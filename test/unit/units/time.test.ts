import { expect, test } from 'vitest';
import { canonicalTime, formatTime, parseTime } from '../../../src/units/time.ts';

test.each([
  ['5', 's', 5e9],
  ['5', 'us', 5e3],
  ['5', 'ns', 5],
  ['10us', 's', 10_000],
  ['10usec', 's', 10_000],
  ['3ms', 's', 3e6],
  ['3msec', 's', 3e6],
  ['1500ns', 's', 1500],
  ['2m', 's', 120e9],
  ['1h', 's', 3600e9],
  ['1d', 's', 86_400e9],
  ['12.5us', 's', 12_500],
  ['4.35us', 's', 4350],
  ['2S', 'us', 2e9],
])('%s (bare: %s) is %d ns', (text, unit, value) => {
  expect(parseTime(text, unit)).toEqual({ ok: true, value });
});

test.each(['2sec', '2x', '-1s', 's', '', '1 s', '1.s', '1e3'])('%j is refused', (text) => {
  const shown = text === '' ? 'nothing' : `"${text}"`;
  const what = `${shown} is not a time; write a number with ns, us, ms, s, m (minutes), h or d behind it`;
  expect(parseTime(text, 's')).toEqual({ ok: false, what });
});

test.each([
  [0, '0ns'],
  [1500, '1500ns'],
  [10_000, '10us'],
  [3e6, '3ms'],
  [120e9, '120s'],
])('%d ns is written %s', (timeNs, text) => {
  expect(canonicalTime(timeNs)).toBe(text);
});

test.each([
  [0, '0 ns'],
  [999, '999 ns'],
  [12_340, '12.3 µs'],
  [999_999, '1.00 ms'],
  [1.5e9, '1.50 s'],
])('%d ns reads %s', (timeNs, text) => {
  expect(formatTime(timeNs)).toBe(text);
});
