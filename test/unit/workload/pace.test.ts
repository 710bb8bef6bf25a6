import { expect, test } from 'vitest';
import type { PaceSpec } from '../../../src/workload/pace.ts';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { DONE, ISSUE, LATER, WAIT, type Workload } from '../../../src/workload/workload.ts';
import { aWorkload, errorsEnd } from '../../support/workload-spec.ts';

const KIB = 1024;
const NONE = { read: null, write: null, copy: null, trim: null };
const PACE: PaceSpec = {
  rates: NONE,
  countsIos: true,
  process: 'linear',
  ignoresThinkTime: false,
  think: null,
};
const THINK = { pauseNs: 5000, spinNs: 0, blocks: 1, counts: 'complete', ioTimeNs: null } as const;

/** `perSecond` I/Os of each direction; a microsecond apart for 1e6. */
function paced(pace: Partial<PaceSpec>, changes: Partial<WorkloadSpec> = {}): Workload {
  const workload = aWorkload({ pace: { ...PACE, ...pace }, ...changes });
  workload.begin(0);
  return workload;
}

interface Started {
  readonly direction: number;
  readonly atNs: number;
}

/** At depth 1, each I/O taking `ioNs`, or what it says of the nth; whoever must wait comes back. */
function starts(workload: Workload, ioNs: number | ((nth: number) => number)): Started[] {
  const started: Started[] = [];
  let nowNs = 0;
  for (;;) {
    const verdict = workload.next(0, nowNs);
    if (verdict === LATER) {
      expect(workload.wakeNs).toBeGreaterThan(nowNs);
      nowNs = workload.wakeNs;
    } else if (verdict === ISSUE) {
      started.push({ direction: workload.slots.direction[0] ?? -1, atNs: nowNs });
      workload.issued(0, nowNs);
      nowNs += typeof ioNs === 'number' ? ioNs : ioNs(started.length - 1);
      workload.complete(0, nowNs, 4096, false);
    } else {
      expect(verdict).toBe(DONE);
      return started;
    }
  }
}

const times = (started: readonly Started[]) => started.map(({ atNs }) => atNs);

test('I/Os start when their rate meant them to', () => {
  const workload = paced({ rates: { ...NONE, read: 1e6 } }, { numberIos: 4 });
  expect(times(starts(workload, 300))).toEqual([0, 1000, 2000, 3000]);
  expect(workload.measurement(READ).intended.maxNs).toBe(300);
  expect(workload.endedNs).toBe(3300);
});

test('bytes a second, of the bytes that were issued', () => {
  const rates = { ...NONE, read: 4096e6 };
  const workload = paced({ rates, countsIos: false }, { numberIos: 3 });
  expect(times(starts(workload, 0))).toEqual([0, 1000, 2000]);
});

test('what could not start in time is caught up, and its latency counts from where it should', () => {
  const workload = paced({ rates: { ...NONE, read: 1e6 } }, { numberIos: 6 });
  expect(times(starts(workload, (nth) => (nth === 1 ? 2500 : 100)))).toEqual([
    0, 1000, 3500, 3600, 4000, 5000,
  ]);
  const { intended, lat } = workload.measurement(READ);
  // 100, 2500, 1600, 700, 100, 100
  expect([intended.count, intended.maxNs, intended.meanNs]).toEqual([6, 2500, 850]);
  expect(lat.meanNs).toBe(500);
});

test('coordinated omission: only the intended latency sees all of a stall', () => {
  const workload = paced({ rates: { ...NONE, read: 1e6 } }, { numberIos: 1000, loops: 100 });
  // each I/O takes 100 ns, but for 1 of 1000, in which 100 others should have started
  starts(workload, (nth) => (nth === 500 ? 100_000 : 100));
  const { intended, lat } = workload.measurement(READ);
  expect(lat.percentileNs(99)).toBe(100);
  expect(lat.meanNs).toBeCloseTo(199.9);
  expect(intended.percentileNs(95)).toBeGreaterThan(50_000);
  expect(intended.meanNs).toBeGreaterThan(5000);
});

test('a job without a rate has no intended start', () => {
  const workload = paced({ think: THINK }, { numberIos: 3 });
  starts(workload, 100);
  expect(workload.measurement(READ).intended.count).toBe(0);
});

test('directions of a mix have their own rates, which decide their shares', () => {
  const workload = paced(
    { rates: { ...NONE, read: 1e6, write: 0.5e6 } },
    { access: 'mixed', readPercent: 90, runtimeNs: 100_000, timeBased: true },
  );
  const started = starts(workload, 10);
  for (const [direction, everyNs] of [
    [READ, 1000],
    [WRITE, 2000],
  ] as const) {
    const own = times(started.filter((one) => one.direction === direction));
    expect(own).toHaveLength(100_000 / everyNs);
    for (const [nth, atNs] of own.entries()) {
      expect(atNs).toBeGreaterThanOrEqual(nth * everyNs);
      expect(atNs).toBeLessThanOrEqual(nth * everyNs + 10);
    }
  }
  expect(workload.measurement(WRITE).intended.count).toBe(50);
});

test('the direction without a rate goes on while the other is not due', () => {
  const workload = paced(
    { rates: { ...NONE, read: 1e6 } },
    { access: 'mixed', runtimeNs: 10_000, timeBased: true },
  );
  const started = starts(workload, 10);
  expect(started).toHaveLength(1000);
  expect(started.filter(({ direction }) => direction === READ)).toHaveLength(10);
  expect(workload.measurement(WRITE).intended.count).toBe(0);
});

test('a mix of one direction alone does not take the other one for it', () => {
  const workload = paced(
    { rates: { ...NONE, read: 1e6 } },
    { access: 'mixed', readPercent: 100, runtimeNs: 10_000, timeBased: true },
  );
  expect(starts(workload, 10).map(({ direction }) => direction)).toEqual(new Array(10).fill(READ));
});

test('a rate goes on through the ramp, and only what is measured is told', () => {
  const workload = paced({ rates: { ...NONE, read: 1e6 } }, { numberIos: 3, rampNs: 2500 });
  expect(times(starts(workload, 100))).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  expect(workload.measurement(READ).intended.count).toBe(3);
  expect(workload.measuredFromNs).toBe(2500);
});

test('the end of runtime is waited for, and no longer', () => {
  const workload = paced({ rates: { ...NONE, read: 1e6 } }, { runtimeNs: 2500, timeBased: true });
  expect(times(starts(workload, 100))).toEqual([0, 1000, 2000]);
  expect(workload.endedNs).toBe(2500);
});

test('a pause follows each I/O, the last too', () => {
  const workload = paced({ think: THINK }, { numberIos: 3 });
  expect(times(starts(workload, 100))).toEqual([0, 5100, 10_200]);
  expect(workload.endedNs).toBe(15_300);
});

test('a pause begins when nothing is in flight', () => {
  const workload = paced({ think: { ...THINK, blocks: 2 } }, { depth: 4, numberIos: 8 });
  const verdicts = [0, 1, 2, 3].map((slot) => workload.next(slot, 0));
  expect(verdicts).toEqual([ISSUE, ISSUE, ISSUE, ISSUE]);
  workload.complete(0, 100, 4096, false);
  expect(workload.next(0, 100)).toBe(ISSUE);
  workload.complete(1, 200, 4096, false);
  expect(workload.next(1, 200)).toBe(WAIT);
  for (const slot of [2, 3, 0]) workload.complete(slot, 300 + slot, 4096, false);
  expect(workload.endedNs).toBe(300);
  expect([workload.next(0, 310), workload.wakeNs]).toEqual([LATER, 5300]);
  expect(workload.next(0, 5300)).toBe(ISSUE);
});

test('of issued I/Os a pause follows the second at once', () => {
  const think = { ...THINK, blocks: 2, counts: 'issue' } as const;
  const workload = paced({ think }, { depth: 4, numberIos: 8 });
  expect([0, 1, 2].map((slot) => workload.next(slot, 0))).toEqual([ISSUE, ISSUE, WAIT]);
});

test('pauses are caught up by a rate, or move it', () => {
  const think = { ...THINK, pauseNs: 3500, blocks: 3 };
  const rates = { ...NONE, read: 1e6 };
  const caughtUp = paced({ rates, think }, { numberIos: 6 });
  expect(times(starts(caughtUp, 0))).toEqual([0, 1000, 2000, 5500, 5500, 5500]);
  const moved = paced({ rates, think, ignoresThinkTime: true }, { numberIos: 6 });
  expect(times(starts(moved, 0))).toEqual([0, 1000, 2000, 6500, 7500, 8500]);
});

test('a job that is stopped pauses no further', () => {
  const workload = paced({ think: THINK }, { numberIos: 3 });
  expect(workload.next(0, 0)).toBe(ISSUE);
  workload.complete(0, 100, 4096, false);
  expect(workload.next(0, 100)).toBe(LATER);
  workload.stop();
  expect([workload.next(0, 1000), workload.endedNs]).toEqual([DONE, 1000]);
});

test('trimwrite: the writes behind the trims keep their own rate', () => {
  const workload = paced(
    { rates: { ...NONE, write: 0.5e6 } },
    { access: 'trimwrite', numberIos: 3 },
  );
  const started = starts(workload, 10);
  expect(times(started.filter(({ direction }) => direction === WRITE))).toEqual([10, 2000, 4000]);
});

test('a ramp by size ends with the I/O that makes it up', () => {
  const workload = aWorkload({ rampBytes: 10 * KIB, numberIos: 5 });
  workload.begin(0);
  expect(times(starts(workload, 100))).toHaveLength(8);
  expect(workload.measuredFromNs).toBe(300);
  expect(workload.measurement(READ)).toMatchObject({ ios: 5, bytes: 20 * KIB });
});

test('a ramp by size whose I/Os all fail has an end', () => {
  const continueOnError = errorsEnd(false);
  const workload = aWorkload({ rampBytes: 10 * KIB, numberIos: 2, continueOnError });
  let ios = 0;
  workload.begin(0);
  for (; workload.next(0, ios) === ISSUE && ios < 100; ios += 1) {
    workload.complete(0, ios + 1, 0, true);
  }
  expect([ios, workload.measurement(READ).errorIos]).toEqual([5, 2]);
});

test('runtime counts from the end of a ramp by size', () => {
  const workload = aWorkload({ rampBytes: 8 * KIB, runtimeNs: 1000, timeBased: true });
  workload.begin(0);
  expect(starts(workload, 100)).toHaveLength(12);
  expect(workload.share(0)).toBe(1);
});

test('the share of a ramp by size is none', () => {
  const workload = aWorkload({ rampBytes: 8 * KIB, numberIos: 4 });
  workload.begin(0);
  workload.next(0, 0);
  expect(workload.share(50)).toBe(0);
});
