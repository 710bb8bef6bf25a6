import { expect, test } from 'vitest';
import { parseBytesShares } from '../../../src/units/shares.ts';
import { splitOutside } from '../../../src/units/split.ts';

test.each([
  '4k/60:64k/40',
  '4k/60:8k',
  '4k',
  '4k/50:8k/50,64k/100',
  ',64k/100',
  '(2*4k)/100',
  '4k/',
])('%s', (text) => {
  expect(parseBytesShares(text, 1024)).toEqual({ ok: true, value: text });
});

test.each([
  ['4k/60:8k/60', 'the shares of "4k/60:8k/60" are 120 % together; 100 is the most'],
  ['4q/50', '"4q" is not a size'],
  ['4k/x', '"x" is no share in "4k/x"; write a whole number from 0 to 100'],
  ['4k/101', '"101" is no share'],
  ['4k/50/50', '"4k/50/50" is no SIZE/PERCENT; write one, such as 4k/60'],
  ['0/50', '"0/50" is a block of 0 bytes; give at least 1'],
  ['', 'nothing is not a size'],
  ['4k/50::8k/50', 'nothing is not a size'],
  ['4k,4k,4k,4k,4k', 'has 5 parts; at most four, by direction'],
])('%s is refused', (text, what) => {
  const parsed = parseBytesShares(text, 1024);
  expect(parsed.ok ? '' : parsed.what).toContain(what);
});

test('what stands in parentheses is not taken apart', () => {
  expect(splitOutside('(1,2),3', /,/)).toEqual(['(1,2)', '3']);
  expect(splitOutside('(4k-1)-(8k-1)', /[-:]/)).toEqual(['(4k-1)', '(8k-1)']);
  expect(splitOutside('', /,/)).toEqual(['']);
  expect(splitOutside('a),b', /,/)).toEqual(['a)', 'b']);
});
