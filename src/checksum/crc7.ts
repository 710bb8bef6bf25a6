/**
 * CRC-7/MMC: x^7 + x^3 + 1, begun with 0, most significant bit first. As fio's verify=crc7 has it
 * (measured, 3.33). While it runs it lies in the upper seven bits of a byte, so that one look into
 * the table takes a byte.
 */

const POLYNOMIAL = 0x09 << 1;

const table = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ ((crc & 0x80) === 0 ? 0 : POLYNOMIAL);
  return crc & 0xff;
});

/** 0 … 127. */
export function crc7(bytes: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < bytes.length; at += 1) crc = table[crc ^ (bytes[at] ?? 0)] ?? 0;
  return crc >> 1;
}
