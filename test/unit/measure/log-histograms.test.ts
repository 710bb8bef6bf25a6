import { expect, test } from 'vitest';
import { ChunkedRows } from '../../../src/measure/chunked-rows.ts';
import { FIO_BINS, LogHistograms } from '../../../src/measure/log-histograms.ts';
import { BYTES, CLAT, ENDED_AT, LOGGED_IO_WORDS } from '../../../src/measure/logged-io.ts';

const SECOND_NS = 1e9;

function histograms(ios: readonly (readonly [number, number, number])[], endNs: number): number[] {
  const io = new Float64Array(LOGGED_IO_WORDS);
  const rows = new ChunkedRows(() => {
    throw new Error('nothing is handed on here');
  });
  const log = new LogHistograms(100, 2, rows, io);
  for (const [atNs, clatNs, direction] of ios) {
    io[ENDED_AT] = atNs;
    io[CLAT] = clatNs;
    io[BYTES] = 4096;
    log.add(direction);
  }
  log.finish(endNs);
  return [...rows.rest()];
}

test('end, direction, bytes, and the bins that are not empty, window by window', () => {
  const ios = [
    [5, 7, 0],
    [6, 7, 0],
    [50, 130, 0],
    [60, 9, 1],
    [250, 8, 0],
  ] as const;
  // 130 ns is the second bin of the group behind 128, in steps of 2.
  const [first, other, last] = [
    [100, 0, 4096, 2, 7, 2, 129, 1],
    [100, 1, 4096, 1, 9, 1],
    [300, 0, 4096, 1, 8, 1],
  ];
  expect(histograms(ios, 260)).toEqual([first, other, last].flat());
});

test('what takes longer than fio has bins for is in the last', () => {
  expect(histograms([[5, 18 * SECOND_NS, 0]], 5)).toEqual([100, 0, 4096, 1, FIO_BINS - 1, 1]);
});

test('nothing, no row', () => {
  expect(histograms([], 500)).toEqual([]);
});
