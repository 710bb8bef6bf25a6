/** What a job on real targets writes: pattern, zeros or chance, and how they change. */

import { parseBufferPattern } from './buffer-pattern.ts';
import type { BuffersPlan } from './content-plan.ts';
import type { RealEngine } from './plan.ts';
import type { Settings } from './settings.ts';

/** What makes new bytes for each write. */
const REFILLING = ['refill_buffers', 'buffer_compress_percentage', 'dedupe_percentage'] as const;
const BUFFERS = [
  ...REFILLING,
  'zero_buffers',
  'scramble_buffers',
  'buffer_compress_chunk',
] as const;

/** `verifies`: what is written has the headers of a verification. */
export function resolveBuffers(
  settings: Settings,
  engine: RealEngine,
  writes: boolean,
  verifies: boolean,
): BuffersPlan {
  const pattern = bufferPattern(settings);
  const zero = settings.flag('zero_buffers');
  const compressPercent = settings.int('buffer_compress_percentage');
  const dedupePercent = settings.int('dedupe_percentage');
  warnUnused(settings, engine, writes, verifies);
  if (zero && pattern !== null) {
    const what = 'writes zeros, and buffer_pattern something else; give one of them';
    settings.refuse(['zero_buffers', 'buffer_pattern'], what);
  }
  if (settings.has('buffer_compress_chunk') && compressPercent === 0) {
    const what = 'has no effect without buffer_compress_percentage';
    settings.warn('buffer_compress_chunk', what);
  }
  // Of a pattern or zeros alone nothing new can be made.
  const fills = writes && !verifies;
  const byChance = fills && !zero && (pattern === null || compressPercent > 0);
  const refills = settings.flag('refill_buffers') || compressPercent > 0 || dedupePercent > 0;
  return {
    pattern,
    zero,
    refill: byChance && refills,
    scramble: byChance && !refills && settings.flag('scramble_buffers'),
    compressPercent: zero ? 0 : compressPercent,
    compressChunkBytes: settings.int('buffer_compress_chunk'),
    dedupePercent,
  };
}

/** What files are laid out with; null: content that names file and block. */
export function layoutPattern(settings: Settings): string | null {
  return settings.flag('zero_buffers') ? '\0' : bufferPattern(settings);
}

/** null: none is given, or a wrong one, which is reported. */
function bufferPattern(settings: Settings): string | null {
  const text = settings.optionalText('buffer_pattern');
  if (text === null) return null;
  const pattern = parseBufferPattern(text);
  if (pattern.ok) return pattern.value;
  settings.refuse(['buffer_pattern'], pattern.what);
  return null;
}

function warnUnused(
  settings: Settings,
  engine: RealEngine,
  writes: boolean,
  verifies: boolean,
): void {
  const why =
    engine === 'null'
      ? 'with ioengine=null: it touches no buffer'
      : verifies
        ? 'with verify=, which says what is written; verify_pattern says it too'
        : `with rw=${settings.text('rw')}: nothing is written from a buffer`;
  const used = writes && !verifies && engine !== 'null';
  for (const name of BUFFERS) {
    if (used || !settings.isOwn(name) || settings.isHarmless(name)) continue;
    settings.warn(name, `has no effect ${why}`);
  }
}
