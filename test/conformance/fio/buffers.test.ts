/**
 * What writes write, against fio 3.33: how far it compresses (zlib, block by block), and how many of
 * the blocks are different, of a file that `fio --name=b --filename=FILE --rw=write --bs=4k
 * --size=8m OPTIONS` wrote, the options as they stand here.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { runReal } from '../../support/real-clone-run.ts';

const BLOCK = 4096;
const folder = mkdtempSync('/tmp/coffer-buffers-');
afterAll(() => rmSync(folder, { recursive: true }));

interface Found {
  /** Packed bytes for each byte. */
  readonly packed: number;
  /** Blocks that are different, of a hundred. */
  readonly different: number;
}

function written(options: string): Found {
  const file = `${folder}/file`;
  rmSync(file, { force: true });
  const [row] = runReal(`filename=${file} rw=write bs=4k size=8m ${options}`.trim());
  expect(row).toMatchObject({ state: 'done', ios: 2048 });
  const bytes = readFileSync(file);
  const seen = new Set<string>();
  let packedBytes = 0;
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    seen.add(createHash('md5').update(block).digest('hex'));
    packedBytes += deflateSync(block).length;
  }
  return {
    packed: packedBytes / bytes.length,
    different: (seen.size * 100) / (bytes.length / BLOCK),
  };
}

test.each<[string, Found]>([
  ['scramble_buffers=0', { packed: 1.003, different: 0.05 }],
  ['refill_buffers', { packed: 0.999, different: 100 }],
  ['zero_buffers', { packed: 0.006, different: 0.05 }],
  ['buffer_pattern=0xab', { packed: 0.007, different: 0.05 }],
  ['buffer_compress_percentage=50', { packed: 0.522, different: 100 }],
  ['buffer_compress_percentage=90', { packed: 0.119, different: 100 }],
  [
    'buffer_pattern=0xab buffer_compress_percentage=30 buffer_compress_chunk=1k',
    { packed: 0.718, different: 100 },
  ],
  ['dedupe_percentage=30', { packed: 1.003, different: 71.5 }],
  ['dedupe_percentage=70 buffer_compress_percentage=50', { packed: 0.522, different: 29.6 }],
])('%s', (options, fio) => {
  const { packed, different } = written(options);
  expect(Math.abs(packed - fio.packed)).toBeLessThan(0.02);
  expect(Math.abs(different - fio.different)).toBeLessThan(2);
});

test('without any of them no two blocks are the same, at each depth', () => {
  // fio: 100 % as well; its blocks pack to 0.92 by chance of what the scrambling leaves.
  for (const depth of ['', 'ioengine=io_uring iodepth=8']) {
    const { packed, different } = written(depth);
    expect(different).toBe(100);
    expect(packed).toBeGreaterThan(0.9);
  }
});

test('dedupe_percentage=100 repeats one block', () => {
  expect(written('dedupe_percentage=100').different).toBeLessThan(0.1);
});
