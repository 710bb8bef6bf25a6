import { expect, test } from 'vitest';
import { Account } from '../../../src/measure/account.ts';
import { COPY, READ, WRITE } from '../../../src/workload/slots.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { DONE, ISSUE, WAIT } from '../../../src/workload/workload.ts';
import { aWorkload, runWhole, workloadSpec } from '../../support/workload-spec.ts';

const KIB = 1024;

function offsets(changes: Partial<WorkloadSpec>): number[] {
  return runWhole(aWorkload(changes)).map(({ offsetBytes }) => offsetBytes / KIB);
}

test('goes through its region in order, from its offset', () => {
  expect(offsets({ sizeBytes: 16 * KIB, offsetBytes: 100 * KIB })).toEqual([100, 104, 108, 112]);
});

test.each<[string, Partial<WorkloadSpec>, number]>([
  ['the region once', {}, 16],
  ['each loop once', { loops: 3 }, 48],
  ['less than the region', { ioSizeBytes: 8 * KIB }, 2],
  ['more than the region', { ioSizeBytes: 100 * KIB }, 25],
  ['to the end of the last block', { ioSizeBytes: 9 * KIB }, 3],
  ['no more than number_ios', { numberIos: 5 }, 5],
  ['no more than its bytes, whatever number_ios', { numberIos: 500 }, 16],
  ['no longer than runtime', { runtimeNs: 7000 }, 7],
  ['no longer than its bytes take, with a runtime', { runtimeNs: 70_000 }, 16],
  ['as long as runtime, time_based', { runtimeNs: 70_000, timeBased: true }, 70],
  ['number_ios of time_based', { runtimeNs: 70_000, timeBased: true, numberIos: 20 }, 20],
  ['whole blocks of a region that holds a rest', { sizeBytes: 18 * KIB, ioSizeBytes: 16 * KIB }, 4],
])('does %s', (_, changes, ios) => {
  const workload = aWorkload(changes);
  expect(runWhole(workload)).toHaveLength(ios);
  expect(workload.measurement(READ)).toMatchObject({ ios, bytes: ios * 4 * KIB });
  expect([workload.inFlight, workload.ended]).toEqual([0, ios]);
});

test('a region with a rest of a block begins again at its first', () => {
  expect(offsets({ sizeBytes: 10 * KIB, ioSizeBytes: 16 * KIB })).toEqual([0, 4, 0, 4]);
});

test('at random each block of the region comes once, the seeds telling the order', () => {
  const spec = { random: true, sizeBytes: 256 * KIB };
  const first = offsets(spec);
  expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, i) => 4 * i));
  expect(offsets(spec)).toEqual(first);
  expect(offsets({ ...spec, seeds: [1, 1, 1] })).not.toEqual(first);
});

test('a mix reads and writes in its proportion, each through the region in its own order', () => {
  const changes = { access: 'mixed', readPercent: 70, sizeBytes: 4000 * KIB } as const;
  const asked = runWhole(aWorkload(changes));
  const reads = asked.filter(({ direction }) => direction === READ);
  const writes = asked.filter(({ direction }) => direction === WRITE);
  expect(reads.length + writes.length).toBe(1000);
  expect(Math.abs(reads.length - 700)).toBeLessThan(73);
  for (const some of [reads, writes]) {
    expect(some.map(({ offsetBytes }) => offsetBytes)).toEqual(some.map((_, i) => i * 4096));
  }
});

test.each([
  [0, 0],
  [100, 16],
])('a mix of %d %% reads', (readPercent, reads) => {
  const workload = aWorkload({ access: 'mixed', readPercent });
  runWhole(workload);
  expect([workload.measurement(READ).ios, workload.measurement(WRITE).ios]).toEqual([
    reads,
    16 - reads,
  ]);
});

test('a copy has its destination as far in as its source', () => {
  const asked = runWhole(aWorkload({ access: 'copy', random: true, offsetBytes: 8 * KIB }));
  expect(asked).toHaveLength(16);
  for (const { direction, offsetBytes, destOffsetBytes, ranges } of asked) {
    expect(direction).toBe(COPY);
    expect(destOffsetBytes - 1024 * KIB).toBe(offsetBytes - 8 * KIB);
    expect(ranges).toEqual([offsetBytes]);
  }
});

test('num_range gathers sources into one destination, in order; the last copy takes what is left', () => {
  const asked = runWhole(aWorkload({ access: 'copy', numRange: 3, sizeBytes: 32 * KIB }));
  expect(asked.map(({ ranges }) => ranges.map((offset) => offset / KIB))).toEqual([
    [0, 4, 8],
    [12, 16, 20],
    [24, 28],
  ]);
  expect(asked.map(({ lengthBytes }) => lengthBytes / KIB)).toEqual([12, 12, 8]);
  expect(asked.map(({ destOffsetBytes }) => destOffsetBytes / KIB)).toEqual([1024, 1036, 1048]);
});

test('a gathering copy never spans two passes, and each pass fills the destination anew', () => {
  const changes = { access: 'copy', numRange: 3, sizeBytes: 16 * KIB, loops: 2 } as const;
  const asked = runWhole(aWorkload({ ...changes, random: true }));
  expect(asked.map(({ ranges }) => ranges.length)).toEqual([3, 1, 3, 1]);
  expect(asked.map(({ destOffsetBytes }) => destOffsetBytes / KIB - 1024)).toEqual([0, 12, 0, 12]);
  for (const pass of [asked.slice(0, 2), asked.slice(2)]) {
    expect(new Set(pass.flatMap(({ ranges }) => ranges)).size).toBe(4);
  }
});

test('each slot has its own ranges', () => {
  const workload = aWorkload({ access: 'copy', numRange: 2, depth: 2 });
  workload.begin(0);
  expect([workload.next(0, 0), workload.next(1, 0)]).toEqual([ISSUE, ISSUE]);
  expect([...workload.slots.rangeOffsetBytes]).toEqual([0, 4096, 8192, 12_288]);
});

test('asked for more than there is, it says wait while I/Os are out, and done after', () => {
  const workload = aWorkload({ sizeBytes: 8 * KIB, depth: 4 });
  workload.begin(0);
  expect([0, 1, 2].map((slot) => workload.next(slot, 0))).toEqual([ISSUE, ISSUE, WAIT]);
  workload.complete(1, 10, 4096, false);
  expect([workload.next(1, 10), workload.inFlight]).toEqual([WAIT, 1]);
  workload.complete(0, 20, 4096, false);
  expect([workload.next(1, 20), workload.endedNs]).toEqual([DONE, 20]);
});

test('stopped, it issues no more', () => {
  const workload = aWorkload();
  workload.begin(0);
  workload.next(0, 0);
  workload.stop();
  workload.complete(0, 5, 0, true);
  expect(workload.next(0, 5)).toBe(DONE);
});

test('splits latency at the return of the submission', () => {
  const workload = aWorkload();
  workload.begin(0);
  workload.next(0, 100);
  workload.issued(0, 130);
  workload.complete(0, 1000, 4096, false);
  const { slat, clat, lat } = workload.measurement(READ);
  expect([slat.meanNs, clat.meanNs, lat.meanNs]).toEqual([30, 870, 900]);
});

test('an I/O that fell short is counted with its bytes; one that failed has no latency', () => {
  const workload = aWorkload();
  workload.begin(0);
  workload.next(0, 0);
  workload.complete(0, 10, 512, false);
  workload.next(0, 10);
  workload.complete(0, 20, 1024, true);
  workload.next(0, 20);
  workload.complete(0, 30, 0, true);
  expect(workload.measurement(READ)).toMatchObject({
    ios: 1,
    shortIos: 2,
    errorIos: 2,
    bytes: 1536,
    lat: { count: 1 },
  });
});

test('what ends in the ramp is not measured, and its costs are background', () => {
  const background = new Account();
  const changes = { rampNs: 5000, runtimeNs: 10_000, timeBased: true };
  const workload = aWorkload(changes, background);
  workload.begin(0);
  let nowNs = 0;
  while (workload.next(0, nowNs) === ISSUE) {
    workload.measurement(READ).account.commands += 1;
    workload.issued(0, nowNs);
    nowNs += 1000;
    workload.complete(0, nowNs, 4096, false);
  }
  // The fifth I/O ends as the ramp does: it is measured, and what it cost was not.
  expect(workload.measurement(READ)).toMatchObject({ ios: 11, account: { commands: 10 } });
  expect([background.commands, workload.measuredFromNs, workload.endedNs]).toEqual([
    5, 5000, 15_000,
  ]);
});

test('what was issued in the ramp counts neither to the bytes nor to number_ios', () => {
  for (const changes of [{ ioSizeBytes: 40 * KIB }, { numberIos: 10 }]) {
    const workload = aWorkload({ rampNs: 5500, ...changes });
    expect(runWhole(workload)).toHaveLength(16);
    expect(workload.measurement(READ).ios).toBe(11);
  }
});

test('measurements exist for the directions in use alone', () => {
  expect(aWorkload().recorder.measurements.map((one) => one !== null)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  const mixed = aWorkload({ access: 'mixed' });
  expect(mixed.recorder.measurements.map((one) => one !== null)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(() => mixed.measurement(COPY)).toThrow('absent');
  expect(aWorkload(workloadSpec({ access: 'copy' })).recorder.measurements[COPY]).not.toBe(null);
});

test.each<[string, Partial<WorkloadSpec>, number]>([
  ['bytes', {}, 0.5],
  ['loops', { loops: 2 }, 0.25],
  ['I/Os, the nearer end', { numberIos: 10 }, 0.8],
  ['time alone', { runtimeNs: 32_000, timeBased: true }, 0.25],
  ['time, the nearer end', { runtimeNs: 10_000 }, 0.8],
  ['the ramp too', { runtimeNs: 8_000, rampNs: 8_000, timeBased: true }, 0.5],
  ['bytes not before the ramp is over', { rampNs: 100_000 }, 0],
  ['nothing of what never ends', { timeBased: true }, 0],
])('after 8 I/Os of a us each, the share of %s', (_, changes, share) => {
  const workload = aWorkload(changes);
  workload.begin(0);
  expect(workload.share(0)).toBe(0);
  for (let nowNs = 0; nowNs < 8_000; nowNs += 1000) {
    expect(workload.next(0, nowNs)).toBe(ISSUE);
    workload.complete(0, nowNs + 1000, 4096, false);
  }
  expect(workload.share(8_000)).toBe(share);
  workload.stop();
  expect(workload.share(8_000)).toBe(1);
});
