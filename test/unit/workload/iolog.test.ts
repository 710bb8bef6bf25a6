import { expect, test } from 'vitest';
import { FSYNC, type IologSpec } from '../../../src/workload/iolog.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { DONE, ISSUE, LATER, WAIT } from '../../../src/workload/workload.ts';
import { aWorkload, runWhole } from '../../support/workload-spec.ts';

type Line = readonly [
  direction: number,
  offset: number,
  length: number,
  dueNs?: number,
  dest?: number,
];

function log(lines: readonly Line[], syncs: readonly number[] = []): IologSpec {
  return {
    ios: lines.length,
    direction: Uint8Array.from(lines, ([direction]) => direction),
    file: new Uint16Array(lines.length),
    offsetBytes: Float64Array.from(lines, ([, offset]) => offset),
    lengthBytes: Float64Array.from(lines, ([, , length]) => length),
    dueNs: Float64Array.from(lines, ([, , , dueNs = 0]) => dueNs),
    destOffsetBytes: Float64Array.from(lines, ([, , , , dest = 0]) => dest),
    sync: Uint8Array.from(lines, (_, index) => syncs[index] ?? 0),
  };
}

function replaying(lines: readonly Line[], changes: Partial<WorkloadSpec> = {}) {
  const bytes = lines.reduce((sum, [, , length]) => sum + length, 0);
  return aWorkload({ access: 'mixed', iolog: log(lines), ioSizeBytes: bytes, ...changes });
}

test('what stands in the log is issued, in its order', () => {
  const asked = runWhole(
    replaying([
      [0, 4096, 512],
      [1, 0, 8192],
      [0, 4096, 512],
    ]),
  );
  expect(asked.map((io) => [io.direction, io.offsetBytes, io.lengthBytes])).toEqual([
    [0, 4096, 512],
    [1, 0, 8192],
    [0, 4096, 512],
  ]);
});

test('copies have their destination and their one range', () => {
  const [copy] = runWhole(replaying([[2, 4096, 8192, 0, 65_536]], { access: 'copy' }));
  expect(copy).toMatchObject({ offsetBytes: 4096, destOffsetBytes: 65_536, ranges: [4096] });
});

test('not before its time, from the start of the job; what is late goes at once', () => {
  const workload = replaying([
    [0, 0, 512, 0],
    [0, 512, 512, 5000],
    [0, 1024, 512, 6000],
  ]);
  workload.begin(1000);
  expect(workload.next(0, 1000)).toBe(ISSUE);
  workload.complete(0, 1500, 512, false);
  expect(workload.next(0, 1500)).toBe(LATER);
  expect(workload.wakeNs).toBe(6000);
  expect(workload.next(0, 6000)).toBe(ISSUE);
  workload.complete(0, 9000, 512, false);
  expect(workload.next(0, 9000)).toBe(ISSUE);
  workload.complete(0, 9500, 512, false);
  expect(workload.next(0, 9500)).toBe(DONE);
});

test('at depth an I/O does not wait for the one before', () => {
  const workload = replaying(
    [
      [0, 0, 512],
      [0, 512, 512],
    ],
    { depth: 2 },
  );
  workload.begin(0);
  expect([workload.next(0, 0), workload.next(1, 0)]).toEqual([ISSUE, ISSUE]);
  workload.complete(0, 10, 512, false);
  expect(workload.next(0, 10)).toBe(WAIT);
  workload.complete(1, 10, 512, false);
  expect(workload.next(0, 10)).toBe(DONE);
});

test('runtime ends it, and nothing is waited for past it', () => {
  const workload = replaying(
    [
      [0, 0, 512],
      [0, 512, 512, 90_000],
    ],
    { runtimeNs: 20_000 },
  );
  workload.begin(0);
  workload.next(0, 0);
  workload.complete(0, 10, 512, false);
  expect(workload.next(0, 10)).toBe(LATER);
  expect(workload.wakeNs).toBe(20_000);
  expect(workload.next(0, 20_000)).toBe(DONE);
});

test('its share is that of the I/Os', () => {
  const workload = replaying(
    [
      [0, 0, 512],
      [0, 512, 512],
    ],
    { numberIos: 2 },
  );
  workload.begin(0);
  workload.next(0, 0);
  expect(workload.share(0)).toBe(0.5);
});

test('a sync follows the I/O that it stands behind', () => {
  const lines: Line[] = [
    [1, 0, 512],
    [0, 0, 512],
  ];
  const workload = replaying(lines, { iolog: log(lines, [FSYNC]) });
  workload.begin(0);
  workload.next(0, 0);
  expect(workload.replay?.syncAfter(0)).toBe(FSYNC);
  workload.complete(0, 10, 512, false);
  workload.next(0, 10);
  expect(workload.replay?.syncAfter(0)).toBe(0);
});

test('trims and writes of a log are as they stand there: no write is added', () => {
  const asked = runWhole(
    replaying(
      [
        [3, 0, 4096],
        [3, 4096, 4096],
      ],
      { access: 'trimwrite' },
    ),
  );
  expect(asked.map(({ direction }) => direction)).toEqual([3, 3]);
});
