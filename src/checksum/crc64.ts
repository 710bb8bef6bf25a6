/**
 * CRC-64 of David T. Jones (polynomial 0xad93d23594c935a9), begun with 0, least significant bit
 * first. As fio's verify=crc64 has it (measured, 3.33). In two halves: JavaScript has no fast
 * integers of 64 bits.
 */

/** The polynomial with its bits in reverse. */
const POLYNOMIAL_HIGH = 0x95ac_9329 | 0;
const POLYNOMIAL_LOW = 0xac4b_c9b5 | 0;

const highs = new Int32Array(256);
const lows = new Int32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const odd = (low & 1) === 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) {
      high ^= POLYNOMIAL_HIGH;
      low ^= POLYNOMIAL_LOW;
    }
  }
  highs[byte] = high;
  lows[byte] = low;
}

/** The halves, 32 bits each, unsigned. */
export interface Crc64 {
  readonly high: number;
  readonly low: number;
}

export function crc64(bytes: Uint8Array): Crc64 {
  let high = 0;
  let low = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const index = (low ^ (bytes[at] ?? 0)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
    high = (high >>> 8) ^ (highs[index] ?? 0);
  }
  return { high: high >>> 0, low: low >>> 0 };
}
