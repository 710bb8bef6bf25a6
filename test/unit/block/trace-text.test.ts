import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../src/block/trace.ts';
import { formatTraceText } from '../../../src/block/trace-text.ts';

const READ: TraceEvent = {
  atNs: 1_000,
  action: 'Q',
  device: 'nvme0',
  cpu: -1,
  bio: 1,
  operation: 'read',
  sector: 2048,
  sizeSectors: 8,
  note: '',
};

function linesOf(events: readonly TraceEvent[]): readonly string[] {
  return [...formatTraceText(events)].join('').split('\n');
}

test('says each event in the columns of blkparse, below a legend', () => {
  expect(
    linesOf([READ, { ...READ, atNs: 2_000_001_234.4, action: 'D', cpu: 3, note: 'tag 0.7' }]),
  ).toEqual([
    '# Q queued  X split  M merged at the back  F merged at the front',
    '# D issued to the driver  R given back by it  C completed',
    '# device     cpu      seq          seconds      bio act operation    sector + sectors [note]',
    'nvme0        -        1      0.000001000        1   Q read         2048 + 8',
    'nvme0        3        2      2.000001234        1   D read         2048 + 8 [tag 0.7]',
    '',
  ]);
});

test('goes by time, and keeps the order of what happens at one instant', () => {
  const completed: TraceEvent = { ...READ, atNs: 5_000, action: 'C', note: 'OK' };
  const queued: TraceEvent = { ...READ, atNs: 4_000, bio: 2 };
  const issued: TraceEvent = { ...READ, atNs: 4_000, bio: 2, action: 'D' };
  const actions = linesOf([completed, queued, issued])
    .slice(3, -1)
    .map((line) => line.trim().split(/\s+/)[5]);
  expect(actions).toEqual(['Q', 'D', 'C']);
});

test('rounds a time up to the next second without losing it', () => {
  expect(linesOf([{ ...READ, atNs: 999_999_999.7 }])[3]).toContain(' 1.000000000 ');
});
