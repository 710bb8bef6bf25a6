/** Greatest common divisor (Euclid) of whole numbers, not below 0. */

export function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
