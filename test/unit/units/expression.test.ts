import { expect, test } from 'vitest';
import { parseCount, parseDuration, parseSize } from '../../../src/units/computed.ts';

const KIB = 1024;

test.each([
  ['(4096)', 4096],
  ['(2*4k)', 8 * KIB],
  ['(1m-64k)', 960 * KIB],
  ['(2 + 3 * 4)', 14],
  ['((2+3)*4)', 20],
  ['(2^12)', 4096],
  ['(2^3^2)', 512],
  ['(64k/3%7)', (65536 / 3) % 7],
  ['(-4k+8k)', 4 * KIB],
  ['(0x10*0x10)', 256],
  ['(-2^2+8)', 4],
  ['(0.5*8k)', 4 * KIB],
])('%s', (text, value) => {
  const parsed = parseSize(text, 1024);
  if (Number.isInteger(value)) expect(parsed).toEqual({ ok: true, value });
  else expect(parsed.ok).toBe(false);
});

test('suffixes count as kb_base says, and kib tells of itself inside too', () => {
  expect(parseSize('(2*4k)', 1000)).toEqual({ ok: true, value: 8000 });
  expect(parseSize('(2*4kib)', 1000)).toEqual({ ok: true, value: 8192 });
  expect(parseSize('(2*4kib)', 1024)).toMatchObject({ value: 8000, warning: /4000 bytes/ });
});

test.each([
  ['(', 'it ends where a number should be; write one'],
  ['(4k', 'a parenthesis is not closed; write )'],
  ['(4k))', '")" stands behind the last parenthesis; remove it'],
  ['(4k)k', '"k" stands behind the last parenthesis; remove it'],
  ['()', '")" stands where a number should be; write one'],
  ['(4q)', '"4q" is not a size'],
  ['(4k*)', '")" stands where a number should be; write one'],
  ['(4k/0)', '/ by 0; change it'],
  ['(4k%0)', '% by 0; change it'],
  ['(2^0.5)', 'the exponent is no whole number from 0 to 64; write one'],
  ['(2^65)', 'the exponent is no whole number from 0 to 64; write one'],
  ['(1/3)', 'which is no whole number; round it'],
  ['(4k-8k)', 'is -4096 bytes; a size is not below 0'],
  ['(9p*9p)', 'is too large; at most 2^53 - 1 is kept'],
  ['(4k 8k)', 'a parenthesis is not closed; write )'],
  ['(4k@2)', 'a parenthesis is not closed; write )'],
  [`${'('.repeat(5000)}1`, 'more than 64 parentheses or signs deep; write the value'],
  [`(${'-'.repeat(5000)}1)`, 'more than 64 parentheses or signs deep; write the value'],
  [`(${'2^'.repeat(5000)}1)`, 'more than 64 parentheses or signs deep; write the value'],
])('%s is refused', (text, what) => {
  const parsed = parseSize(text, 1024);
  expect(parsed.ok ? '' : parsed.what).toContain(what);
});

test('counts', () => {
  expect(parseCount('(2*16)')).toEqual({ ok: true, value: 32 });
  expect(parseCount('(0*-1)')).toEqual({ ok: true, value: 0 });
  expect(parseCount('(7/2)').ok).toBe(false);
  expect(parseCount('(2*1k)').ok).toBe(false);
});

test('times: units inside, and no bare number for one', () => {
  expect(parseDuration('(2*30s)', 's')).toEqual({ ok: true, value: 60e9 });
  expect(parseDuration('(1m/2+500ms)', 's')).toEqual({ ok: true, value: 30.5e9 });
  expect(parseDuration('(3s/1s*4us)', 's')).toEqual({ ok: true, value: 12_000 });
  for (const text of ['(30)', '(2*30)', '(2s*2s)', '(2+3s)', '(1s-2s)', '(2/1s)']) {
    expect(parseDuration(text, 's').ok, text).toBe(false);
  }
});
