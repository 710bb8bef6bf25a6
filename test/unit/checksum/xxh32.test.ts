import { expect, test } from 'vitest';
import { xxh32 } from '../../../src/checksum/xxh32.ts';

/** Of xxHash's own documentation; the long one goes through the four lanes. */
test.each([
  ['', 0, 0x02cc_5d05],
  ['abc', 0, 0x32d1_53ff],
  ['Nobody inspects the spammish repetition', 0, 0xe229_3b2f],
])('%s', (text, seed, hash) => {
  expect(xxh32(Buffer.from(text), seed)).toBe(hash);
});

test('the seed counts, and so does where in memory the bytes begin not', () => {
  const bytes = Buffer.from('xNobody inspects the spammish repetition');
  expect(xxh32(bytes.subarray(1), 0)).toBe(0xe229_3b2f);
  expect(xxh32(bytes.subarray(1), 1)).not.toBe(0xe229_3b2f);
});
