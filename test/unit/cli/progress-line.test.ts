import { expect, test } from 'vitest';
import { formatElapsed, formatProgress, ProgressLine } from '../../../src/cli/progress-line.ts';

test.each([
  [0, 0, 30, 10, '0/30 runs (0 %), 10.0 ms'],
  [12, 0, 30, 3_000, '12/30 runs (40 %), 3.00 s, about 4.50 s left'],
  [12, 10, 30, 3_000, '12/30 runs (40 %), 3.00 s, about 27.0 s left'],
  [10, 10, 30, 0, '10/30 runs (33 %), 0 ns'],
  [30, 0, 30, 90_000, '30/30 runs (100 %), 90.0 s'],
])('%i of which %i kept, of %i after %i ms: %s', (done, kept, runs, elapsedMs, text) => {
  expect(formatProgress({ done, kept, runs }, elapsedMs)).toBe(text);
});

test.each([
  [250, '250 ms'],
  [99_400, '99.4 s'],
  [125_000, '2 min'],
  [5 * 3_600_000, '5 h'],
])('%i ms is %s', (elapsedMs, text) => {
  expect(formatElapsed(elapsedMs)).toBe(text);
});

function recorded(isTTY: boolean): { line: ProgressLine; written: string[] } {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return { line: new ProgressLine(stream, () => 0), written };
}

test('a terminal has one line, rewritten and erased', () => {
  const { line, written } = recorded(true);
  line.update({ done: 1, kept: 0, runs: 1 });
  line.end();
  expect(written).toEqual(['\r\u001b[K1/1 runs (100 %), 0 ns', '\r\u001b[K']);
});

test('a log has none', () => {
  const { line, written } = recorded(false);
  line.update({ done: 1, kept: 0, runs: 1 });
  line.end();
  expect(written).toEqual([]);
});
