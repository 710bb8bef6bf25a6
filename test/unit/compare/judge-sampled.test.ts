import { expect, test } from 'vitest';
import type { Row } from '../../../src/record/columns.ts';
import { aRow } from '../../support/a-row.ts';
import { compared, judgementOf, told } from '../../support/compared.ts';
import { type Cells, wallRows } from '../../support/wall-rows.ts';

const CALM = [10_000, 10_050, 9950, 10_020, 9980, 10_010, 9990, 10_030];
const slower = (factor: number): readonly number[] =>
  CALM.map((latencyNs, place) => latencyNs * factor + place);

function verdicts(candidate: readonly Row[], rules = {}): readonly string[] {
  return told(compared(wallRows(CALM), candidate, rules));
}

const GATED = ['bandwidth_bytes_per_s', 'lat_p50_ns', 'lat_p99_ns'];

test('throughput, p50 and p99 are gated; inside the margin they pass', () => {
  expect(verdicts(wallRows(slower(1.02)))).toEqual(GATED.map((name) => `${name} pass`));
});

test('beyond the margin they are regressions one way, and better the other', () => {
  expect(verdicts(wallRows(slower(1.1)))).toEqual(GATED.map((name) => `${name} regression`));
  expect(verdicts(wallRows(slower(0.9)))).toEqual(GATED.map((name) => `${name} better`));
});

test('the figures say how sure that is', () => {
  const comparison = compared(wallRows(CALM), wallRows(slower(1.1)));
  expect(comparison.tests).toBe(3);
  const { sample, ...judgement } = judgementOf(comparison, 'lat_p50_ns') ?? {};
  expect(judgement).toMatchObject({ baseline: 10_005, candidate: 11_008, reason: null });
  expect(sample?.ratio).toBeCloseTo(1.1, 2);
  expect(sample?.ratioLow).toBeGreaterThan(1.09);
  expect(sample?.ratioHigh).toBeLessThan(1.11);
  // 2 / C(16, 8), and three figures that all reach it.
  expect(sample?.p).toBeCloseTo(2 / 12_870, 10);
  expect(sample?.adjustedP).toBeCloseTo(2 / 12_870, 10);
  expect(sample?.attainableP).toBeCloseTo(6 / 12_870, 10);
});

test('across the margin nothing is said but how many repetitions would settle it', () => {
  const wide = CALM.map((latencyNs, place) => latencyNs * (1 + 0.02 * place));
  const comparison = compared(wallRows(wide), wallRows(wide.map((value) => value * 1.04)));
  expect(comparison.verdict).toBe('inconclusive');
  const { reason, sample } = judgementOf(comparison, 'lat_p50_ns') ?? {};
  expect(sample?.repetitions).toBeGreaterThan(8);
  expect(reason).toBe(`about ${sample?.repetitions} repetitions on each side would do`);
});

test('one repetition is never a pass, and the count that would do is told', () => {
  const comparison = compared(wallRows([10_000]), wallRows([10_000]));
  expect(judgementOf(comparison, 'lat_p50_ns')).toMatchObject({
    verdict: 'inconclusive',
    reason: 'too few repetitions, p can reach 1; at least 5 repetitions on each side would do',
    sample: { attainableP: 1, repetitions: 5, ratioLow: 0, ratioHigh: Number.POSITIVE_INFINITY },
  });
});

test('three against three are too few, however far apart', () => {
  const comparison = compared(wallRows([10, 11, 12]), wallRows([1000, 1100, 1200]));
  expect(comparison.verdict).toBe('inconclusive');
  expect(judgementOf(comparison, 'lat_p50_ns')?.reason).toMatch(
    /^too few repetitions, p can reach/,
  );
});

test('many figures ask for more of each: with 40 rows five repetitions are too few', () => {
  const sweep = (factor: number): readonly Row[] =>
    Array.from({ length: 40 }, (_, place) => {
      const latencies = CALM.slice(0, 5).map((latencyNs) => latencyNs * (place === 7 ? factor : 1));
      return wallRows(latencies, { point: `iodepth=${place}` });
    }).flat();
  const comparison = compared(sweep(1), sweep(2));
  expect(comparison.tests).toBe(120);
  expect(comparison.verdict).toBe('inconclusive');
  const [found] = comparison.rows[7]?.judgements ?? [];
  expect(found?.sample?.p).toBeCloseTo(2 / 252, 10);
  expect(found?.sample?.adjustedP).toBeGreaterThan(0.05);
  expect(found?.reason).toMatch(/^too few repetitions, p can reach 0.95; about 8 repetitions/);
});

test.each<[string, Cells, string, string]>([
  ['failed', { state: 'failed', error: 'EIO' }, 'regression', 'EIO'],
  ['short', { state: 'short', error: '3 short I/Os' }, 'regression', '3 short I/Os'],
  ['overloaded', { state: 'overloaded' }, 'inconclusive', 'overloaded'],
  ['interrupted', { state: 'interrupted' }, 'inconclusive', 'cut short'],
])('one candidate repetition that was %s', (_, cells, verdict, reason) => {
  const candidate = wallRows(CALM).map((row, place) =>
    place === 3 ? aRow({ ...row, ...cells }) : row,
  );
  const { rows } = compared(wallRows(CALM), candidate);
  expect(rows[0]?.judgements).toEqual([
    expect.objectContaining({ verdict, reason: expect.stringContaining(reason) }),
  ]);
});

test('what failed before and does no more is better; what failed twice is open', () => {
  const failed = wallRows(CALM, { state: 'failed', error: 'EIO' });
  expect(told(compared(failed, wallRows(CALM)))).toEqual(['state better']);
  expect(told(compared(failed, failed))).toEqual(['state inconclusive']);
});

test('a gate on the path: a share of the bytes, without a margin', () => {
  const gates = ['offload_bytes'] as const;
  const timed = (share: number): readonly Row[] =>
    wallRows(CALM).map((row, place) =>
      aRow({ ...row, bytes: 4_096_000 + place, offload_bytes: (4_096_000 + place) * share }),
    );
  expect(told(compared(timed(1), timed(1), { gates }))).toEqual(['offload_bytes pass']);
  const fallen = compared(timed(1), timed(0.97), { gates });
  expect(judgementOf(fallen, 'offload_bytes')).toMatchObject({
    verdict: 'regression',
    perByte: true,
    baseline: 1,
    candidate: 0.97,
  });
  expect(told(compared(timed(1), timed(0), { gates }))).toEqual(['offload_bytes regression']);
  expect(told(compared(timed(0), timed(1), { gates }))).toEqual(['offload_bytes better']);
  expect(told(compared(timed(0), timed(0), { gates }))).toEqual(['offload_bytes pass']);
  const tolerances = new Map([['offload_bytes', 0.05]] as const);
  expect(told(compared(timed(1), timed(0.97), { gates, tolerances }))).toEqual([
    'offload_bytes pass',
  ]);
});

test('no byte changes its path by chance: two repetitions are enough', () => {
  const gates = ['offload_bytes'] as const;
  const taking = (...bytes: readonly number[]): readonly Row[] =>
    wallRows(CALM.slice(0, bytes.length)).map((row, place) =>
      aRow({ ...row, offload_bytes: bytes[place] ?? null }),
    );
  const judge = (before: readonly Row[], after: readonly Row[], rules = {}) =>
    judgementOf(compared(before, after, { gates, ...rules }), 'offload_bytes');
  const all = taking(409_600, 409_600);
  expect(judge(all, all)).toMatchObject({ verdict: 'pass', reason: null, sample: null });
  expect(judge(all, taking(0, 0))?.verdict).toBe('regression');
  expect(judge(taking(0, 0), all)?.verdict).toBe('better');
  expect(judge(all, taking(409_600, 409_599))).toMatchObject({
    verdict: 'regression',
    baseline: 409_600,
    candidate: 409_599,
    reason: '1 of 2 repetitions of the candidate are worse than all of the baseline',
  });
  expect(judge(taking(409_600, 1), taking(1, 409_600))?.verdict).toBe('pass');
  const tolerances = new Map([['offload_bytes', 0.01]] as const);
  expect(judge(all, taking(409_600, 409_599), { tolerances })?.verdict).toBe('pass');
  const fallen = compared(wallRows(CALM), wallRows(CALM, { fallbacks: 1 }), {
    gates: ['fallbacks'],
  });
  expect(fallen.verdict).toBe('regression');
});

test('a row that was done and has no figures is no pass', () => {
  const empty = wallRows(CALM, {
    iops: null,
    bandwidth_bytes_per_s: null,
    lat_p50_ns: null,
    lat_p99_ns: null,
  });
  const comparison = compared(empty, empty);
  expect(told(comparison)).toEqual(['state inconclusive']);
  expect(judgementOf(comparison, 'state')?.reason).toMatch(/^nothing was judged/);
  const background = wallRows(CALM, { ...empty[0], job: 'background:nvme0', repetition: 1 });
  const [beside] = background;
  const rows = [...wallRows(CALM), ...(beside === undefined ? [] : [beside])];
  expect(compared(rows, rows).rows).toHaveLength(1);
});

test('one repetition that was done is enough to say which side went wrong, both ways', () => {
  const [done, second] = wallRows(CALM.slice(0, 2));
  if (done === undefined || second === undefined) throw new Error('two rows');
  const mixed = [done, aRow({ ...second, state: 'overloaded' })];
  const failed = wallRows(CALM.slice(0, 2), { state: 'failed', error: 'EIO' });
  expect(told(compared(mixed, failed))).toEqual(['state regression']);
  expect(told(compared(failed, mixed))).toEqual(['state better']);
});

test('a drift says nothing against the path that bytes took', () => {
  const gates = ['offload_bytes'] as const;
  const drifting = wallRows(CALM, { steady: false });
  expect(told(compared(drifting, drifting, { gates }))).toEqual(['offload_bytes pass']);
});

const drifts = (rows: readonly Row[], count: number): readonly Row[] =>
  rows.map((row, place) => (place < count ? aRow({ ...row, steady: false }) : row));

test('one repetition that drifts hides no regression, and leaves no pass and no better', () => {
  const figures = (verdict: string): readonly string[] => [
    ...GATED.map((name) => `${name} ${verdict}`),
    'steady inconclusive',
  ];
  const slow = compared(wallRows(CALM), drifts(wallRows(slower(3)), 1));
  expect(slow.verdict).toBe('regression');
  expect(told(slow)).toEqual(figures('regression'));
  expect(judgementOf(slow, 'lat_p50_ns')?.sample?.ratio).toBeCloseTo(3, 1);
  expect(judgementOf(slow, 'steady')).toMatchObject({
    verdict: 'inconclusive',
    baseline: '8 of 8',
    candidate: '7 of 8',
  });
  for (const factor of [1, 0.3]) {
    const open = compared(drifts(wallRows(CALM), 1), wallRows(slower(factor)));
    expect(told(open)).toEqual(figures('inconclusive'));
    expect(judgementOf(open, 'lat_p50_ns')).toMatchObject({
      reason: expect.stringMatching(/^(pass|better) by all repetitions, but not all were steady$/),
      sample: { baselineCount: 8 },
    });
  }
});

test('a regression that the steady repetitions do not show is none, nor one of too few', () => {
  const candidate = wallRows(slower(3));
  const reasonOf = (rows: readonly Row[]) => {
    const found = judgementOf(compared(wallRows(CALM), rows), 'lat_p50_ns');
    return found?.verdict === 'inconclusive' ? found.reason : found?.verdict;
  };
  expect(reasonOf(drifts(candidate, 4))).toBe('regression');
  expect(reasonOf(drifts(candidate, 5))).toMatch(/^a regression .* most of a side were not steady/);
  // Three against three can say nothing, five against five can.
  const few = CALM.slice(0, 5);
  const [before, after] = [wallRows(few), wallRows(few.map((latencyNs) => latencyNs * 3))];
  expect(compared(before, after).verdict).toBe('regression');
  const open = compared(drifts(before, 2), drifts(after, 2));
  expect(judgementOf(open, 'lat_p50_ns')).toMatchObject({
    verdict: 'inconclusive',
    reason: 'a regression by all repetitions, but not by the steady ones alone',
    sample: { candidateCount: 5 },
  });
});

test('rows of other block sizes: fewer I/Os, gated, are neither worse nor better', () => {
  const small = wallRows(CALM, { bs_bytes: 4096 });
  const large = wallRows(slower(4), { bs_bytes: 65_536 });
  expect(told(compared(small, large, { gates: ['iops'] }))).toEqual(['iops changed']);
  expect(told(compared(large, small, { gates: ['iops'] }))).toEqual(['iops changed']);
  const like = wallRows(slower(4), { bs_bytes: 4096 });
  expect(told(compared(small, like, { gates: ['iops'] }))).toEqual(['iops regression']);
  const still = { bytes: 0, bandwidth_bytes_per_s: 0 };
  const discards = wallRows(CALM, { ...still, bs_bytes: 4096 });
  const larger = wallRows(slower(4), { ...still, bs_bytes: 65_536 });
  expect(told(compared(discards, larger, { gates: ['iops'] }))).toEqual(['iops regression']);
});

test('what some repetitions lack is not judged, and not taken for zero', () => {
  const gates = ['offload_bytes'] as const;
  const unproven = wallRows(CALM).map((row, place) =>
    place < 3 ? aRow({ ...row, offload_bytes: null }) : row,
  );
  expect(judgementOf(compared(wallRows(CALM), unproven, { gates }), 'offload_bytes')).toMatchObject(
    {
      verdict: 'inconclusive',
      reason: '3 of 16 repetitions have no value',
    },
  );
});

test('what is exact under any clock is compared without counts', () => {
  const withReason = (reason: string | null): readonly Row[] =>
    wallRows(CALM, { fallback_reason: reason });
  const reasons = (before: string | null, after: string | null): string | undefined =>
    judgementOf(compared(withReason(before), withReason(after)), 'fallback_reason')?.verdict;
  const both = 'offload: EIO ×3; emulation: EAGAIN ×2';
  expect(reasons(both, 'emulation: EAGAIN ×20; offload: EIO ×1')).toBeUndefined();
  expect(reasons(null, both)).toBe('regression');
  expect(reasons(both, null)).toBe('changed');
  expect(reasons('offload: EIO ×3', both)).toBe('regression');
});

test('faults that come are worse, those that go are better', () => {
  const faulty = wallRows(CALM, { short_ios: 2 });
  expect(told(compared(wallRows(CALM), faulty))).toContain('short_ios regression');
  expect(told(compared(faulty, wallRows(CALM)))).toContain('short_ios better');
  const unverified = wallRows(CALM, { verify_errors: null });
  expect(told(compared(wallRows(CALM), unverified))).toContain('verify_errors inconclusive');
});

test('without bytes the rate of I/Os is the throughput', () => {
  const still = { bytes: 0, bandwidth_bytes_per_s: 0 };
  expect(told(compared(wallRows(CALM, still), wallRows(CALM, still)))).toEqual([
    'iops pass',
    'lat_p50_ns pass',
    'lat_p99_ns pass',
  ]);
});
