import { expect, test } from 'vitest';
import { formatP } from '../../../src/compare/decide.ts';
import { formatChange, formatRatio, formatSide } from '../../../src/compare/format-figure.ts';
import type { Judgement } from '../../../src/compare/judgement.ts';

const EXACT: Judgement = {
  column: 'lat_p99_ns',
  verdict: 'regression',
  baseline: 100_000_000,
  candidate: 100_000_001,
  perByte: false,
  reason: null,
  sample: null,
};

test('an exact figure has all its digits, and no change is rounded away', () => {
  expect(formatSide(EXACT, EXACT.baseline)).toBe('100000000 ns');
  expect(formatSide(EXACT, EXACT.candidate)).toBe('100000001 ns');
  expect(formatChange(EXACT)).toBe('+0.000001 %');
});

test('absent is no zero, and a word has no change', () => {
  expect(formatSide(EXACT, null)).toBe('-');
  expect(formatChange({ ...EXACT, candidate: null })).toBe('');
  expect(formatChange({ ...EXACT, column: 'state', baseline: 'done', candidate: 'failed' })).toBe(
    '',
  );
});

test('bytes of a path by bytes moved are a share, other costs are per byte', () => {
  expect(formatSide({ ...EXACT, column: 'offload_bytes', perByte: true }, 0.97)).toBe('97.0 %');
  expect(formatSide({ ...EXACT, column: 'host_cpu_ns', perByte: true }, 0.122_07)).toBe(
    '0.1221 ns/B',
  );
  expect(formatSide({ ...EXACT, column: 'commands', perByte: true }, 0.000_25)).toBe('0.00025/B');
});

test.each([
  [1, '0 %'],
  [1.05, '+5.00 %'],
  [0.5, '−50.0 %'],
  [9.9, '+890 %'],
  [12, '×12.0'],
  [0, '−100 %'],
  [Number.POSITIVE_INFINITY, 'from 0'],
])('%d times is %s', (ratio, wanted) => {
  expect(formatRatio(ratio)).toBe(wanted);
});

test.each([
  [0.012_345, '0.012'],
  [0.000_01, '<0.0001'],
  [1, '1'],
])('p = %d is %s', (p, wanted) => {
  expect(formatP(p)).toBe(wanted);
});
