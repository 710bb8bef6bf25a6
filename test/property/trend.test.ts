/** How often `coffer trend` is wrong, and right, over many drawn histories. */

import { expect, test } from 'vitest';
import type { HistoryFile } from '../../src/compare/history.ts';
import { DEFAULT_RULES } from '../../src/compare/rules.ts';
import { changePoint } from '../../src/compare/statistics/change-point.ts';
import { type Trend, trendOf } from '../../src/compare/trend.ts';
import { Random } from '../../src/sim/random.ts';
import { normal } from '../support/noises.ts';
import { wallRows } from '../support/wall-rows.ts';

const ALPHA = 0.05;
const SPREAD = 0.03;

function scatter(share: number, draws: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / draws);
}

function series(random: Random, count: number, from: number, step: number): readonly number[] {
  return Array.from({ length: count }, (_, place) => normal(random) + (place >= from ? step : 0));
}

/** Of two points of a sweep, each with a median and a p99 that scatter alike. */
function history(
  random: Random,
  count: number,
  from: number,
  step: number,
): readonly HistoryFile[] {
  return Array.from({ length: count }, (_, file) => ({
    path: `${file}.csv`,
    startedAt: null,
    environment: null,
    rows: ['bs=4k', 'bs=64k'].flatMap((point) => {
      const level = point === 'bs=4k' && file >= from ? step : 0;
      return wallRows([1e6 * Math.exp(SPREAD * (normal(random) + level))], { point });
    }),
  }));
}

function trend(files: readonly HistoryFile[]): Trend {
  return trendOf(files, DEFAULT_RULES, false);
}

test.each([8, 20, 50])('%i values without a change: called no more often than alpha', (count) => {
  const draws = 2000;
  const random = new Random(count);
  let called = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    if ((changePoint(series(random, count, 0, 0))?.p ?? 1) <= ALPHA) called += 1;
  }
  expect(called / draws).toBeLessThanOrEqual(ALPHA + scatter(ALPHA, draws));
});

test('a step of three standard deviations is found where it is, also near an end', () => {
  for (const [count, from, exactly, nearly] of [
    [20, 10, 0.75, 0.93],
    [30, 15, 0.75, 0.93],
    [30, 24, 0.6, 0.75],
    [30, 6, 0.6, 0.75],
  ] as const) {
    const random = new Random(count, from);
    let [found, near] = [0, 0];
    for (let draw = 0; draw < 400; draw += 1) {
      const point = changePoint(series(random, count, from, 3));
      if (point === null || point.p > ALPHA) continue;
      if (point.splits[0] === from && point.splits.length === 1) found += 1;
      if (point.splits.some((split) => Math.abs(split - from) <= 1)) near += 1;
    }
    expect(found / 400, `${from} of ${count}`).toBeGreaterThan(exactly);
    expect(near / 400, `${from} of ${count}`).toBeGreaterThan(nearly);
  }
});

test('a history without a change has one called with a probability of alpha at most', () => {
  const draws = 400;
  const random = new Random(3);
  let called = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    if (trend(history(random, 20, 0, 0)).changes.length > 0) called += 1;
  }
  expect(called / draws).toBeLessThanOrEqual(ALPHA + scatter(ALPHA, draws));
});

test('of a history the row that changed is named, with the files and the size', () => {
  const random = new Random(4);
  let right = 0;
  const draws = 200;
  for (let draw = 0; draw < draws; draw += 1) {
    const { changes } = trend(history(random, 20, 12, 4));
    const medians = changes.filter(({ judgement }) => judgement.column === 'lat_p50_ns');
    const [change] = medians;
    const ratio = change?.judgement.sample?.ratio ?? 0;
    const size = Math.abs(Math.log(ratio) - 4 * SPREAD) < 2 * SPREAD;
    const named = change?.row.point === 'bs=4k' && change.judgement.verdict === 'regression';
    if (medians.length === 1 && named && size && change.to === 12 && change.from === 11) right += 1;
  }
  expect(right / draws).toBeGreaterThan(0.75);
});

test('two steps are two changes, and what lies between them is the size of each', () => {
  const levels = [...Array(8).fill(100), ...Array(8).fill(200), ...Array(8).fill(100)];
  const files = levels.map((level: number, file) => ({
    path: `${file}.csv`,
    startedAt: null,
    environment: null,
    rows: wallRows([1000 * (level + (file % 3))]),
  }));
  const found = trend(files).changes.filter(({ judgement }) => judgement.column === 'lat_p50_ns');
  expect(found.map(({ from, to }) => [from, to])).toEqual([
    [15, 16],
    [7, 8],
  ]);
  const [back, up] = found.map(({ judgement }) => judgement.sample?.ratio ?? 0);
  expect(up).toBeCloseTo(2, 1);
  expect(back).toBeCloseTo(0.5, 1);
});
