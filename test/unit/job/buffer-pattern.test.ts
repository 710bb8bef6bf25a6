import { expect, test } from 'vitest';
import { parseBufferPattern, parsePattern } from '../../../src/job/buffer-pattern.ts';

/** The bytes that fio 3.33 writes for each (hex). */
test.each([
  ['1234', 'd204'],
  ['0xdeadbeef', 'deadbeef'],
  ['0xabc', '0abc'],
  ['"abc"', '616263'],
  ['0xff"ab"', 'ff6162'],
  ['-1', 'ffffffff'],
  ['-2', 'feffffff'],
  ['-300', 'd4feffff'],
  ['0', '00'],
  ['256', '0001'],
  ['65536', '000001'],
  ['12"x"', '0c78'],
])('%s', (text, hex) => {
  const pattern = parseBufferPattern(text);
  expect(pattern.ok && Buffer.from(pattern.value, 'latin1').toString('hex')).toBe(hex);
});

test.each([
  ["'file'", `"'file'" is no pattern; write "text", 0x and hex digits, or a number`],
  ['""', 'is a pattern of no bytes; give one at least'],
  ['4294967295', '4294967295 is no 32-bit number; write it as 0x and hex digits'],
  [`0x${'ab'.repeat(513)}`, 'is 513 bytes long, and 512 are the most'],
])('%s is refused', (text, what) => {
  expect(parseBufferPattern(text)).toEqual({ ok: false, what });
});

test('%o leaves room for the offset, and is for verify_pattern alone', () => {
  expect(parsePattern('0xff%o"z"%o')).toEqual({
    ok: true,
    value: { bytes: `\xff${'\0'.repeat(8)}z${'\0'.repeat(8)}`, offsetsAt: [1, 10] },
  });
  expect(parseBufferPattern('0xff%o')).toEqual({
    ok: false,
    what: '%o is for verify_pattern; leave it out',
  });
});
