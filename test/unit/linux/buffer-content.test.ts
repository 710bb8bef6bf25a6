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

test('a pattern stays within its view, and one of a byte is set as fast as any other', () => {
  const memory = new Uint8Array(12);
  fillBuffers(memory.subarray(4, 8), 'x', 0);
  expect([...memory]).toEqual([0, 0, 0, 0, 120, 120, 120, 120, 0, 0, 0, 0]);
  const large = new Uint8Array(16 * 1024 * 1024);
  const fromMs = performance.now();
  fillBuffers(large, 'x', 0);
  // A byte at a time it takes a second.
  expect(performance.now() - fromMs).toBeLessThan(300);
  expect(large.at(-1)).toBe(120);
});
