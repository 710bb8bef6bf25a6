import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fillBuffers } from '../../../src/linux/buffer-content.ts';

function filled(length: number, pattern: string | null, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  fillBuffers(bytes, pattern, seed);
  return bytes;
}

test('a pattern is repeated, cut at the end', () => {
  expect([...filled(7, 'ab\u00ff')]).toEqual([97, 98, 255, 97, 98, 255, 97]);
});

test('bytes of chance do not compress, and are the same for each seed', () => {
  const some = filled(65_536, null, 7);
  expect(gzipSync(some).length).toBeGreaterThan(65_000);
  expect(filled(65_536, null, 7)).toEqual(some);
  expect(filled(65_536, null, 8)).not.toEqual(some);
});

test('seed 0 gives chance too', () => {
  expect(new Set(filled(4096, null, 0)).size).toBeGreaterThan(200);
});
