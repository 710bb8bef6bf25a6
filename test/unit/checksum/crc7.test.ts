import { expect, test } from 'vitest';
import { crc7 } from '../../../src/checksum/crc7.ts';

test('check value of CRC-7/MMC in the catalogue of parametrised CRC algorithms', () => {
  expect(crc7(Buffer.from('123456789'))).toBe(0x75);
  expect(crc7(new Uint8Array(0))).toBe(0);
});
