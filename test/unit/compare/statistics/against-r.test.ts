/** Held against R and scipy: test/fixtures/statistics holds their values and what made them. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../../../src/compare/statistics/benjamini-hochberg.ts';
import type { Interval } from '../../../../src/compare/statistics/interval.ts';
import { mannWhitneyP } from '../../../../src/compare/statistics/mann-whitney.ts';
import { normalUpperQuantile, normalUpperTail } from '../../../../src/compare/statistics/normal.ts';
import { pairedShift } from '../../../../src/compare/statistics/paired-shift.ts';
import { signFlipP } from '../../../../src/compare/statistics/sign-flip.ts';
import { signedRankP } from '../../../../src/compare/statistics/signed-rank.ts';
import { twoSampleShift } from '../../../../src/compare/statistics/two-sample-shift.ts';

interface Judged {
  readonly confidence: number;
  readonly exact: boolean;
  readonly p: number;
  readonly shift: Interval;
}
interface FromR {
  readonly two_sample: readonly (Judged & {
    readonly a: readonly number[];
    readonly b: readonly number[];
  })[];
  readonly paired: readonly (Judged & { readonly differences: readonly number[] })[];
  readonly adjusted: readonly {
    readonly ps: readonly number[];
    readonly adjusted: readonly number[];
  }[];
  readonly normal: readonly { readonly z: number; readonly tail: number }[];
}
interface FromScipy {
  readonly tied: readonly {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly p: number;
  }[];
  readonly flipped: readonly { readonly differences: readonly number[]; readonly p: number }[];
}

const r: FromR = JSON.parse(fixture('wilcoxon.json'));
const scipy: FromScipy = JSON.parse(fixture('permutation.json'));

function fixture(name: string): string {
  const path = new URL(`../../../fixtures/statistics/${name}`, import.meta.url);
  return readFileSync(path, 'utf8');
}

/** Where R solves for the root of a smooth statistic we take the nearest difference: one step off. */
function near(found: number, wanted: number, exact: boolean): void {
  expect(Math.abs(found - wanted)).toBeLessThan(exact ? 1e-9 : 0.11);
}

describe.each(r.two_sample)('two samples of $a.length and $b.length', ({ a, b, ...wanted }) => {
  test('p', () => {
    expect(mannWhitneyP(a, b)).toBeCloseTo(wanted.p, 12);
    expect(mannWhitneyP(b, a)).toBeCloseTo(wanted.p, 12);
  });

  test('shift', () => {
    const shift = twoSampleShift(a, b, wanted.confidence);
    near(shift.estimate, wanted.shift.estimate, wanted.exact);
    near(shift.low, wanted.shift.low, wanted.exact);
    near(shift.high, wanted.shift.high, wanted.exact);
  });
});

describe.each(r.paired)('$differences.length pairs', ({ differences, ...wanted }) => {
  test('p', () => {
    expect(signedRankP(differences)).toBeCloseTo(wanted.p, 12);
  });

  test('shift', () => {
    const shift = pairedShift(differences, wanted.confidence);
    near(shift.estimate, wanted.shift.estimate, wanted.exact);
    near(shift.low, wanted.shift.low, wanted.exact);
    near(shift.high, wanted.shift.high, wanted.exact);
  });
});

test.each(r.adjusted)('p.adjust of $ps.length', ({ ps, adjusted }) => {
  benjaminiHochberg(ps).forEach((p, place) => {
    expect(p).toBeCloseTo(adjusted[place] ?? Number.NaN, 12);
  });
});

test.each(r.normal)('P(Z >= $z) and back', ({ z, tail }) => {
  expect(Math.abs(normalUpperTail(z) / tail - 1)).toBeLessThan(1e-12);
  expect(normalUpperTail(-z)).toBeCloseTo(1 - tail, 14);
  expect(normalUpperQuantile(tail)).toBeCloseTo(z, 9);
});

test.each(scipy.tied)('with ties: p = $p', ({ a, b, p }) => {
  expect(mannWhitneyP(a, b)).toBeCloseTo(p, 12);
  expect(mannWhitneyP(b, a)).toBeCloseTo(p, 12);
});

test.each(scipy.flipped)('signs flipped: p = $p', ({ differences, p }) => {
  expect(signFlipP(differences)).toBeCloseTo(p, 12);
});
