/**
 * The CRC of cksum(1) without its length and its last inversion: polynomial 0x04c11db7, begun with
 * 0, most significant bit first. As fio's verify=crc32 has it (measured, 3.33); it is not the crc32
 * of zlib.
 */

const POLYNOMIAL = 0x04c1_1db7;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc < 0 ? POLYNOMIAL : 0);
  return crc;
});

/** 32 bits, unsigned. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (crc << 8) ^ (table[((crc >>> 24) ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return crc >>> 0;
}
