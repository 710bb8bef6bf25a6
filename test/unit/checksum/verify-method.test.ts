import { expect, test } from 'vitest';
import { headBytes, isVerifyMethod, verifyMethod } from '../../../src/checksum/verify-method.ts';

test('names are those of the option', () => {
  expect(isVerifyMethod('md5')).toBe(true);
  expect(isVerifyMethod('copy')).toBe(false);
  expect(isVerifyMethod('toString')).toBe(false);
});

test('the head of a block is the header of 40 bytes and the checksum', () => {
  const heads = (['meta', 'crc7', 'crc16', 'crc32c', 'crc64', 'md5', 'sha1', 'sha3-512'] as const)
    .map(verifyMethod)
    .map((method) => (method === null ? null : headBytes(method)));
  expect(heads).toEqual([40, 41, 42, 44, 48, 56, 60, 104]);
  expect(verifyMethod('pattern')).toBe(null);
  expect(verifyMethod('null')).toBe(null);
});

/** Digests of "abc": RFC 1321, FIPS 180-4, FIPS 202; the words of sha1 are turned round. */
test.each([
  ['md5', '900150983cd24fb0d6963f7d28e17f72'],
  ['sha1', '363e99a96a81064771253eba6cc250789dd8d09c'],
  ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['sha3-256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
  ['crc16', '3897'],
] as const)('%s', (name, hex) => {
  const into = Buffer.alloc(hex.length / 2 + 1);
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  verifyMethod(name)?.digest(Buffer.from('abc'), view, 1);
  expect(into.subarray(1).toString('hex')).toBe(hex);
});
