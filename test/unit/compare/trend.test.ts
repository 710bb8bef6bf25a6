import { expect, test } from 'vitest';
import { type HistoryFile, planChanges } from '../../../src/compare/history.ts';
import { otavaExport } from '../../../src/compare/report/otava.ts';
import { renderTrend } from '../../../src/compare/report/trend-text.ts';
import { renderTrendJson } from '../../../src/compare/report/trend-json.ts';
import { DEFAULT_RULES } from '../../../src/compare/rules.ts';
import { runsNeeded, trendOf } from '../../../src/compare/trend.ts';
import type { Row } from '../../../src/record/columns.ts';
import { aRow } from '../../support/a-row.ts';
import { wallRows } from '../../support/wall-rows.ts';

function file(place: number, rows: readonly Row[], startedAt: string | null = null): HistoryFile {
  return { path: `${place}.csv`, startedAt, environment: null, rows };
}

function history(records: readonly (readonly Row[])[]): readonly HistoryFile[] {
  return records.map((rows, place) => file(place, rows));
}

test('exact rows: each neighbours that differ, better or worse by the column', () => {
  const files = history([5, 5, 7, 7, 6].map((iops) => [aRow({ iops })]));
  const { changes, exactRows } = trendOf(files, DEFAULT_RULES, false);
  expect(exactRows).toBe(1);
  expect(changes.map(({ from, to, judgement }) => [from, to, judgement.verdict])).toEqual([
    [3, 4, 'regression'],
    [1, 2, 'better'],
  ]);
});

test('a row that a file lacks is compared with the one before', () => {
  const files = history([[aRow({ iops: 5 })], [], [aRow({ iops: 6 })]]);
  const [change] = trendOf(files, DEFAULT_RULES, false).changes;
  expect([change?.from, change?.to]).toEqual([0, 2]);
});

test('another plan is another series, unless one asks', () => {
  const plans = ['a', 'a', 'b', 'b'];
  const files = history(plans.map((plan_sha256, iops) => [aRow({ plan_sha256, iops })]));
  expect(trendOf(files, DEFAULT_RULES, false).changes).toHaveLength(2);
  expect(trendOf(files, DEFAULT_RULES, true).changes).toHaveLength(3);
  expect(planChanges(files)).toEqual([{ from: 1, to: 2, rows: 1 }]);
});

test('runs that begin to fail are a change, and lend no figure', () => {
  const good = (place: number): readonly Row[] => wallRows([1000 + place]);
  const bad = wallRows([9_000_000], { state: 'failed', error: 'EIO' });
  const files = history([good(0), good(1), bad, good(3)]);
  const { changes } = trendOf(files, DEFAULT_RULES, false);
  expect(changes.map(({ to, judgement }) => [to, judgement.column, judgement.verdict])).toEqual([
    [3, 'state', 'better'],
    [2, 'state', 'regression'],
  ]);
});

test.each(['interrupted', 'not_run', 'overloaded', 'crashed'])(
  'a record that was %s hides no change, and is none',
  (state) => {
    const exact = history([
      [aRow({ iops: 5 })],
      [aRow({ iops: null, state })],
      [aRow({ iops: 4 })],
    ]);
    const found = trendOf(exact, DEFAULT_RULES, false);
    expect(found.changes.map(({ from, to, judgement }) => [from, to, judgement.column])).toEqual([
      [0, 2, 'iops'],
    ]);
    expect(found.silentRows).toBe(1);
    const failing = wallRows([9_000_000], { state: 'failed', error: 'EIO' });
    const sampled = history([wallRows([1000]), wallRows([1000], { state }), failing]);
    const [change, ...others] = trendOf(sampled, DEFAULT_RULES, false).changes;
    expect([change?.from, change?.to, change?.judgement.column]).toEqual([0, 2, 'state']);
    expect(others).toEqual([]);
  },
);

test('a failure between two figures is told, and so is their difference', () => {
  const failed = aRow({ iops: null, state: 'failed', error: 'EIO' });
  const files = history([[aRow({ iops: 5 })], [failed], [failed], [aRow({ iops: 4 })]]);
  const told = trendOf(files, DEFAULT_RULES, false).changes.map(
    ({ from, to, judgement: { column, verdict } }) => `${from} ${to} ${column} ${verdict}`,
  );
  expect(told).toEqual(['2 3 state better', '0 3 iops regression', '0 1 state regression']);
});

test('rows that a job no longer has are told, with the last file that tells of them', () => {
  const other = aRow({ job_file: 'other.fio' });
  const files = history([
    [aRow({ point: 'bs=4k' }), aRow({ point: 'bs=8k' }), other],
    [aRow({ point: 'bs=8k' })],
    [aRow({ point: 'bs=8k', state: 'crashed' }), aRow({ point: 'bs=16k' })],
  ]);
  const trend = trendOf(files, DEFAULT_RULES, false);
  expect(trend.endings.map(({ last, rows }) => [last, rows.map(({ point }) => point)])).toEqual([
    [0, ['bs=4k']],
    [1, ['bs=8k']],
  ]);
  expect(JSON.parse(renderTrendJson(trend, files))).toMatchObject({
    silent_rows: 1,
    endings: [
      { last: '0.csv', rows: [{ point: 'bs=4k' }] },
      { last: '1.csv', rows: [{ point: 'bs=8k' }] },
    ],
  });
});

test('a failed record makes costs no less per byte', () => {
  const bytes = [4_096_000, 8_192_000];
  const good = STEP.map((_, place) =>
    wallRows([1000], {
      bytes: bytes[place % 2] ?? null,
      host_cpu_ns: (bytes[place % 2] ?? 0) * (place < 12 ? 1 : 2) + (place % 5),
    }),
  );
  const failed = wallRows([1000], { state: 'failed', bytes: 0, host_cpu_ns: null });
  const files = history([failed, ...good]);
  const rules = { ...DEFAULT_RULES, gates: ['host_cpu_ns'] as const };
  const [change] = trendOf(files, rules, false).changes;
  expect([change?.to, change?.judgement.perByte]).toEqual([13, true]);
});

const STEP = Array.from({ length: 20 }, (_, place) =>
  wallRows([1000, 1002, 5000].map((value) => (value + (place % 4)) * (place < 12 ? 1 : 1.5))),
);

test('sampled rows: the median of a file counts, and the change has its size', () => {
  const { changes, sampledSeries, tooShort } = trendOf(history(STEP), DEFAULT_RULES, false);
  expect([sampledSeries, tooShort]).toEqual([3, 0]);
  const [change] = changes.filter(({ judgement }) => judgement.column === 'lat_p50_ns');
  expect([change?.from, change?.to, change?.judgement.verdict]).toEqual([11, 12, 'regression']);
  expect(change?.judgement.sample?.ratio).toBeCloseTo(1.5, 2);
  expect(change?.judgement.baseline).toBeCloseTo(1003, -1);
});

test('a history that is too short says so', () => {
  const { changes, tooShort } = trendOf(history(STEP.slice(8, 14)), DEFAULT_RULES, false);
  expect([changes.length, tooShort]).toEqual([0, 3]);
  expect(runsNeeded(0.05)).toBeLessThanOrEqual(10);
  expect(runsNeeded(1e-9)).toBeNull();
});

test('as text: newest first, with what differs of the environment', () => {
  const environment = (kernel: string): string =>
    JSON.stringify({ tool: 'coffer', node_version: 'v20.1.0', kernel_release: kernel });
  const files = STEP.map((rows, place) => ({
    ...file(place, rows, `2026-01-${String(place + 1).padStart(2, '0')}T00:00:00Z`),
    environment: environment(place < 12 ? '6.1' : '6.2'),
  }));
  const trend = trendOf(files, DEFAULT_RULES, false);
  const options = { widthColumns: 120, colour: false, all: false };
  const text = renderTrend(trend, files, options);
  expect(text).toMatch(
    /^between 11\.csv \(2026-01-12T00:00:00Z\) and 12\.csv \(2026-01-13T00:00:00Z\)\n/,
  );
  expect(text).toContain('  kernel_release: 6.1, then 6.2\n');
  expect(text).toMatch(/lat_p50_ns +1\.00 µs +1\.51 µs +\+50\.0 %/);
  expect(renderTrend({ ...trend, changes: [] }, files, options)).toBe('');
  const json: unknown = JSON.parse(renderTrendJson(trend, files));
  expect(json).toMatchObject({ changes: [{ from: '11.csv', to: '12.csv' }, {}, {}] });
});

test('otava: a figure that some file lacks is left out, and a name is there once', () => {
  const rows = (place: number, more: readonly Row[]): readonly Row[] => [
    ...wallRows([1000 + place]),
    ...more,
  ];
  const files = [
    file(0, rows(0, wallRows([50], { point: 'bs=8k' })), '2026-01-01T00:00:00Z'),
    file(1, rows(1, []), '2026-01-02T00:00:00Z'),
  ];
  const { csv, yaml, metrics, leftOut } = otavaExport(
    files,
    ['lat_p50_ns', 'iops'],
    false,
    'o.csv',
  );
  expect([metrics, leftOut]).toEqual([2, 2]);
  expect(csv).toBe(
    'time,record,copies lat_p50_ns,copies iops\n' +
      '2026-01-01T00:00:00Z,0.csv,1000,1000000\n' +
      '2026-01-02T00:00:00Z,1.csv,1001,999001\n',
  );
  expect(yaml).toContain('      "copies lat_p50_ns":\n        column: "copies lat_p50_ns"\n');
  expect(yaml).toContain('        direction: -1\n');
  const twice = otavaExport(
    [file(0, [...wallRows([9]), ...wallRows([8], { plan_sha256: 'b' })], 'x')],
    ['iops'],
    false,
    'o.csv',
  );
  expect(twice.csv.split('\n')[0]).toBe('time,record,copies iops,copies iops 2');
});

test('rows of one record alone are told, and are no followed series', () => {
  const once = [...wallRows([1000], { point: 'bs=8k' }), aRow({ point: 'bs=16k', iops: 5 })];
  const files = history([wallRows([1000]), [...wallRows([1000]), ...once]]);
  const found = trendOf(files, DEFAULT_RULES, false);
  expect(found.loneRows.map(({ point }) => point)).toEqual(['bs=8k', 'bs=16k']);
  expect([found.followedRows, found.exactRows, found.sampledSeries]).toEqual([1, 0, 3]);
  expect(JSON.parse(renderTrendJson(found, files))).toMatchObject({ lone_rows: 2 });
});
