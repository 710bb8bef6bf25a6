/**
 * Rates: `1gbit` and `12.5gB` count in thousands, as links and data sheets do; `3360m` counts bytes
 * per second with k = 1024, as fio does. `10gb` could be either and is refused.
 */

import { canonicalBytes, parseBytes } from './bytes.ts';
import { quoted, scaleDecimal } from './number.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

const DECIMAL: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** The value is in bytes per second; a bit rate may give a fraction of a byte. */
export function parseRate(text: string): Parsed<number> {
  const match = /^(\d+(?:\.\d+)?)([kmgt]?)(bit|B)(?:\/s)?$/i.exec(text);
  if (match !== null && match[3] !== 'b') {
    const factor = DECIMAL[(match[2] ?? '').toLowerCase()] ?? 1;
    const perByte = match[3] === 'B' ? 1 : 8;
    return accepted(scaleDecimal(match[1] ?? '', factor) / perByte);
  }
  if (match !== null && match[2] !== '') {
    const amount = `${match[1]}${match[2]}`;
    return refused(`"${text}" may mean bits or bytes; write ${amount}bit or ${amount}B`);
  }
  const bytes = /^\d+[kmgtp]?$/i.test(text) ? parseBytes(text) : null;
  if (bytes !== null) return bytes;
  return refused(
    `${quoted(text)} is not a rate; write 1gbit, 12.5gB (thousands) or 3360m (bytes/s, k = 1024)`,
  );
}

/** A short form that parses back to the same rate: `3360m`, `12.5gB`. */
export function canonicalRate(bytesPerSecond: number): string {
  if (!Number.isInteger(bytesPerSecond)) return `${bytesPerSecond * 8}bit`;
  if (bytesPerSecond === 0) return '0';
  if (bytesPerSecond % 1024 === 0) {
    const binary = canonicalBytes(bytesPerSecond);
    if (/[mgtp]$/.test(binary)) return binary;
  }
  for (const suffix of ['t', 'g', 'm', 'k'] as const) {
    // Two decimals at most: 12.5gB reads better than 12500mB, 1.234567gB does not.
    const factor = DECIMAL[suffix] ?? 1;
    if (bytesPerSecond < factor || bytesPerSecond % (factor / 100) !== 0) continue;
    return `${bytesPerSecond / factor}${suffix}B`;
  }
  return `${bytesPerSecond}`;
}
