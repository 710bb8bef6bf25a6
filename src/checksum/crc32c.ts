/**
 * CRC-32C (Castagnoli, as in RFC 3720) without its last inversion, least significant bit first.
 * fio's verify=crc32c has it so, and so has the checksum over its headers (measured, 3.33).
 */

const POLYNOMIAL = 0x82f6_3b78 | 0;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? POLYNOMIAL : 0);
  return crc;
});

/** 32 bits, unsigned. */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return crc >>> 0;
}
