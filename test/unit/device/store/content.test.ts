import { expect, test } from 'vitest';
import { byteContent, tagContent, tagOf } from '../../../../src/device/store/content.ts';

test('a tag names device and unit', () => {
  expect(tagOf(1, 0)).toBe(2 ** 44 + 1);
  expect(tagOf(3, 41)).toBe(3 * 2 ** 44 + 42);
});

test('the tag stands in the first 8 bytes of a unit', () => {
  const content = new Uint8Array(1024);
  byteContent(512).fill(content, tagOf(2, 7), 2);
  expect(new DataView(content.buffer).getBigUint64(0, true)).toBe(2n * 2n ** 44n + 8n);
  expect(new DataView(content.buffer).getBigUint64(512, true)).toBe(2n * 2n ** 44n + 9n);
});

test('a fingerprint tells any single bit of a unit', () => {
  const kind = byteContent(512);
  const content = new Uint8Array(512);
  kind.fill(content, tagOf(1, 0), 1);
  const into = new Float64Array(1);
  const seen = new Set<number>();
  kind.fingerprints(content, 1, into, 0);
  seen.add(into[0] ?? 0);
  for (let bit = 0; bit < 4096; bit += 1) {
    const at = bit >> 3;
    content[at] = (content[at] ?? 0) ^ (1 << (bit & 7));
    kind.fingerprints(content, 1, into, 0);
    seen.add(into[0] ?? 0);
    content[at] = (content[at] ?? 0) ^ (1 << (bit & 7));
  }
  expect(seen.size).toBe(4097);
});

test('a fingerprint tells words that changed places', () => {
  const kind = byteContent(512);
  const words = new Uint32Array(128);
  const into = new Float64Array(1);
  const seen = new Set<number>();
  for (let at = 0; at < 128; at += 1) {
    words.fill(0);
    words[at] = 1;
    kind.fingerprints(new Uint8Array(words.buffer), 1, into, 0);
    seen.add(into[0] ?? 0);
  }
  expect(seen.size).toBe(128);
});

test('zeros have fingerprint 0, in bytes and in tags', () => {
  const into = new Float64Array([5, 5]);
  byteContent(4096).fingerprints(new Uint8Array(4096), 1, into, 1);
  expect([...into]).toEqual([5, 0]);
  tagContent.fingerprints(new Uint8Array(8), 1, into, 0);
  expect(into[0]).toBe(0);
});
