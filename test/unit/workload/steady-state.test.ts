import { expect, test } from 'vitest';
import { Account } from '../../../src/measure/account.ts';
import {
  SteadyState,
  steadyBytes,
  type SteadyStateSpec,
} from '../../../src/workload/steady-state.ts';
import { ISSUE, Workload } from '../../../src/workload/workload.ts';
import { workloadSpec } from '../../support/workload-spec.ts';

const SECOND = 1e9;
const SPEC: SteadyStateSpec = {
  figure: 'iops',
  slope: false,
  limit: 10,
  percent: true,
  intervalNs: SECOND,
  intervals: 3,
  rampNs: 0,
};

function alone(changes: Partial<SteadyStateSpec> = {}): SteadyState {
  const spec = { ...SPEC, ...changes };
  return new SteadyState(spec, {
    memory: new ArrayBuffer(steadyBytes(spec, 1)),
    clones: 1,
    place: 0,
  });
}

/** So many I/Os in each second, evenly; the second after which it is attained, or null. */
function attainedAfter(steady: SteadyState, iops: readonly number[], bytes = 4096, latencyNs = 1) {
  steady.begin(0);
  for (const [second, count] of iops.entries()) {
    for (let io = 0; io < count; io += 1) {
      steady.ended((second + io / count) * SECOND, bytes, latencyNs);
      if (steady.attained) return second;
    }
  }
  return null;
}

test.each<[Partial<SteadyStateSpec>, number[], number | null]>([
  // fio 3.33 --ss=iops:10% --ss_dur=3 on a constant rate ends when the window is full.
  [{}, [100, 100, 100, 100], 3],
  [{}, [100, 100], null],
  // 89 is 7.3 from the mean of 96.3, 7.6 %; 80 is 13.3 from 93.3, 14 %.
  [{}, [100, 100, 89, 100], 3],
  [{}, [100, 100, 80, 100, 100, 100], null],
  [{}, [100, 100, 80, 100, 100, 100, 100], 6],
  // Strictly less, as in fio: iops:0% is never attained.
  [{ limit: 7.6, percent: false }, [100, 100, 89, 1], 3],
  [{ limit: 7, percent: false }, [100, 100, 89, 1], null],
  // A line through 100, 110, 120 rises by 10 each.
  [{ slope: true, limit: 10, percent: false }, [100, 110, 120, 120, 120], 4],
  [{ slope: true, limit: 10.1, percent: false }, [100, 110, 120, 120], 3],
  [{ slope: true, limit: 10, percent: false }, [120, 110, 100, 100, 100], 4],
  [{ slope: true, limit: 0.01, percent: true }, [100, 90, 100, 100], 3],
  [{ figure: 'bw', limit: 4096, percent: false }, [100, 101, 102, 100], null],
  [{ figure: 'bw', limit: 4097, percent: false }, [100, 101, 102, 100], 3],
  [{ figure: 'lat' }, [5, 50, 500, 5], 3],
  [{ rampNs: 2 * SECOND }, [1, 50, 100, 100, 100, 100], 5],
  [{ intervals: 2 }, [100, 100, 100], 2],
])('%j of %j I/Os a second: after second %j', (changes, iops, expected) => {
  expect(attainedAfter(alone(changes), iops)).toBe(expected);
});

test('seconds without an I/O are intervals too, and no latency is steady over them', () => {
  const iops = alone({ intervals: 2 });
  iops.begin(0);
  for (const at of [0.1, 3.5, 4.5, 5.5]) iops.ended(at * SECOND, 1, 1);
  expect(iops.attained).toBe(true);
  const lat = alone({ figure: 'lat', intervals: 2 });
  lat.begin(0);
  for (const at of [0.1, 2.5, 4.5, 6.5, 8.5]) lat.ended(at * SECOND, 1, 1);
  expect(lat.attained).toBe(false);
});

/** Two clones judged as one, in turns of `step` seconds. */
function two(changes: Partial<SteadyStateSpec>, first: number[], second: number[]): boolean {
  const spec = { ...SPEC, ...changes };
  const memory = new SharedArrayBuffer(steadyBytes(spec, 2));
  const clones = [0, 1].map((place) => new SteadyState(spec, { memory, clones: 2, place }));
  for (const clone of clones) clone.begin(0);
  first.forEach((count, interval) => {
    [count, second[interval] ?? 0].forEach((ios, place) => {
      for (let io = 0; io < ios; io += 1) {
        clones[place]?.ended((interval + io / ios) * SECOND, 4096, place === 0 ? 100 : 300);
      }
    });
  });
  expect(clones[0]?.attained).toBe(clones[1]?.attained);
  return clones[0]?.attained ?? false;
}

test('of two clones the sum is judged', () => {
  // Each by itself is far from steady.
  expect(two({}, [10, 90, 10, 90], [90, 10, 90, 10])).toBe(true);
  expect(two({}, [50, 50, 50, 50], [50, 10, 90, 50])).toBe(false);
  // Mean latencies by I/O: 200, 200, 200; then 100 and 300 of a tenth.
  expect(two({ figure: 'lat', limit: 1 }, [50, 20, 10, 1], [50, 20, 10, 1])).toBe(true);
  expect(two({ figure: 'lat', limit: 1 }, [50, 90, 10, 1], [50, 10, 90, 1])).toBe(false);
});

/** Ten I/Os a second. */
function until(clone: SteadyState | undefined, seconds: number): void {
  for (let io = 0; io < seconds * 10; io += 1) clone?.ended((io * SECOND) / 10, 1, 1);
}

test('as long as one clone lags behind nothing is judged, and what is written over never', () => {
  const memory = new SharedArrayBuffer(steadyBytes(SPEC, 2));
  const [fast, slow] = [0, 1].map((place) => new SteadyState(SPEC, { memory, clones: 2, place }));
  fast?.begin(0);
  slow?.begin(0);
  until(fast, 5);
  expect(fast?.attained).toBe(false);
  until(slow, 3.2);
  expect(slow?.attained).toBe(true);
  const other = new SharedArrayBuffer(steadyBytes(SPEC, 2));
  const far = [0, 1].map((place) => new SteadyState(SPEC, { memory: other, clones: 2, place }));
  for (const clone of far) clone.begin(0);
  until(far[0], 30);
  until(far[1], 20);
  expect(far[1]?.attained).toBe(false);
});

test('a workload ends when it is attained, and not before it has begun to measure', () => {
  const never = { read: Infinity, write: Infinity, trim: Infinity, copy: Infinity };
  const none = { read: null, write: null, trim: null, copy: null };
  const steadyState = { ...SPEC, intervalNs: 1000 };
  const ends = { maxLatencyNs: never, minimumRates: none, latencyTarget: null, steadyState };
  const account = new Account();
  const workload = new Workload(workloadSpec({ timeBased: true, rampNs: 5000, ends }), {
    source: account,
    destination: account,
  });
  let nowNs = 0;
  workload.begin(nowNs);
  while (workload.next(0, nowNs) === ISSUE) {
    nowNs += 10;
    workload.complete(0, nowNs, 4096, false);
  }
  // A ramp of 5 µs, a window of 3 µs, closed by the I/O that ends with it.
  expect([nowNs, workload.measurement(0).ios]).toEqual([8000, 301]);
  expect([workload.ends?.steadyStateAttained, workload.ends?.failure]).toEqual([true, null]);
});
