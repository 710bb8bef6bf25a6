import { expect, test } from 'vitest';
import { padColumn, wrapWords } from '../../../src/record/table-text.ts';

test('numbers stand right, words left, an absent number is no word', () => {
  expect(padColumn('bs', ['4k', '-', '128k'])).toEqual(['  bs', '  4k', '   -', '128k']);
  expect(padColumn('x', ['<0.001', '7'])).toEqual(['     x', '<0.001', '     7']);
  expect(padColumn('path', ['a', '-'])).toEqual(['path', 'a   ', '-   ']);
});

test('lines break between words, and a long word is cut', () => {
  expect(wrapWords('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapWords('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
  expect(wrapWords('a\nb', 10)).toEqual(['a b']);
  expect(wrapWords('', 10)).toEqual([]);
});
