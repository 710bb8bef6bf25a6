import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WrittenContents, type WrittenSpec } from '../../../src/linux/written-contents.ts';
import { READ, Slots, WRITE } from '../../../src/workload/slots.ts';

const BLOCK = 4096;
const CHANCE = { pattern: null, zero: false, compressPercent: 0, compressChunkBytes: 512 };
const PLAIN: WrittenSpec = {
  buffer: CHANCE,
  refill: false,
  scramble: false,
  dedupePercent: 0,
  seed: 42,
};

function rig(changes: Partial<WrittenSpec>, depth = 1) {
  const slots = new Slots(depth, 1);
  slots.direction.fill(WRITE);
  const bytes = new Uint8Array(depth * BLOCK);
  return {
    slots,
    bytes,
    contents: new WrittenContents(slots, bytes, BLOCK, { ...PLAIN, ...changes }),
  };
}

/** What so many writes would have written, one after the other. */
function written(changes: Partial<WrittenSpec>, writes: number): Buffer[] {
  const { bytes, contents } = rig(changes);
  return Array.from({ length: writes }, () => {
    const content = Buffer.from(bytes);
    contents.change(0);
    return content;
  });
}

function different(blocks: readonly Buffer[]): number {
  return new Set(blocks.map((block) => createHash('md5').update(block).digest('hex'))).size;
}

test('scrambled blocks are all different, in 16 bytes of each 512', () => {
  const blocks = written({ scramble: true }, 1000);
  expect(different(blocks)).toBe(1000);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = blocks;
  const places = [...first.keys()].filter((at) => first[at] !== second[at]);
  expect(new Set(places.map((at) => at % 512 >= 56 && at % 512 < 72))).toEqual(new Set([true]));
  expect(new Set(places.map((at) => Math.floor(at / 512))).size).toBe(8);
});

test('refilled blocks share nothing', () => {
  const blocks = written({ refill: true }, 100);
  expect(different(blocks)).toBe(100);
  expect(deflateSync(Buffer.concat(blocks.slice(0, 8))).length).toBeGreaterThan(8 * BLOCK);
});

test('depths have bytes of their own', () => {
  const { bytes } = rig({ refill: true }, 4);
  const blocks = [0, 1, 2, 3].map((slot) =>
    Buffer.from(bytes.subarray(slot * BLOCK, (slot + 1) * BLOCK)),
  );
  expect(different(blocks)).toBe(4);
});

/** fio 3.33: of 2048 blocks 1464 are different with 30, 606 with 70; by zlib, block by block. */
test.each([
  [0, 2048],
  [30, 1464],
  [70, 606],
  [100, 1],
])('dedupe_percentage=%d repeats as often as in fio', (dedupePercent, fio) => {
  const found = different(written({ refill: true, dedupePercent }, 2048));
  expect(Math.abs(found - fio)).toBeLessThan(2048 * 0.02);
});

test.each([
  [0, 1.003],
  [50, 0.522],
  [90, 0.119],
])('buffer_compress_percentage=%d compresses as fio does', (compressPercent, fio) => {
  const buffer = { ...CHANCE, compressPercent };
  const blocks = written({ refill: true, buffer }, 64);
  const packed = blocks.reduce((sum, block) => sum + deflateSync(block).length, 0);
  expect(Math.abs(packed / (64 * BLOCK) - fio)).toBeLessThan(0.02);
});

test('what a read left is written over by the pattern', () => {
  const { bytes, contents, slots } = rig({ buffer: { ...CHANCE, pattern: 'ab' } });
  slots.direction[0] = READ;
  bytes.fill(7);
  contents.change(0);
  expect(Buffer.from(bytes).toString('latin1')).toBe('ab'.repeat(BLOCK / 2));
});

test('the same seed writes the same', () => {
  expect(written({ refill: true, dedupePercent: 50 }, 20)).toEqual(
    written({ refill: true, dedupePercent: 50 }, 20),
  );
  expect(written({ refill: true, seed: 1 }, 3)).not.toEqual(written({ refill: true, seed: 2 }, 3));
});
