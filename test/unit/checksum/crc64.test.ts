import { expect, test } from 'vitest';
import { crc64 } from '../../../src/checksum/crc64.ts';

test('check value of the polynomial of Jones, as Redis tests it', () => {
  expect(crc64(Buffer.from('123456789'))).toEqual({ high: 0xe9c6_d914, low: 0xc4b8_d9ca });
  expect(crc64(new Uint8Array(0))).toEqual({ high: 0, low: 0 });
});
