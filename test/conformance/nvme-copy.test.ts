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

test('every format 0 case on an unzoned, unprotected namespace is played', () => {
  const skipped = new Set(result.skipped.map(({ name }) => name));
  const played = lines.slice(1).map((line) => JSON.parse(line));
  const due = played.filter(({ format, nsid }) => format === 0 && nsid === 1);
  expect(due.length).toBeGreaterThan(30);
  const left = due.filter(({ name }) => skipped.has(name)).map(({ name }) => name);
  expect(left).toEqual(['nr=0, no data buffer']);
});

test('each case is counted once', () => {
  expect(result.passed + result.skipped.length).toBe(lines.length - 1);
  expect(result.passed).toBeGreaterThanOrEqual(due());
});

/** Cases of format 0 and 4 on namespace 1, less the one left out. */
function due(): number {
  const cases = lines.slice(1).map((line) => JSON.parse(line));
  return (
    cases.filter(({ format, nsid }) => nsid === 1 && (format === 0 || format === 4)).length - 1
  );
}

test('a wrong answer is found', () => {
  const header = lines[0] ?? '';
  const first = lines.find((line) => line.includes('"one range 1 block"')) ?? '';
  const wrong = replayNvmeCopy([header, first.replace('[[512,1,1,0]]', '[[512,1,1,1]]')]);
  expect(wrong.failed.map(({ name }) => name)).toEqual(['one range 1 block']);
  expect(wrong.failed[0]?.got.changed).toEqual([[512, 1, 1, 0]]);
});
