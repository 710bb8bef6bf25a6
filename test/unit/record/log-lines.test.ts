import { describe, expect, test } from 'vitest';
import type { LogKind, LogPlan } from '../../../src/job/log-plan.ts';
import { hasRowsOf, LogLines, type LineStyle } from '../../../src/record/log-lines.ts';

const PLAN: LogPlan = {
  logs: [],
  perJob: true,
  value: 'avg',
  coarseness: 0,
  offset: false,
  prio: false,
  issueTime: false,
  epoch: 'start',
};

function style(kind: LogKind, windowNs: number, plan: Partial<LogPlan> = {}): LineStyle {
  return {
    log: { kind, name: 'a', windowNs },
    plan: { ...PLAN, ...plan },
    submission: true,
    epochMs: 0,
    directions: [0, 1, 3],
  };
}

function lines(of: LineStyle, ...chunks: readonly number[][]): string[] {
  const walk = new LogLines(
    of,
    chunks.map((words) => Float64Array.from(words)),
  );
  const found: string[] = [];
  while (walk.next()) found.push(walk.line);
  return found;
}

describe('an I/O', () => {
  // Issued 2 us after its start, ended 10 us later, in the millisecond 7; a copy.
  const io = [7_000_000, 7_002_000, 7_012_000, 2, 8192, 65_536];

  test.each([
    ['bw', '7, 800000, 3, 8192, 0\n'],
    ['iops', '7, 1, 3, 8192, 0\n'],
    ['slat', '7, 2000, 3, 8192, 0\n'],
    ['clat', '7, 10000, 3, 8192, 0\n'],
    ['lat', '7, 12000, 3, 8192, 0\n'],
  ] as const)('%s', (kind, line) => {
    expect(lines(style(kind, 0), io)).toEqual([line]);
  });

  test('offset, priority and time of issue, as fio orders them', () => {
    const all = { offset: true, prio: true, issueTime: true };
    expect(lines(style('lat', 0, all), io)).toEqual([
      '7, 12000, 3, 8192, 65536, 0x0000, 7002000\n',
    ]);
  });

  test('an epoch is added to the time, and to nothing else', () => {
    const since = { ...style('lat', 0, { issueTime: true }), epochMs: 1_795_000_000_000 };
    expect(lines(since, io)).toEqual(['1795000000007, 12000, 3, 8192, 0, 7002000\n']);
  });

  test('no slat where nothing was submitted, and no bandwidth of no time', () => {
    expect(lines({ ...style('slat', 0), submission: false }, io)).toEqual([]);
    expect(lines(style('bw', 0), [5, 5, 5, 0, 512, 0])).toEqual(['0, 0, 0, 512, 0\n']);
  });

  test('half a nanosecond is rounded up', () => {
    expect(lines(style('clat', 0), [0, 0.5, 3, 1, 512, 0])).toEqual(['0, 3, 1, 512, 0\n']);
  });

  test('rows of all chunks, none of an empty one', () => {
    expect(lines(style('iops', 0), io, [], io)).toHaveLength(2);
    expect(lines(style('iops', 0))).toEqual([]);
  });
});

describe('a window', () => {
  // 250 ms with two I/Os of 8 KiB in all.
  const window = [250e6, 500e6, 1, 2, 8192, 3001, 2000, 300, 200, 2701, 1800];

  test.each([
    ['bw', '500, 32, 1, 0, 0\n'],
    ['iops', '500, 8, 1, 0, 0\n'],
    ['lat', '500, 1501, 1, 0, 0\n'],
    ['slat', '500, 150, 1, 0, 0\n'],
    ['clat', '500, 1351, 1, 0, 0\n'],
  ] as const)('%s', (kind, line) => {
    expect(lines(style(kind, 250e6), window)).toEqual([line]);
  });

  test('the largest, or both', () => {
    expect(lines(style('lat', 250e6, { value: 'max' }), window)).toEqual(['500, 2000, 1, 0, 0\n']);
    expect(lines(style('lat', 250e6, { value: 'both' }), window)).toEqual([
      '500, 1501, 2000, 1, 0, 0\n',
    ]);
    expect(lines(style('iops', 250e6, { value: 'both' }), window)).toEqual([
      '500, 8, 8, 1, 0, 0\n',
    ]);
  });

  test('a last one without length is taken for a whole one', () => {
    const empty = [500e6, 500e6, 0, 1, 4096, 5, 5, 1, 1, 4, 4];
    expect(lines(style('iops', 250e6), empty)).toEqual(['500, 4, 0, 0, 0\n']);
  });
});

describe('a histogram', () => {
  const row = [100e6, 2, 4096, 3, 0, 1, 65, 2, 1855, 4];

  test('1856 bins behind time, direction and bytes', () => {
    const [line = ''] = lines(style('clat_hist', 100e6), row);
    const cells = line.trimEnd().split(', ').map(Number);
    expect(cells.slice(0, 3)).toEqual([100, 3, 4096]);
    const bins = cells.slice(3);
    expect(bins).toHaveLength(1856);
    expect(bins.flatMap((count, bin) => (count > 0 ? [[bin, count]] : []))).toEqual([
      [0, 1],
      [65, 2],
      [1855, 4],
    ]);
  });

  test('coarser by powers of two', () => {
    const [line = ''] = lines(style('clat_hist', 100e6, { coarseness: 6 }), row, row);
    const bins = line.trimEnd().split(', ').slice(3).map(Number);
    expect(bins).toEqual([1, 2, ...Array.from({ length: 26 }, () => 0), 4]);
  });
});

test('a log finds its rows by kind and width', () => {
  const stream = { spilled: 0, rest: new Float64Array(0) };
  const each = { ...stream, kind: 'each', windowNs: 0 } as const;
  const wide = { ...stream, kind: 'window', windowNs: 1000 } as const;
  const histogram = { ...stream, kind: 'histogram', windowNs: 1000 } as const;
  const found = (kind: LogKind, windowNs: number) =>
    [each, wide, histogram].filter((one) => hasRowsOf({ kind, name: 'a', windowNs }, one));
  expect(found('bw', 0)).toEqual([each]);
  expect(found('lat', 1000)).toEqual([wide]);
  expect(found('clat_hist', 1000)).toEqual([histogram]);
});
