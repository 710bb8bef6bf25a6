/**
 * What the buffers of writes hold: a pattern, or bytes of chance that neither compress nor are like
 * those of another clone. Filled once, before measured time, as fio does without refill_buffers.
 */

/** `pattern`: one character (0 to 255) a byte, again and again; null: bytes of chance by `seed`. */
export function fillBuffers(bytes: Uint8Array, pattern: string | null, seed: number): void {
  if (pattern === null) fillByChance(bytes, seed);
  else fillWith(bytes, Buffer.from(pattern, 'latin1'));
}

function fillWith(bytes: Uint8Array, pattern: Buffer): void {
  for (let at = 0; at < bytes.length; at += pattern.length) {
    bytes.set(pattern.subarray(0, bytes.length - at), at);
  }
}

/** xorshift32 (Marsaglia 2003), a word at a time; the length is a multiple of 4. */
function fillByChance(bytes: Uint8Array, seed: number): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let word = seed | 0 || 0x9e37_79b9;
  for (let at = 0; at < words.length; at += 1) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    words[at] = word;
  }
}
