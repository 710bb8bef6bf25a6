/** A workload for tests: sequential 4k reads of 64 KiB at depth 1, with what the test says on top. */

import { Account } from '../../src/measure/account.ts';
import { PLAIN_ORDER } from '../../src/workload/order.ts';
import type { WorkloadSpec } from '../../src/workload/spec.ts';
import { DONE, ISSUE, Workload } from '../../src/workload/workload.ts';

export function workloadSpec(changes: Partial<WorkloadSpec> = {}): WorkloadSpec {
  const sizeBytes = changes.sizeBytes ?? 65_536;
  return {
    access: 'read',
    devices: 1,
    files: null,
    random: false,
    norandommap: false,
    order: PLAIN_ORDER,
    readPercent: 50,
    depth: 1,
    iodepthLow: changes.depth ?? 1,
    serializeOverlap: null,
    continueOnError: errorsEnd(true),
    ends: null,
    submission: true,
    blockBytes: { read: 4096, write: 4096, copy: 4096, trim: 4096 },
    sizes: null,
    offsetBytes: 0,
    sizeBytes,
    destOffsetBytes: 1_048_576,
    numRange: 1,
    ioSizeBytes: sizeBytes,
    loops: 1,
    numberIos: null,
    runtimeNs: null,
    timeBased: false,
    rampNs: 0,
    rampBytes: null,
    pace: null,
    verification: null,
    iolog: null,
    seeds: [1, 0, 1],
    ...changes,
  };
}

/** Whether errors end the job, whatever their direction. */
export function errorsEnd(end: boolean): WorkloadSpec['continueOnError'] {
  return { read: !end, write: !end, trim: !end, copy: !end };
}

export function aWorkload(
  changes: Partial<WorkloadSpec> = {},
  background = new Account(),
): Workload {
  return new Workload(workloadSpec(changes), { source: background, destination: background });
}

/** One I/O of a workload that was run. */
export interface Asked {
  readonly direction: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly destOffsetBytes: number;
  readonly ranges: readonly number[];
}

/** Runs it at depth 1, each I/O taking `ioNs`, and says what was asked for. */
export function runWhole(workload: Workload, ioNs = 1000, limit = 100_000): Asked[] {
  const { slots } = workload;
  const asked: Asked[] = [];
  let nowNs = 0;
  workload.begin(nowNs);
  while (workload.next(0, nowNs) === ISSUE) {
    workload.issued(0, nowNs);
    asked.push({
      direction: slots.direction[0] ?? -1,
      offsetBytes: slots.offsetBytes[0] ?? -1,
      lengthBytes: slots.lengthBytes[0] ?? -1,
      destOffsetBytes: slots.destOffsetBytes[0] ?? -1,
      ranges: [...slots.rangeOffsetBytes.subarray(0, slots.rangeCount[0])],
    });
    nowNs += ioNs;
    workload.complete(0, nowNs, slots.lengthBytes[0] ?? 0, false);
    if (asked.length > limit) throw new Error('a workload without end');
  }
  if (workload.next(0, nowNs) !== DONE) throw new Error('neither issues nor is done');
  return asked;
}
