import { expect, test } from 'vitest';
import { textWidth, wrapText } from '../../../src/plot/text-width.ts';

test('as wide as DejaVu Sans sets it', () => {
  expect(textWidth('0', 1000)).toBe(636);
  expect(textWidth('Wi', 1000)).toBe(989 + 278);
});

test('text is broken where it would be wider, a long word stands alone', () => {
  expect(wrapText('aaa bbb incomprehensibilities c', 10, 60)).toEqual([
    'aaa bbb',
    'incomprehensibilities',
    'c',
  ]);
  expect(wrapText('', 10, 60)).toEqual([]);
});
