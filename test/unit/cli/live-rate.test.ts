import { expect, test } from 'vitest';
import { LiveRate } from '../../../src/cli/live-rate.ts';
import type { Live } from '../../../src/runner/live.ts';

function rates(looks: readonly (readonly [number, Live | null])[]): string[] {
  let live: Live | null = null;
  const rate = new LiveRate(() => live);
  return looks.map(([nowMs, seen]) => {
    live = seen;
    return rate.text(nowMs);
  });
}

test('tells what was done since the last look', () => {
  const looks = [
    [0, { ios: 0, bytes: 0 }],
    [500, { ios: 500, bytes: 2_048_000 }],
    [1000, { ios: 500, bytes: 2_048_000 }],
  ] as const;
  expect(rates(looks)).toEqual(['', ', 1.00k IOPS, 3.91 MiB/s', ', 0 IOPS, 0.00 B/s']);
});

test('says nothing without a run, nor over the begin of another', () => {
  const looks = [
    [0, { ios: 900, bytes: 9 }],
    [100, { ios: 1, bytes: 1 }],
    [200, null],
    [300, { ios: 5, bytes: 5 }],
  ] as const;
  expect(rates(looks)).toEqual(['', '', '', '']);
});
