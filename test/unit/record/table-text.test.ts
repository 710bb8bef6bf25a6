import { expect, test } from 'vitest';
import { breakHeader, longest, padColumn, wrapWords } from '../../../src/record/table-text.ts';

test('numbers stand right, words left, an absent number is no word', () => {
  expect(padColumn(['bs'], ['4k', '-', '128k'])).toEqual(['  bs', '  4k', '   -', '128k']);
  expect(padColumn(['x'], ['<0.001', '7'])).toEqual(['     x', '<0.001', '     7']);
  expect(padColumn(['path'], ['a', '-'])).toEqual(['path', 'a   ', '-   ']);
});

test('lines break between words, and a long word is cut', () => {
  expect(wrapWords('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapWords('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
  expect(wrapWords('a\nb', 10)).toEqual(['a b']);
  expect(wrapWords('', 10)).toEqual([]);
  expect(wrapWords('one 2\u00a0MiB', 7)).toEqual(['one', '2 MiB']);
});

test('headers break at blanks, underscores and points before a name', () => {
  expect(breakHeader('nvme0.copy_bandwidth', 7)).toEqual(['nvme0.', 'copy_', 'bandwidth']);
  expect(breakHeader('p99.9 µs', 4)).toEqual(['p99.9', 'µs']);
  expect(breakHeader('CPU µs/IO', 9)).toEqual(['CPU µs/IO']);
  expect(breakHeader('a b c d e f', 1)).toEqual(['a b', 'c d', 'e f']);
  expect(breakHeader('iodepth', 2)).toEqual(['iodepth']);
});

test('the longest of more cells than a function may have arguments', () => {
  expect(longest([])).toBe(0);
  const cells = Array.from({ length: 200_000 }, (_, place) => (place === 7 ? 'long' : 'x'));
  expect(longest(cells)).toBe(4);
  expect(padColumn(['h'], cells)[1]).toBe('x   ');
});
