/**
 * The values of an axis as numbers, where they are some: `4k` of a point is 4096 bytes, `500mB` a
 * rate, `10us` a time. Their texts are canonical (job/), so that each form means one thing.
 */

import type { Unit } from '../record/column.ts';
import { parseBytes } from '../units/bytes.ts';
import { parseDecimal } from '../units/number.ts';
import type { Parsed } from '../units/parsed.ts';
import { parseRate } from '../units/rate.ts';
import { parseTime } from '../units/time.ts';

export interface Quantity {
  /** null: a count. */
  readonly unit: Unit | null;
  /** By the text of the value; in bytes, ns, bytes/s. */
  readonly numbers: ReadonlyMap<string, number>;
}

type Reading = readonly [unit: Unit | null, read: (text: string) => Parsed<number>];

/** `500mB` would be a size too: what only a rate may be goes first. */
const READINGS: readonly Reading[] = [
  [null, parseDecimal],
  ['bytes/s', (text) => (/(?:B|bit)$|^0$/.test(text) ? parseRate(text) : NO_RATE)],
  ['bytes', parseBytes],
  ['bytes/s', parseRate],
  ['ns', (text) => parseTime(text, 'ns')],
];

const NO_RATE: Parsed<number> = { ok: false, what: 'no unit of a rate' };

/** null: not all of them are numbers of one kind. `unit`: of the column that they come from. */
export function quantityOf(texts: readonly string[], unit: Unit | null): Quantity | null {
  for (const [read, parse] of READINGS) {
    if (unit !== null && read !== unit) continue;
    const numbers = new Map<string, number>();
    for (const text of texts) {
      const parsed = parse(text);
      if (parsed.ok) numbers.set(text, parsed.value);
    }
    if (texts.length > 0 && numbers.size === texts.length) return { unit: read, numbers };
  }
  return null;
}
