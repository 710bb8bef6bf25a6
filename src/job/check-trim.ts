/** Rules of trims: which devices take them, and what their ranges and writes must be. */

import { canonicalBytes } from '../units/bytes.ts';
import type { Shape } from './region.ts';
import type { Access } from './rw.ts';
import type { Settings } from './settings.ts';
import type { SimulatedTarget } from './target.ts';

/** Of what options say: a log that is replayed says itself what is written where. */
export function checkTrims(settings: Settings, { bsBytes }: Shape, access: Access): void {
  if (access !== 'trimwrite') return;
  if (bsBytes.write !== bsBytes.trim) {
    const what =
      `writes ${canonicalBytes(bsBytes.write)} where it trims ${canonicalBytes(bsBytes.trim)}, ` +
      'and trimwrite writes each block that it has trimmed; give one size for both';
    settings.refuse(['bs', 'rw'], what);
  }
  if (settings.int('num_range') === 1) return;
  const what = 'several ranges make one trim, and trimwrite writes behind each; give num_range=1';
  settings.refuse(['num_range', 'rw'], what);
}

/** A device without discards ends each with EOPNOTSUPP. */
export function checkDiscards(settings: Settings, { source, facts }: SimulatedTarget): void {
  if (facts.discards) return;
  const what = `${source.name} takes no discards; give its device discard=1 and memory_backed=1`;
  settings.refuse(['rw', 'filename'], what);
}
