import { expect, test } from 'vitest';
import {
  compareBlocks,
  pairBlocks,
  type Units,
  unitsOfBlocks,
  unsteadyBlocks,
} from '../../../src/compare/blocks.ts';
import { calibrateBlocks } from '../../../src/compare/calibrate-blocks.ts';
import { whoIsFaster } from '../../../src/compare/faster.ts';
import type { Comparison } from '../../../src/compare/judgement.ts';
import { renderFloors } from '../../../src/compare/report/floors.ts';
import { renderJson } from '../../../src/compare/report/json.ts';
import { renderMarkdown } from '../../../src/compare/report/markdown.ts';
import { renderText } from '../../../src/compare/report/text.ts';
import { DEFAULT_RULES } from '../../../src/compare/rules.ts';
import { asSameJob, falseAlarmsIn } from '../../../src/compare/same-job.ts';
import type { Row } from '../../../src/record/columns.ts';
import { aRow } from '../../support/a-row.ts';
import { type Cells, wallRows } from '../../support/wall-rows.ts';

const NONE: ReadonlySet<never> = new Set();

function units(rows: readonly Row[]): Units {
  return unitsOfBlocks({ path: 'x.csv', rows }, NONE);
}

/** Blocks that the machine slows by up to twice; `factor`: of B by A. */
const SHIFTS = [1000, 1300, 1900, 1100, 1500, 2000, 1200, 1700];

function sides(factor: number, cells: Cells = {}): { a: Units; b: Units } {
  const noise = [1, 1.002, 0.999, 1.001, 0.998, 1.002, 1, 0.999];
  const b = SHIFTS.map((shift, block) => shift * factor * (noise[block] ?? 1));
  return { a: units(wallRows(SHIFTS)), b: units(wallRows(b, cells)) };
}

function judged({ a, b }: { a: Units; b: Units }): Comparison {
  return compareBlocks(a, b, DEFAULT_RULES);
}

test('pairs see a change that whole blocks would hide', () => {
  const both = sides(1.2);
  const { verdict, rows } = judged(both);
  expect(verdict).toBe('regression');
  const median = rows[0]?.judgements.find(({ column }) => column === 'lat_p50_ns');
  expect(median?.sample?.ratio).toBeCloseTo(1.2, 2);
  expect(median?.sample?.p).toBe(2 ** -7);
  expect(whoIsFaster(judged(both), both.a, both.b)).toMatch(
    /^A is faster\. B by A: bandwidth −16\.\d % \(−16\.\d % … −16\.\d %\)\.$/,
  );
});

test('the other way round it is better, and without a change a pass', () => {
  const better = sides(1 / 1.2);
  expect(judged(better).verdict).toBe('better');
  expect(whoIsFaster(judged(better), better.a, better.b)).toMatch(/^B is faster\./);
  const same = sides(1);
  expect(judged(same).verdict).toBe('pass');
  expect(whoIsFaster(judged(same), same.a, same.b)).toMatch(/^Neither is faster beyond the margin/);
});

test('rows stand in pairs by their block, however they come', () => {
  const rows = wallRows(SHIFTS);
  const reversed = units(rows.toReversed());
  expect(judged({ a: units(rows), b: reversed }).verdict).toBe('pass');
});

test('a block that one side lacks leaves the other pairs as they are', () => {
  const a = units(wallRows(SHIFTS).slice(1));
  const b = units(wallRows(SHIFTS).slice(0, -2));
  const paired = pairBlocks(a, b);
  expect(paired.alone).toEqual({ a: 2, b: 1 });
  const { rows, verdict } = judged(paired);
  expect(verdict).not.toBe('regression');
  const median = rows[0]?.judgements.find(({ column }) => column === 'lat_p50_ns')?.sample;
  expect([median?.baselineCount, median?.candidateCount, median?.ratio]).toEqual([5, 5, 1]);
  expect(paired.a.values().next().value?.places).toHaveLength(5);
  expect(pairBlocks(a, a)).toEqual({ a, b: a, alone: { a: 0, b: 0 } });
});

test('rows without any block in common are not judged', () => {
  const a = units(wallRows(SHIFTS).slice(0, 2));
  const { alone, ...paired } = pairBlocks(a, units(wallRows(SHIFTS).slice(2)));
  expect(alone).toEqual({ a: 0, b: 6 });
  expect(judged(paired).rows.map(({ match }) => match)).toEqual(['lost']);
});

test('one block that went wrong is inconclusive, all of B alone a regression', () => {
  const failed = { state: 'failed', error: 'EIO' } as const;
  const one = wallRows(SHIFTS).map((row, block) => (block === 3 ? { ...row, ...failed } : row));
  const all = wallRows(SHIFTS).map((row) => ({ ...row, ...failed }));
  const good = units(wallRows(SHIFTS));
  expect(judged({ a: good, b: units(one) }).verdict).toBe('inconclusive');
  expect(judged({ a: units(one), b: good }).verdict).toBe('inconclusive');
  expect(judged({ a: good, b: units(all) }).verdict).toBe('regression');
  expect(judged({ a: units(all), b: good }).verdict).toBe('better');
  expect(judged({ a: units(all), b: units(one) }).verdict).toBe('inconclusive');
  const held = units(wallRows(SHIFTS, { state: 'overloaded' }));
  expect(judged({ a: good, b: held }).verdict).toBe('inconclusive');
});

test('a run that drifts is judged, and said', () => {
  const drifting = sides(1, { steady: false });
  expect(judged(drifting).verdict).toBe('pass');
  expect(unsteadyBlocks(drifting.a, drifting.b)).toMatch(
    /^Not steady: 0 of 8 rows of A, 8 of 8 of B\./,
  );
  expect(unsteadyBlocks(drifting.a, drifting.a)).toBeNull();
});

test('plans differ by design, and rows are paired without what a setting changes', () => {
  const a = [aRow({ rw: 'copy', plan_sha256: 'a', iops: 100 })];
  const b = [aRow({ rw: 'randcopy', plan_sha256: 'b', iops: 90 })];
  const paired = (rows: readonly Row[]): Units =>
    unitsOfBlocks({ path: 'x.csv', rows }, new Set(['rw'] as const));
  const [row] = judged({ a: paired(a), b: paired(b) }).rows;
  expect([row?.match, row?.verdict]).toEqual(['both', 'regression']);
  expect(judged({ a: units(a), b: units(b) }).rows.map(({ match }) => match)).toEqual([
    'lost',
    'new',
  ]);
});

test('what has no better or worse changes with the plan, and is no regression', () => {
  const a = [aRow({ plan_sha256: 'a', merges: 4, iops: 100 })];
  const b = (plan_sha256: string): Units => units([aRow({ plan_sha256, merges: 8, iops: 110 })]);
  const other = judged({ a: units(a), b: b('b') });
  expect([other.verdict, other.rows[0]?.verdict]).toEqual(['changed', 'changed']);
  expect(judged({ a: units(a), b: b('a') }).verdict).toBe('regression');
  const strict = compareBlocks(units(a), b('b'), { ...DEFAULT_RULES, failOnChange: true });
  expect(strict.verdict).toBe('regression');
});

test('exact rows: who is faster is said of each', () => {
  const rows = (rates: readonly number[]): Units =>
    units(rates.map((rate, place) => aRow({ point: `bs=${place}k`, bandwidth_bytes_per_s: rate })));
  const [a, b] = [rows([100, 100, 100]), rows([110, 90, 100])];
  const text = whoIsFaster(judged({ a, b }), a, b);
  expect(text).toContain('B is faster in 1 of 3 rows; A is faster in 1 of 3 rows;');
  expect(text).toContain('bs=0k: bandwidth +10.0 %');
});

test('two equal sides tell the noise floor, false alarms, and the blocks the margin asks for', () => {
  const { a, b } = sides(1);
  const calibration = calibrateBlocks(a, b, DEFAULT_RULES, 1);
  expect(calibration?.floors).toHaveLength(3);
  for (const { floor, blocks } of calibration?.floors ?? []) {
    expect(floor).toBeGreaterThan(0.0005);
    expect(floor).toBeLessThan(0.003);
    // Not for the noise, but for a p that three figures leave.
    expect(blocks).toBe(7);
  }
  expect(calibration?.falseAlarms).toEqual({ share: 0, relabellings: 256, exact: true });
});

test('a row that some blocks lack has its floor, and is not relabelled', () => {
  const rare = wallRows(SHIFTS.slice(1), { job: 'background:nvme0' });
  const both = units([...rare, ...wallRows(SHIFTS)]);
  const calibration = calibrateBlocks(both, both, DEFAULT_RULES, 1);
  expect(calibration?.floors).toHaveLength(6);
  expect(calibration?.falseAlarms.relabellings).toBe(256);
});

test('differences that all lie far out alarm as they are, and in no other way', () => {
  const { a, b } = sides(1.3);
  const calibration = calibrateBlocks(a, b, DEFAULT_RULES, 1);
  // All exchanged, they are better.
  expect(calibration?.falseAlarms.share).toBe(1 / 256);
});

test('the floors are a table, the loudest first, cut to the width', () => {
  const { a, b } = sides(1);
  const floors = calibrateBlocks(a, b, DEFAULT_RULES, 1)?.floors ?? [];
  const lines = renderFloors(floors, { widthColumns: 60, all: false }).trimEnd().split('\n');
  expect(lines[0]).toBe('noise floor  blocks for the margin  column                 …');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^ +±0\.\d+ % +7 {2}\w+/);
});

/** Sides that are said to be equal, judged and told as such. */
function asTurns({ a, b }: { a: Units; b: Units }): Comparison {
  const calibration = calibrateBlocks(a, b, DEFAULT_RULES, 1);
  const told = asSameJob(judged({ a, b }), calibration?.floors ?? [], DEFAULT_RULES.alpha);
  return { ...told, turns: { sameJob: true, calibration } };
}

test('of equal sides a called figure is a false alarm, under no heading of better or worse', () => {
  for (const [factor, verdict] of [
    [1.2, 'regression'],
    [1 / 1.2, 'better'],
  ] as const) {
    const comparison = asTurns(sides(factor));
    expect(comparison.verdict).toBe(verdict);
    expect(falseAlarmsIn(comparison)).toHaveLength(3);
    const text = renderText(comparison, { widthColumns: 120, colour: false, all: false });
    expect(text).toMatch(/^called (a regression|better), though A and B are the same job\n/);
    expect(text.match(/a false alarm: A and B are the same job/g)).toHaveLength(3);
    expect(text).not.toMatch(/^(regression|better)$/m);
    expect(renderMarkdown(comparison)).not.toMatch(/^### (regression|better)$/m);
  }
  expect(falseAlarmsIn(asTurns(sides(1)))).toEqual([]);
});

test('of equal sides what is open asks for the blocks that the noise floor asks for', () => {
  const b = SHIFTS.map((shift, block) => shift * (block % 2 === 0 ? 1.3 : 0.85));
  const comparison = asTurns({ a: units(wallRows(SHIFTS)), b: units(wallRows(b)) });
  const open = comparison.rows.flatMap(({ judgements }) => judgements);
  const floors = comparison.turns?.calibration?.floors ?? [];
  expect(open).toHaveLength(3);
  for (const { column, verdict, reason, sample } of open) {
    const blocks = floors.find((floor) => floor.column.name === column)?.blocks ?? 0;
    expect(verdict).toBe('inconclusive');
    expect(blocks).toBeGreaterThan(SHIFTS.length);
    expect(reason).toBe(`about ${blocks} blocks would do`);
    expect(sample?.repetitions).toBe(blocks);
  }
});

test('Markdown and JSON of sides in turns have the noise floors', () => {
  const comparison = asTurns(sides(1));
  const markdown = renderMarkdown(comparison);
  expect(markdown).toMatch(/^## coffer ab\n/);
  expect(markdown).toContain('### noise floor');
  expect(markdown.match(/^\|.+`lat_p50_ns`.+±0\.\d+ %.+\| +7 +\|$/gm)).toHaveLength(1);
  expect(JSON.parse([...renderJson(comparison)].join(''))).toMatchObject({
    same_job: true,
    noise_floors: [{ blocks: 7 }, { blocks: 7 }, { blocks: 7 }],
    false_alarms: { share: 0, relabellings: 256, exact: true },
  });
  const apart = judged(sides(1));
  expect(renderMarkdown(apart)).toMatch(/^## coffer compare\n/);
  expect([...renderJson(apart)].join('')).not.toContain('noise_floors');
});
