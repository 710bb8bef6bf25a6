/**
 * The NVMe controller against what QEMU 10 answered to Copy (../shared/vectors/nvme-copy.jsonl).
 */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { replayNvmeCopy } from '../../src/device/nvme/replay.ts';

const VECTORS = new URL('../../../shared/vectors/nvme-copy.jsonl', import.meta.url);
const lines = readFileSync(VECTORS, 'utf8').trim().split('\n');
const result = replayNvmeCopy(lines);

test('no recorded command is answered otherwise', () => {
  expect(result.failed).toEqual([]);
});

test('every case is played but the one whose list was never sent', () => {
  expect(result.skipped).toEqual([
    { name: 'nr=0, no data buffer', why: 'no data buffer was handed over' },
  ]);
  expect(result.passed).toBe(lines.length - 2);
});

test('a wrong answer is found', () => {
  const header = lines[0] ?? '';
  const first = lines.find((line) => line.includes('"one range 1 block"')) ?? '';
  const wrong = replayNvmeCopy([header, first.replace('[[512,1,1,0]]', '[[512,1,1,1]]')]);
  expect(wrong.failed.map(({ name }) => name)).toEqual(['one range 1 block']);
  expect(wrong.failed[0]?.got.changed).toEqual([[512, 1, 1, 0]]);
});
