import { expect, test } from 'vitest';
import { MinimumRate } from '../../../src/workload/minimum-rate.ts';

const MS = 1e6;

/** I/Os of 4 KiB every `everyMs`; in which ms it says no, and why. */
function runs(minimum: MinimumRate, everyMs: number, fromMs = 0, toMs = 10_000) {
  for (let ms = fromMs; ms < toMs; ms += everyMs) {
    if (!minimum.keeps(4096, ms * MS)) return [ms, minimum.problem('read', ms * MS)];
  }
  return null;
}

test('looks over a cycle, after two seconds', () => {
  const minimum = new MinimumRate({ perSecond: 90, countsIos: true, cycleNs: 300 * MS });
  minimum.begin(0);
  expect(runs(minimum, 20)).toEqual([
    2300,
    'rate_iops_min=90 was not kept: 50 I/Os a second of read within 300 ms',
  ]);
});

test('bytes', () => {
  const minimum = new MinimumRate({ perSecond: 409_601, countsIos: false, cycleNs: 1000 * MS });
  minimum.begin(500 * MS);
  expect(runs(minimum, 10)).toEqual([
    3500,
    'rate_min=409601 was not kept: 409600 bytes a second of read within 1.00 s',
  ]);
});

test('is kept by exactly that rate, and where no cycle is over', () => {
  const exact = new MinimumRate({ perSecond: 100, countsIos: true, cycleNs: 1000 * MS });
  exact.begin(0);
  expect(runs(exact, 10)).toBeNull();
  const long = new MinimumRate({ perSecond: 1000, countsIos: true, cycleNs: 10_000 * MS });
  long.begin(0);
  expect(runs(long, 10)).toBeNull();
});

test('is of one cycle alone: what was fast before does not count', () => {
  const minimum = new MinimumRate({ perSecond: 100, countsIos: true, cycleNs: 1000 * MS });
  minimum.begin(0);
  expect(runs(minimum, 1, 0, 5000)).toBeNull();
  expect(runs(minimum, 20, 5000)?.[0]).toBeGreaterThan(5900);
});
