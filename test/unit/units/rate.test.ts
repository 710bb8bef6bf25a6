import { expect, test } from 'vitest';
import { canonicalRate, parseRate } from '../../../src/units/rate.ts';

test.each([
  ['1gbit', 125_000_000],
  ['1Gbit', 125_000_000],
  ['12.5gB', 12_500_000_000],
  ['3360m', 3360 * 1048576],
  ['1000', 1000],
  ['800mB/s', 800_000_000],
  ['100gbit/s', 12_500_000_000],
])('%s is %d bytes/s', (text, value) => {
  expect(parseRate(text)).toEqual({ ok: true, value });
});

test('10gb could be either', () => {
  const what = '"10gb" may mean bits or bytes; write 10gbit or 10gB';
  expect(parseRate('10gb')).toEqual({ ok: false, what });
});

test.each(['fast', '1.5m', '-1gB', '', '1kib', '3q'])('%j is refused', (text) => {
  const shown = text === '' ? 'nothing' : `"${text}"`;
  const what = `${shown} is not a rate; write 1gbit, 12.5gB (thousands) or 3360m (bytes/s, k = 1024)`;
  expect(parseRate(text)).toEqual({ ok: false, what });
});

test.each([
  [125_000_000, '125mB'],
  [12_500_000_000, '12.5gB'],
  [3360 * 1048576, '3360m'],
  [1234567, '1234567'],
  [0, '0'],
  [0.5, '4bit'],
])('%d bytes/s is written %s', (rate, text) => {
  expect(canonicalRate(rate)).toBe(text);
});
