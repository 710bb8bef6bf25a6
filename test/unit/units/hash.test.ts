import { expect, test } from 'vitest';
import { fnv1a, mix } from '../../../src/units/hash.ts';

test.each([
  [0, 0],
  [1, 0x514e28b7],
  [-1, 0x81f16f39],
])('mix(%d) is that of MurmurHash3', (x, expected) => {
  expect(mix(x)).toBe(expected);
});

// From the authors' own table (FNV-1a, 32 bits).
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('fnv1a(%j)', (text, expected) => {
  expect(fnv1a(text)).toBe(expected);
});
