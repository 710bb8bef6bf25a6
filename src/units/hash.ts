/** Hashes of 32 bits that tell things apart; against nobody who means harm. */

/** The finaliser of splitmix32 (after MurmurHash3): each input bit reaches each output bit. */
export const mix = (x: number): number => {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85eb_ca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2_ae35);
  return (z ^ (z >>> 16)) >>> 0;
};

/** FNV-1a (Fowler, Noll, Vo), of the text's UTF-8. */
export function fnv1a(text: string): number {
  let hash = 0x811c_9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}
