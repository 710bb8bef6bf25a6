import { expect, test } from 'vitest';
import { Account } from '../../../src/measure/account.ts';
import type { EndsSpec } from '../../../src/workload/ends.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { DONE, ISSUE, WAIT, Workload } from '../../../src/workload/workload.ts';
import { errorsEnd, workloadSpec } from '../../support/workload-spec.ts';

const NEVER = { read: Infinity, write: Infinity, trim: Infinity, copy: Infinity };

function ending(ends: Partial<EndsSpec>, spec: Partial<WorkloadSpec> = {}): Workload {
  const account = new Account();
  const none = { read: null, write: null, trim: null, copy: null };
  const all = {
    maxLatencyNs: NEVER,
    minimumRates: none,
    latencyTarget: null,
    steadyState: null,
    ...ends,
  };
  const made = workloadSpec({ ends: all, ...spec });
  return new Workload(made, { source: account, destination: account });
}

test('the first I/O beyond max_latency is counted, and the last to begin', () => {
  const workload = ending({ maxLatencyNs: { ...NEVER, read: 1000 } }, { depth: 2 });
  workload.begin(0);
  expect([workload.next(0, 0), workload.next(1, 0)]).toEqual([ISSUE, ISSUE]);
  workload.complete(0, 1000, 4096, false);
  expect(workload.next(0, 1000)).toBe(ISSUE);
  workload.complete(1, 1001.5, 4096, false);
  expect(workload.ends?.failure).toBe(
    'ETIMEDOUT: read of 4096 bytes at 4096 took 1002 ns, max_latency=1us',
  );
  // What is in flight ends, and counts, as in fio.
  expect(workload.next(1, 1002)).toBe(WAIT);
  workload.complete(0, 9000, 4096, false);
  expect(workload.next(0, 9000)).toBe(DONE);
  expect(workload.measurement(0).ios).toBe(3);
  expect(workload.ends?.failure).toContain('at 4096 took');
});

test('each direction has a limit of its own, and a ramp has none', () => {
  const limits = { maxLatencyNs: { ...NEVER, write: 10 } };
  const reads = ending(limits);
  reads.begin(0);
  reads.next(0, 0);
  reads.complete(0, 1e9, 4096, false);
  expect(reads.ends?.failure).toBe(null);
  const writes = ending(limits, { access: 'write', rampNs: 100 });
  writes.begin(0);
  writes.next(0, 0);
  writes.complete(0, 90, 4096, false);
  expect(writes.ends?.failure).toBe(null);
  writes.next(0, 95);
  writes.complete(0, 150, 4096, false);
  expect(writes.ends?.failure).toBe(
    'ETIMEDOUT: write of 4096 bytes at 4096 took 55 ns, max_latency=10ns',
  );
});

test('an error has no latency', () => {
  const workload = ending(
    { maxLatencyNs: { ...NEVER, read: 10 } },
    { continueOnError: errorsEnd(false) },
  );
  workload.begin(0);
  workload.next(0, 0);
  workload.complete(0, 1e9, 0, true);
  expect([workload.ends?.failure, workload.next(0, 1e9)]).toEqual([null, ISSUE]);
});

test('a copy says where it went', () => {
  const workload = ending({ maxLatencyNs: { ...NEVER, copy: 1 } }, { access: 'copy' });
  workload.begin(0);
  workload.next(0, 0);
  workload.complete(0, 5, 4096, false);
  expect(workload.ends?.failure).toBe(
    'ETIMEDOUT: copy of 4096 bytes at 0 to 1048576 took 5 ns, max_latency=1ns',
  );
});

// fio 3.33, LD_PRELOADed so that pread64 and pwrite64 of every other block say EIO:
// fio --size=64k --bs=4k --ioengine=psync --rw=RW --continue_on_error=LEVEL
// issued (failed ones too, as `total_ios` has them) and total_err.
test.each([
  { access: 'read', level: 'none', issued: 2, errors: 1 },
  { access: 'read', level: 'read', issued: 16, errors: 8 },
  { access: 'read', level: 'write', issued: 2, errors: 1 },
  { access: 'write', level: 'read', issued: 2, errors: 1 },
  { access: 'write', level: 'write', issued: 16, errors: 8 },
] as const)('errors of $access go on with $level', ({ access, level, issued, errors }) => {
  const goesOn = { ...errorsEnd(true), ...(level === 'none' ? {} : { [level]: true }) };
  const workload = ending({}, { access, continueOnError: goesOn, ends: null });
  const { slots } = workload;
  let ios = 0;
  workload.begin(0);
  while (workload.next(0, ios) === ISSUE) {
    ios += 1;
    const bad = ((slots.offsetBytes[0] ?? 0) / 4096) % 2 === 1;
    workload.complete(0, ios, bad ? 0 : 4096, bad);
  }
  const measurement = workload.measurement(access === 'read' ? 0 : 1);
  expect([ios, measurement.errorIos]).toEqual([issued, errors]);
});

test('of a mix each direction goes on by itself', () => {
  const continueOnError = { ...errorsEnd(true), write: true };
  const run = (failing: number) => {
    const workload = ending({}, { access: 'mixed', continueOnError, ends: null });
    let errors = 0;
    workload.begin(0);
    for (let nowNs = 0; workload.next(0, nowNs) === ISSUE; nowNs += 1) {
      const bad = workload.slots.direction[0] === failing;
      if (bad) errors += 1;
      workload.complete(0, nowNs, bad ? 0 : 4096, bad);
    }
    return errors;
  };
  expect(run(0)).toBe(1);
  expect(run(1)).toBeGreaterThan(3);
});

test('iodepth_low: once full, it empties so far before it is filled again', () => {
  const workload = ending({}, { depth: 4, iodepthLow: 1, ends: null });
  workload.begin(0);
  const fill = () => [0, 1, 2, 3].map((slot) => workload.next(slot, 0));
  expect(fill()).toEqual([ISSUE, ISSUE, ISSUE, ISSUE]);
  const room = [0, 1, 2].map((slot) => {
    workload.complete(slot, 10, 4096, false);
    return workload.next(slot, 10);
  });
  expect(room).toEqual([WAIT, WAIT, ISSUE]);
  expect([workload.next(0, 10), workload.next(1, 10), workload.inFlight]).toEqual([
    ISSUE,
    ISSUE,
    4,
  ]);
});
