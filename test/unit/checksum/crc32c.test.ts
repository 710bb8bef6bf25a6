import { expect, test } from 'vitest';
import { crc32c } from '../../../src/checksum/crc32c.ts';

/** RFC 3720, B.4: the CRC as it goes over the wire, before its last inversion. */
test.each([
  ['32 zeros', Buffer.alloc(32), 0x8a91_36aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8_ab43],
  ['ascending', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd_794e],
  ['digits', Buffer.from('123456789'), 0xe306_9283],
])('%s', (_, bytes, crc) => {
  expect(crc32c(bytes)).toBe(~crc >>> 0);
});
