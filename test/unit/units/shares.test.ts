import { expect, test } from 'vitest';
import { parseBytesShares, sharesOf } from '../../../src/units/shares.ts';
import { splitOutside } from '../../../src/units/split.ts';

test.each([
  ['4k/60:64k/40', '4k/60:64k/40'],
  // Sizes without a share divide the rest; the last of them takes what does not divide.
  ['4k/60:8k', '4k/60:8k/40'],
  ['4k', '4k/100'],
  ['4k/', '4k/100'],
  ['4k:8k:16k', '4k/33:8k/33:16k/34'],
  ['64k/50:4k/50', '4k/50:64k/50'],
  ['4k/20:64k/50:4k/30', '4k/50:64k/50'],
  ['4k/100:8k/0', '4k/100:8k/0'],
  // The last part holds for the directions behind it.
  ['4k/50:8k/50,64k/100', '4k/50:8k/50,64k/100'],
  ['4k,4k,4k,4k', '4k/100'],
  [',64k/100', ',64k/100'],
  ['(2*4k)/100', '8k/100'],
])('%s is %s', (text, canonical) => {
  expect(parseBytesShares(text, 1024)).toEqual({ ok: true, value: canonical });
  expect(parseBytesShares(canonical, 1024)).toEqual({ ok: true, value: canonical });
});

test('what the shares leave goes to the last size, with a warning', () => {
  expect(parseBytesShares('4k/20:8k/30', 1024)).toEqual({
    ok: true,
    value: '4k/20:8k/80',
    warning: 'the shares of "4k/20:8k/30" are 50 % together; 8k takes the rest',
  });
});

test('shares by direction', () => {
  expect(sharesOf(',4k/60:64k/40')).toEqual([
    null,
    ...Array.from({ length: 3 }, () => [
      { bytes: 4096, percent: 60 },
      { bytes: 65536, percent: 40 },
    ]),
  ]);
});

test.each([
  ['4k/60:8k/60', 'the shares of "4k/60:8k/60" are 120 % together; 100 is the most'],
  ['4q/50', '"4q" is not a size'],
  ['4k/x', '"x" is no share in "4k/x"; write a whole number from 0 to 100'],
  ['4k/101', '"101" is no share'],
  ['4k/50/50', '"4k/50/50" is no SIZE/PERCENT; write one, as 4k/60'],
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
