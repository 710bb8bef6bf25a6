import { expect, test } from 'vitest';
import { LatencyTarget, type LatencyTargetSpec } from '../../../src/workload/latency-target.ts';
import { Workload } from '../../../src/workload/workload.ts';
import { Account } from '../../../src/measure/account.ts';
import { DONE, ISSUE } from '../../../src/workload/workload.ts';
import { workloadSpec } from '../../support/workload-spec.ts';

const SPEC: LatencyTargetSpec = { targetNs: 1000, windowNs: 10_000, percentile: 100, run: false };

/** Depths tried, of a device on which each I/O takes `latencyNs(depth, nth)`. */
function tried(
  target: LatencyTarget,
  latencyNs: (depth: number, trial: number) => number,
  trials = 40,
): number[] {
  const depths: number[] = [];
  let nowNs = 0;
  target.settle(0, nowNs);
  while (!target.over && depths.length < trials) {
    const depth = target.limit;
    const { trials: trial } = target;
    depths.push(depth);
    while (target.limit > 0 && target.trials === trial) {
      const takes = latencyNs(depth, depths.length);
      nowNs += takes;
      for (let io = 0; io < depth && target.trials === trial; io += 1) target.ended(takes, nowNs);
    }
    target.settle(0, nowNs);
  }
  return depths;
}

/** A device that has 100 ns for each I/O in flight. */
const linear = (depth: number) => depth * 100;

test.each<[number, number[], number]>([
  [10, [1, 2, 4, 8, 10], 10],
  [64, [1, 2, 4, 8, 16, 12, 10, 11, 10], 10],
  [11, [1, 2, 4, 8, 11, 9, 10], 10],
  [1, [1], 1],
])('at most %d: tries %j, finds %d', (most, depths, found) => {
  const target = new LatencyTarget(SPEC, most);
  expect(tried(target, linear)).toEqual(depths);
  expect([target.found, target.problem]).toEqual([found, null]);
});

test('not even one', () => {
  const target = new LatencyTarget({ ...SPEC, targetNs: 99 }, 8);
  expect(tried(target, linear)).toEqual([1]);
  expect([target.found, target.problem]).toEqual([null, 'not even depth 1 keeps it']);
});

test('a share of the I/Os may take longer', () => {
  const of = (percentile: number) => {
    const target = new LatencyTarget({ ...SPEC, windowNs: 100_000, percentile }, 4);
    let io = 0;
    tried(target, () => {
      io += 1;
      return io % 11 === 0 ? 1500 : 500;
    });
    return target.found;
  };
  expect([of(90), of(95)]).toEqual([4, null]);
});

test('what was good and is not when it is tried again has a search below it', () => {
  const target = new LatencyTarget(SPEC, 64);
  // From its ninth trial on the device is slower.
  const depths = tried(target, (depth, trial) => (trial < 9 ? depth * 100 : depth * 200));
  expect(depths).toEqual([1, 2, 4, 8, 16, 12, 10, 11, 10, 5, 7, 6, 5]);
  expect(target.found).toBe(5);
});

test('what was left open is told', () => {
  const target = new LatencyTarget(SPEC, 64);
  tried(target, linear, 6);
  expect(target.problem).toBe('the job ended before the search: depth 8 was good, 12 too deep');
  expect(target.found).toBe(null);
  const young = new LatencyTarget(SPEC, 64);
  expect(young.problem).toBe('the job ended before the search: no depth was good yet');
});

test('with latency_run it goes on, tries what was too deep after three good windows, and follows', () => {
  const target = new LatencyTarget({ ...SPEC, run: true }, 64);
  const depths = tried(target, (depth, trial) => (trial < 24 ? depth * 100 : depth * 200), 40);
  expect(depths.slice(0, 16)).toEqual([1, 2, 4, 8, 16, 12, 10, 11, 10, 10, 10, 11, 10, 10, 10, 11]);
  expect(depths.slice(-8)).toEqual([5, 5, 5, 6, 5, 5, 5, 6]);
  expect([target.over, target.found]).toEqual([false, 5]);
});

/** A device that serves one after the other, 100 ns each: latency is depth × 100 ns. */
function drive(workload: Workload): { depths: Set<number> } {
  const depths = new Set<number>();
  const queue: number[] = [];
  const free = Array.from({ length: workload.spec.depth }, (_, slot) => slot);
  let nowNs = 0;
  workload.begin(nowNs);
  for (;;) {
    let verdict: number = ISSUE;
    while (free.length > 0) {
      const slot = free[0] ?? 0;
      verdict = workload.next(slot, nowNs);
      if (verdict !== ISSUE) break;
      free.shift();
      queue.push(slot);
      workload.issued(slot, nowNs);
    }
    if (verdict === DONE) return { depths };
    depths.add(workload.inFlight);
    const slot = queue.shift() ?? -1;
    nowNs += 100;
    workload.complete(slot, nowNs, 4096, false);
    free.push(slot);
  }
}

function searching(changes: Partial<LatencyTargetSpec>, spec = {}): Workload {
  const never = { read: Infinity, write: Infinity, trim: Infinity, copy: Infinity };
  const none = { read: null, write: null, trim: null, copy: null };
  const account = new Account();
  const latencyTarget = { ...SPEC, ...changes };
  const ends = { maxLatencyNs: never, minimumRates: none, latencyTarget, steadyState: null };
  return new Workload(workloadSpec({ depth: 32, sizeBytes: 8 * 4096, ends, ...spec }), {
    source: account,
    destination: account,
  });
}

test('a workload records the last trial alone, whatever its bytes say', () => {
  const workload = searching({});
  const { depths } = drive(workload);
  const { lat, ios } = workload.measurement(0);
  expect(workload.ends?.latencyDepth).toBe(10);
  expect(workload.ends?.failure).toBe(null);
  // A window of 10 µs has a hundred I/Os; nine more were in flight when it was over.
  expect([ios, lat.maxNs, workload.endedNs - workload.measuredFromNs]).toEqual([109, 1000, 10_900]);
  expect([...depths].sort((a, b) => a - b).at(-1)).toBe(16);
});

test('a runtime ends the search, and the job has failed', () => {
  const workload = searching({}, { runtimeNs: 25_000, timeBased: true });
  drive(workload);
  expect(workload.ends?.failure).toBe(
    'latency_target=1us: the job ended before the search: depth 2 was good',
  );
  expect(workload.ends?.latencyDepth).toBe(null);
});

test('whoever is stopped has not failed', () => {
  const workload = searching({});
  workload.begin(0);
  workload.stop();
  expect(workload.ends?.failure).toBe(null);
});

test('latency_run measures all of it, as much as the job says', () => {
  const workload = searching({ run: true }, { loops: 500 });
  drive(workload);
  expect(workload.measurement(0).ios).toBe(4000);
  expect([workload.ends?.latencyDepth, workload.ends?.failure]).toEqual([10, null]);
});
