import { expect, test } from 'vitest';
import { crc16 } from '../../../src/checksum/crc16.ts';

test('check value of CRC-16/ARC in the catalogue of parametrised CRC algorithms', () => {
  expect(crc16(Buffer.from('123456789'))).toBe(0xbb3d);
  expect(crc16(new Uint8Array(0))).toBe(0);
});
