import { expect, test } from 'vitest';
import { crc32 } from '../../../src/checksum/crc32.ts';

test('check value of CRC-32/CKSUM, before its last inversion', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(~0x765e_7680 >>> 0);
  expect(crc32(new Uint8Array(0))).toBe(0);
});
