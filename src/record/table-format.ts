/** How the table writes what was measured: three digits are enough for an eye. */

import { formatSignificant } from '../units/number.ts';

export const ABSENT = '-';

/** A measured number. Small is not nothing. */
export function formatMeasured(value: number): string {
  if (value === 0) return '0';
  return value < 0.005 ? '<0.01' : formatSignificant(value);
}
