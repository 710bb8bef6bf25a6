import { expect, test } from 'vitest';
import { jobOf, refused, runOf, warned } from './real-fixture.ts';

const W = 'filename=ours\nrw=write\nbs=4k\nsize=64k\n';
const CHANCE = {
  pattern: null,
  zero: false,
  refill: false,
  scramble: true,
  compressPercent: 0,
  compressChunkBytes: 512,
  dedupePercent: 0,
};

test.each<[string, object]>([
  ['', {}],
  ['scramble_buffers=0', { scramble: false }],
  ['refill_buffers', { refill: true, scramble: false }],
  ['zero_buffers', { zero: true, scramble: false }],
  ['zero_buffers\nrefill_buffers', { zero: true, scramble: false }],
  ['buffer_pattern=0xab', { pattern: '\xab', scramble: false }],
  ['buffer_pattern=0xab\nrefill_buffers', { pattern: '\xab', scramble: false }],
  ['buffer_compress_percentage=50', { compressPercent: 50, refill: true, scramble: false }],
  [
    'buffer_compress_percentage=50\nbuffer_compress_chunk=4k\nbuffer_pattern=1',
    {
      compressPercent: 50,
      compressChunkBytes: 4096,
      pattern: '\x01',
      refill: true,
      scramble: false,
    },
  ],
  ['dedupe_percentage=30', { dedupePercent: 30, refill: true, scramble: false }],
  ['verify=md5', { scramble: false }],
  ['rw=read', { scramble: false }],
])('%s', (options, changes) => {
  expect(jobOf(`${W}${options}`).real?.buffers).toEqual({ ...CHANCE, ...changes });
});

test('what is laid out holds what is written', () => {
  expect(runOf(`${W}rw=read\nbuffer_pattern="x"`).targets[0]?.bufferPattern).toBe('x');
  expect(runOf(`${W}rw=read\nzero_buffers`).targets[0]?.bufferPattern).toBe('\0');
});

test('zeros and a pattern contradict each other', () => {
  expect(refused(`${W}zero_buffers\nbuffer_pattern=1`)).toEqual([
    'jobs/a.fio:6: zero_buffers: writes zeros, and buffer_pattern something else; give one of them',
  ]);
});

test.each([
  [
    'rw=read\nrefill_buffers',
    '7: refill_buffers: has no effect with rw=read: nothing is written from a buffer',
  ],
  [
    'ioengine=null\nscramble_buffers=0',
    '7: scramble_buffers: has no effect with ioengine=null: it touches no buffer',
  ],
  [
    'verify=md5\nzero_buffers',
    '7: zero_buffers: has no effect with verify=, which says what is written; verify_pattern says it too',
  ],
  [
    'buffer_compress_chunk=1k',
    '6: buffer_compress_chunk: has no effect without buffer_compress_percentage',
  ],
])('%s is warned of', (options, sentence) => {
  expect(warned(`${W}${options}`)).toContain(`jobs/a.fio:${sentence}`);
});
