import { expect, test } from 'vitest';
import { ChunkedRows } from '../../../src/measure/chunked-rows.ts';
import { LogWindows, WINDOW_WORDS } from '../../../src/measure/log-windows.ts';
import {
  BYTES,
  CLAT,
  ENDED_AT,
  LAT,
  LOGGED_IO_WORDS,
  SLAT,
} from '../../../src/measure/logged-io.ts';

interface Io {
  readonly atNs: number;
  readonly latNs?: number;
  readonly direction?: number;
}

/** from, to, direction, I/Os, bytes, and sum and largest of lat, slat and clat. */
function windows(ios: readonly Io[], endNs: number): number[][] {
  const io = new Float64Array(LOGGED_IO_WORDS);
  const rows = new ChunkedRows(() => {
    throw new Error('nothing is handed on here');
  });
  const log = new LogWindows(100, 2, rows, io);
  for (const { atNs, latNs = 10, direction = 0 } of ios) {
    io[ENDED_AT] = atNs;
    io[LAT] = latNs;
    io[SLAT] = 1;
    io[CLAT] = latNs - 1;
    io[BYTES] = 512;
    log.add(direction);
  }
  log.finish(endNs);
  const words = [...rows.rest()];
  return Array.from({ length: words.length / WINDOW_WORDS }, (_, row) =>
    words.slice(row * WINDOW_WORDS, (row + 1) * WINDOW_WORDS),
  );
}

const spans = (ios: readonly Io[], endNs: number) =>
  windows(ios, endNs).map(([from, to, direction, count]) => [from, to, direction, count]);

test('a window sums up what ended in it, with the largest of each latency', () => {
  const ios = [{ atNs: 0, latNs: 5 }, { atNs: 99, latNs: 30 }, { atNs: 100 }, { atNs: 199 }];
  expect(windows(ios, 200)).toEqual([
    [0, 100, 0, 2, 1024, 35, 30, 2, 1, 33, 29],
    [100, 200, 0, 2, 1024, 20, 10, 2, 1, 18, 9],
  ]);
});

test('each direction has a row of its own, and none where nothing ended', () => {
  const ios = [{ atNs: 10 }, { atNs: 20, direction: 1 }, { atNs: 310, direction: 1 }];
  expect(spans(ios, 400)).toEqual([
    [0, 100, 0, 1],
    [0, 100, 1, 1],
    [300, 400, 1, 1],
  ]);
});

test('what remains is a window of its own from half of the width on', () => {
  expect(spans([{ atNs: 10 }, { atNs: 150 }], 150)).toEqual([
    [0, 100, 0, 1],
    [100, 150, 0, 1],
  ]);
});

test('what remains is part of the window before where it is shorter', () => {
  const ios = [
    { atNs: 10, latNs: 4 },
    { atNs: 149, latNs: 40 },
    { atNs: 149, direction: 1 },
  ];
  expect(windows(ios, 149)).toEqual([
    [0, 149, 0, 2, 1024, 44, 40, 2, 1, 42, 39],
    [0, 149, 1, 1, 512, 10, 10, 1, 1, 9, 9],
  ]);
});

test('a short rest has no window before it to belong to', () => {
  expect(spans([{ atNs: 10 }, { atNs: 310 }], 310)).toEqual([
    [0, 100, 0, 1],
    [300, 310, 0, 1],
  ]);
  expect(spans([{ atNs: 10 }], 10)).toEqual([[0, 10, 0, 1]]);
  expect(spans([], 10)).toEqual([]);
});

test('a job that goes on after its last I/O, to sync, lengthens no window', () => {
  expect(spans([{ atNs: 10 }], 1000)).toEqual([[0, 100, 0, 1]]);
});
