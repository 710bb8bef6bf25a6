import { expect, test } from 'vitest';
import {
  canonicalBytes,
  formatByteRate,
  formatBytes,
  hasByteSuffix,
  parseBytes,
} from '../../../src/units/bytes.ts';

test.each([
  ['0', 0],
  ['512', 512],
  ['4k', 4096],
  ['4K', 4096],
  ['4kb', 4096],
  ['4KB', 4096],
  ['1m', 1048576],
  ['2g', 2147483648],
  ['1t', 1099511627776],
  ['1p', 1125899906842624],
  ['0x1000', 4096],
  ['0x10k', 16384],
])('%s is %d bytes', (text, value) => {
  expect(parseBytes(text)).toEqual({ ok: true, value });
});

test('kib keeps the 1000 of fio, and says so', () => {
  expect(parseBytes('16kib')).toEqual({
    ok: true,
    value: 16000,
    warning: '16kib is 16000 bytes, as fio counts; write 16k for 16384',
  });
});

const NOT = 'is not a size; write a whole number with k, m, g, t or p behind it, such as 4k';

test.each([
  ['4q', `"4q" ${NOT}`],
  ['4kx', `"4kx" ${NOT}`],
  ['-4k', `"-4k" ${NOT}`],
  ['4 k', `"4 k" ${NOT}`],
  ['k', `"k" ${NOT}`],
  ['', `nothing ${NOT}`],
  ['1.5k', '"1.5k" has a decimal point; sizes are whole numbers, write 1536'],
  ['1.3k', '"1.3k" has a decimal point and is no whole number of bytes; write a whole number'],
  ['4ki', '"4ki" may mean 1024 or 1000; write 4k for 4096 bytes'],
  ['9p', '9p is too large; at most 2^53 - 1 is kept'],
])('%s is refused', (text, what) => {
  expect(parseBytes(text)).toEqual({ ok: false, what });
});

test.each([
  [0, '0'],
  [512, '512'],
  [1536, '1536'],
  [4096, '4k'],
  [1048576, '1m'],
  [1073741824, '1g'],
])('%d is written %s', (bytes, text) => {
  expect(canonicalBytes(bytes)).toBe(text);
});

test.each([
  [512, '512 B'],
  [4096, '4 KiB'],
  [1572864, '1.50 MiB'],
  [68719476736, '64 GiB'],
])('%d reads %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a rate reads in binary units and never as 1024 of them', () => {
  expect(formatByteRate(0)).toBe('0.00 B/s');
  expect(formatByteRate(1.5 * 1024 ** 3)).toBe('1.50 GiB/s');
  expect(formatByteRate(1024 ** 2 - 1)).toBe('1.00 MiB/s');
});

test('a suffix is told from a bare number', () => {
  expect(['250g', '250', '0x40'].map(hasByteSuffix)).toEqual([true, false, false]);
});
