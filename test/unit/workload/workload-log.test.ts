import { expect, test } from 'vitest';
import { EACH_WORDS, IoLog, type IoLogData } from '../../../src/measure/io-log.ts';
import { present } from '../../../src/units/assert.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { ISSUE, type Workload } from '../../../src/workload/workload.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const SPEC = {
  each: true,
  windowsNs: [],
  histogramNs: null,
  issued: false,
  submission: true,
  directions: 4,
};

/** At depth 1: each I/O takes 1000 ns, 100 of them for its submission. */
function logged(changes: Partial<WorkloadSpec>, fails: (io: number) => boolean): number[][] {
  const workload = aWorkload(changes);
  const log = new IoLog(SPEC, workload.slots, () => {
    throw new Error('nothing is handed on here');
  });
  workload.recorder.log = log;
  run(workload, fails);
  return rowsOf(log.finish(workload.endedNs));
}

function run(workload: Workload, fails: (io: number) => boolean): void {
  let nowNs = 5000;
  workload.begin(nowNs);
  for (let io = 0; workload.next(0, nowNs) === ISSUE; io += 1) {
    workload.issued(0, nowNs + 100);
    nowNs += 1000;
    workload.complete(0, nowNs, fails(io) ? 512 : 4096, fails(io));
  }
}

function rowsOf({ streams }: IoLogData): number[][] {
  const words = [...present(streams[0], 'a row for each').rest];
  return Array.from({ length: words.length / EACH_WORDS }, (_, row) =>
    words.slice(row * EACH_WORDS, (row + 1) * EACH_WORDS),
  );
}

test('start, issue, end, direction, bytes and offset of each I/O, since it began', () => {
  expect(logged({ sizeBytes: 8192 }, () => false)).toEqual([
    [0, 100, 1000, 0, 4096, 0],
    [1000, 1100, 2000, 0, 4096, 4096],
  ]);
});

test('an I/O that failed has no latency, and so no row', () => {
  const offsets = logged({ sizeBytes: 16_384 }, (io) => io === 3).map((row) => row[5]);
  expect(offsets).toEqual([0, 4096, 8192]);
});

test('the ramp has no rows, and what ends behind it counts from its end', () => {
  const rows = logged({ sizeBytes: 8192, rampNs: 2500 }, () => false);
  expect(rows.map(([startNs, , endNs]) => [startNs, endNs])).toEqual([
    [-500, 500],
    [500, 1500],
    [1500, 2500],
  ]);
});
