import { expect, test } from 'vitest';
import { formatCount, parseDecimal, parseInteger } from '../../../src/units/number.ts';

test.each([
  ['12', 12],
  ['-3', -3],
  ['0x10', 16],
])('%s is %d', (text, value) => {
  expect(parseInteger(text)).toEqual({ ok: true, value });
});

test.each(['1.5', '1k', '', '1e3', '0x'])('%j is no whole number', (text) => {
  const shown = text === '' ? 'nothing' : `"${text}"`;
  const what = `${shown} is not a whole number; write digits, or 0x and hex digits`;
  expect(parseInteger(text)).toEqual({ ok: false, what });
});

test('a number that a double cannot keep is refused', () => {
  expect(parseInteger('9007199254740993')).toEqual({
    ok: false,
    what: '9007199254740993 is too large; at most 2^53 - 1 is kept',
  });
});

test('decimals', () => {
  expect(parseDecimal('1.25')).toEqual({ ok: true, value: 1.25 });
  expect(parseDecimal('1.').ok).toBe(false);
});

test.each([
  [0, '0'],
  [999, '999'],
  [12.34, '12.3'],
  [57_000, '57.0k'],
  [999_600, '1.00M'],
  [1_200_000, '1.20M'],
])('%d reads %s', (value, text) => {
  expect(formatCount(value)).toBe(text);
});
