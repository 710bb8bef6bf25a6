/** Worked examples of the books and papers that the methods are from. */

import { expect, test } from 'vitest';
import { attainableP, attainablePairedP } from '../../../../src/compare/statistics/attainable.ts';
import { benjaminiHochberg } from '../../../../src/compare/statistics/benjamini-hochberg.ts';
import { mannWhitneyP } from '../../../../src/compare/statistics/mann-whitney.ts';
import { pairedShift } from '../../../../src/compare/statistics/paired-shift.ts';
import { signFlipP } from '../../../../src/compare/statistics/sign-flip.ts';
import { signedRankP } from '../../../../src/compare/statistics/signed-rank.ts';

test('Hollander and Wolfe (1973), p. 69: permeability of the chorioamnion', () => {
  const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const early = [1.15, 0.88, 0.9, 0.74, 1.21];
  // One-sided 0.1272 there.
  expect(mannWhitneyP(atTerm, early) / 2).toBeCloseTo(0.1272, 4);
});

test("Hollander and Wolfe (1973), p. 29: Hamilton's depression scale before and after", () => {
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const fallen = before.map((value, place) => value - (after[place] ?? 0));
  // One-sided 0.020, the estimate 0.46, and (0.010, 0.786) at 96.1 %.
  expect(signedRankP(fallen) / 2).toBeCloseTo(0.01953, 5);
  const shift = pairedShift(fallen, 0.96);
  expect(shift.estimate).toBeCloseTo(0.46, 2);
  expect(shift.low).toBeCloseTo(0.01, 3);
  expect(shift.high).toBeCloseTo(0.786, 3);
});

test("Fisher (1935), §21: Darwin's maize, 1726 of 32768 arrangements", () => {
  const eighthsOfAnInch = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
  expect(signFlipP(eighthsOfAnInch) * 32_768).toBeCloseTo(1726, 6);
});

test('Benjamini and Hochberg (1995), 3.2: four of fifteen are called', () => {
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ];
  expect(benjaminiHochberg(ps).filter((p) => p <= 0.05)).toHaveLength(4);
});

test.each([
  // The table of benchstat, and 2 / C(2n, n).
  [3, 3, 0.1],
  [4, 4, 0.029],
  [5, 5, 0.0079],
  [6, 6, 0.0022],
  [1, 1, 1],
  [1, 9, 0.2],
])('%i against %i values can reach p = %d', (n, m, p) => {
  expect(attainableP(n, m)).toBeCloseTo(p, p < 0.01 ? 4 : 3);
});

test('pairs: 2^(1 - k)', () => {
  expect([1, 6, 8, 10].map(attainablePairedP)).toEqual([1, 1 / 32, 1 / 128, 1 / 512]);
});
