import { expect, test } from 'vitest';
import type { Cell, ColumnName } from '../../../src/record/columns.ts';
import { aRow } from '../../support/a-row.ts';
import { compared, judgementOf, told } from '../../support/compared.ts';

type Cells = Partial<Record<ColumnName, Cell>>;

const FIGURES = {
  ios: 100,
  bytes: 409_600,
  runtime_ns: 1_000_000,
  iops: 100_000,
  lat_p99_ns: 10_000,
  offload_bytes: 409_600,
  emulation_bytes: 0,
  read_write_bytes: 0,
  fallbacks: 0,
  host_cpu_ns: 50_000,
  merges: 7,
  error_ios: 0,
  steady: true,
} as const satisfies Cells;

function judged(baseline: Cells, candidate: Cells, rules = {}): readonly string[] {
  const [a, b] = [aRow({ ...FIGURES, ...baseline }), aRow({ ...FIGURES, ...candidate })];
  return told(compared([a], [b], rules));
}

test('rows that are equal have nothing to tell', () => {
  const comparison = compared([aRow(FIGURES)], [aRow(FIGURES)]);
  expect(comparison.rows).toMatchObject([{ match: 'both', verdict: 'pass', judgements: [] }]);
  expect(comparison.verdict).toBe('pass');
});

test.each<[string, Cells, string]>([
  ['a latency is better lower', { lat_p99_ns: 9999 }, 'lat_p99_ns better'],
  ['and worse higher, to the ns', { lat_p99_ns: 10_001 }, 'lat_p99_ns regression'],
  ['a rate is better higher', { iops: 100_001 }, 'iops better'],
  ['a column without direction', { merges: 6 }, 'merges regression'],
  ['a value that came', { lat_max_ns: 5 }, 'lat_max_ns regression'],
  ['a value that went', { lat_p99_ns: null }, 'lat_p99_ns regression'],
  ['from nothing to something', { error_ios: 1 }, 'error_ios regression'],
  ['how far to trust a row is no result of it', { steady: false }, 'steady changed'],
  ['neither is that it is not known', { steady: null }, 'steady changed'],
  ['what was asked is not compared', { iodepth: 2 }, ''],
])('%s', (_, candidate, wanted) => {
  expect(judged({}, candidate).join()).toBe(wanted);
});

test('of rows of other block sizes the counts of I/Os have changed, and are no worse', () => {
  const large = { bs_bytes: 65_536, ios: 7, iops: 7000 };
  expect(judged({ bs_bytes: 4096 }, large)).toEqual(['ios changed', 'iops changed']);
  expect(judged({ bs_bytes: 65_536 }, large)).toEqual(['ios regression', 'iops regression']);
  const still = { bs_bytes: 4096, bytes: 0 };
  expect(judged(still, { ...large, bytes: 0 })).toEqual(['ios regression', 'iops regression']);
});

test('swapped, better is worse', () => {
  expect(judged({ lat_p99_ns: 9999 }, {})).toEqual(['lat_p99_ns regression']);
});

test('a copy that leaves offload is worse three times over, its reason is not counted', () => {
  const fallen = {
    offload_bytes: 0,
    emulation_bytes: 409_600,
    fallbacks: 100,
    fallback_reason: 'offload: EOPNOTSUPP ×100',
  };
  const worse = ['offload_bytes regression', 'emulation_bytes regression', 'fallbacks regression'];
  expect(judged({}, fallen)).toEqual(worse);
  expect(judged(fallen, {})).toEqual(worse.map((found) => found.replace('regression', 'better')));
});

test('another reason for as many fallbacks is a change', () => {
  const before = { fallbacks: 4, fallback_reason: 'offload: EOPNOTSUPP ×4' };
  const after = { fallbacks: 4, fallback_reason: 'offload: EIO ×4' };
  expect(judged(before, after)).toEqual(['fallback_reason regression']);
});

test('another reason is a change too where as many fallbacks are judged equal', () => {
  const before = { fallbacks: 4, fallback_reason: 'offload: EOPNOTSUPP ×4' };
  const twice = { ios: 200, bytes: 819_200, fallbacks: 8, offload_bytes: 819_200 };
  const words = (fallbackReason: string): readonly string[] =>
    judged(before, { ...twice, fallback_reason: fallbackReason }).filter((told) =>
      told.startsWith('fallback'),
    );
  expect(words('offload: EIO ×8')).toEqual(['fallback_reason regression']);
  expect(words('offload: EOPNOTSUPP ×8')).toEqual([]);
  const tolerances = new Map([['fallbacks', 0.5]] as const);
  const tolerated = { fallbacks: 5, fallback_reason: 'offload: EIO ×5' };
  expect(judged(before, tolerated, { tolerances })).toEqual(['fallback_reason regression']);
  expect(judged(before, tolerated)).toEqual(['fallbacks regression']);
});

test('what grows with the work is compared per byte when a faster run did more of it', () => {
  const faster = {
    ios: 200,
    bytes: 819_200,
    iops: 200_000,
    offload_bytes: 819_200,
    host_cpu_ns: 110_000,
  };
  const comparison = compared([aRow(FIGURES)], [aRow({ ...FIGURES, ...faster })]);
  expect(told(comparison)).toEqual([
    'ios better',
    'bytes better',
    'runtime_ns better',
    'iops better',
    'host_cpu_ns regression',
    // As many in all, but fewer for each byte.
    'merges regression',
  ]);
  expect(judgementOf(comparison, 'host_cpu_ns')).toMatchObject({
    perByte: true,
    baseline: 50_000 / 409_600,
    candidate: 110_000 / 819_200,
  });
});

test('a tolerance is symmetrical, and reaches up to itself', () => {
  const rules = { tolerances: new Map([['lat_p99_ns', 0.01]] as const) };
  expect(judged({}, { lat_p99_ns: 10_100 }, rules)).toEqual([]);
  expect(judged({}, { lat_p99_ns: 10_101 }, rules)).toEqual(['lat_p99_ns regression']);
  expect(judged({ lat_p99_ns: 10_100 }, {}, rules)).toEqual([]);
  expect(judged({ lat_p99_ns: 0 }, { lat_p99_ns: 1 }, rules)).toEqual(['lat_p99_ns regression']);
});

test('gates replace the other columns, but not how the run ended', () => {
  const gates = ['offload_bytes'] as const;
  expect(judged({}, { lat_p99_ns: 10_001 }, { gates })).toEqual([]);
  expect(judged({}, { offload_bytes: 409_599 }, { gates })).toEqual(['offload_bytes regression']);
  expect(judged({ offload_bytes: 409_599 }, {}, { gates })).toEqual(['offload_bytes better']);
  expect(judged({}, { state: 'failed' }, { gates })).toEqual(['state regression']);
});

test('with failOnChange what is better is a regression too', () => {
  expect(judged({}, { lat_p99_ns: 9999 }, { failOnChange: true })).toEqual([
    'lat_p99_ns regression',
  ]);
  expect(judged({}, { steady: false }, { failOnChange: true })).toEqual(['steady regression']);
  expect(judged({}, { state: 'interrupted' }, { failOnChange: true })).toEqual([
    'state inconclusive',
  ]);
});

test.each([
  ['done', 'failed', 'regression'],
  ['done', 'short', 'regression'],
  ['done', 'crashed', 'regression'],
  ['short', 'failed', 'regression'],
  ['failed', 'done', 'better'],
  ['crashed', 'done', 'better'],
  ['done', 'interrupted', 'inconclusive'],
  ['not_run', 'done', 'inconclusive'],
  ['failed', 'not_run', 'inconclusive'],
  ['crashed', 'crashed', 'inconclusive'],
])('%s, then %s: %s, and no figure is compared', (before, after, wanted) => {
  expect(judged({ state: before }, { state: after, lat_p99_ns: 1 })).toEqual([`state ${wanted}`]);
});

test('two runs that failed are open, alike or not; no figure is compared', () => {
  const reasonOf = (candidate: Cells): unknown => {
    const failed = { ...FIGURES, state: 'failed', error: 'EIO' };
    const comparison = compared([aRow(failed)], [aRow({ ...failed, ...candidate })]);
    expect(told(comparison)).toEqual(['state inconclusive']);
    return judgementOf(comparison, 'state')?.reason;
  };
  expect(reasonOf({})).toBe('runs of both sides went wrong: EIO');
  expect(reasonOf({ lat_p99_ns: 1 })).toBe('runs of both sides went wrong: EIO');
  expect(reasonOf({ error: 'ENOSPC' })).toBe('runs of both sides went wrong: EIO, then ENOSPC');
});

test('what is empty on both sides is no pass', () => {
  const gated = (gates: readonly ColumnName[]): readonly string[] => judged({}, {}, { gates });
  expect(gated(['lat_p50_ns'])).toEqual(['state inconclusive']);
  expect(gated(['lat_p50_ns', 'lat_p99_ns'])).toEqual([]);
  expect(gated(['state'])).toEqual([]);
  const empty = compared([aRow()], [aRow()]);
  expect(empty.verdict).toBe('inconclusive');
  const said = compared([aRow(FIGURES)], [aRow(FIGURES)], { gates: ['lat_p50_ns'] });
  expect(judgementOf(said, 'state')?.reason).toBe(
    'nothing was judged; empty on both sides: lat_p50_ns',
  );
});

test('what a device did beside counts for nothing, unless it differs', () => {
  const beside = { job: 'background:nvme0', direction: null, rw: null, host_cpu_ns: 5 };
  const before = [aRow(FIGURES), aRow(beside)];
  expect(compared(before, before).rows).toMatchObject([{ row: { job: 'copies' } }]);
  const more = compared(before, [aRow(FIGURES), aRow({ ...beside, host_cpu_ns: 6 })]);
  expect(told(more)).toEqual(['host_cpu_ns regression']);
});

test('a gate on the path is about copies: reads are left out, and told', () => {
  const rows = [aRow(FIGURES), aRow({ direction: 'read', rw: 'read', iops: 1 })];
  const gates = ['offload_bytes'] as const;
  const comparison = compared(rows, rows, { gates });
  expect(comparison).toMatchObject({ verdict: 'pass', rows: [{ row: { direction: 'copy' } }] });
  expect(comparison.notes).toEqual([
    'Reads and writes take no path that a gate could be about: 1 row left out.',
  ]);
  const unproven = [aRow({ ...FIGURES, offload_bytes: null })];
  expect(compared(unproven, unproven, { gates }).verdict).toBe('inconclusive');
});

test('where no row is on both sides nothing passes', () => {
  expect(compared([], [aRow(FIGURES)]).verdict).toBe('inconclusive');
});

test('repetitions are rows of their own', () => {
  const before = [aRow(FIGURES), aRow({ ...FIGURES, repetition: 2 })];
  const after = [aRow(FIGURES), aRow({ ...FIGURES, repetition: 2, iops: 1 })];
  expect(compared(before, after).rows.map(({ verdict }) => verdict)).toEqual([
    'pass',
    'regression',
  ]);
});

test('rows of one side, and of a changed job, are listed and not judged', () => {
  const before = [
    aRow({ point: 'bs=4k', ios: 1 }),
    aRow({ point: 'bs=8k' }),
    aRow({ point: 'bs=16k' }),
  ];
  const after = [
    aRow({ point: 'bs=4k', ios: 1 }),
    aRow({ point: 'bs=8k', plan_sha256: 'another', ios: 1 }),
    aRow({ point: 'bs=32k' }),
  ];
  expect(compared(before, after).rows.map(({ match, verdict }) => [match, verdict])).toEqual([
    ['both', 'pass'],
    ['changed job', 'inconclusive'],
    ['lost', 'inconclusive'],
    ['new', 'pass'],
  ]);
  expect(compared(before, after, {}, true).rows[1]).toMatchObject({
    match: 'both',
    verdict: 'regression',
  });
});
